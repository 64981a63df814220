//! Runtimes that end in async code.

use tokio::runtime::{Builder, Runtime};

#[steadfast::checked]
async fn asked() -> std::io::Result<()> {
    let runtime = Runtime::new()?;
    runtime.spawn(async {});
    let other = Builder::new_current_thread().enable_all().build()?;
    other.spawn(async {});
    Ok(())
}

fn main() {}
