//! Everything that a `main` can have.
use std::process::ExitCode;

/// The program.
#[steadfast::main(flavor = "multi_thread", worker_threads = 2, grace = 50ms, blocking_grace = 50ms, debug)]
#[allow(clippy::unused_async)]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error + Send + Sync>> {
    let answer: u32 = "7".parse()?;
    assert_eq!(tokio::spawn(async move { answer }).await?, 7);
    Ok(ExitCode::SUCCESS)
}
