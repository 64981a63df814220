//! No lint fires about the expansion.
#![deny(warnings, unused, missing_docs, unreachable_pub, unused_qualifications, let_underscore_drop)]
#![forbid(unsafe_code, unreachable_code)]

use std::io;

use steadfast::apply;

async fn read(name: &str) -> io::Result<usize> {
    tokio::task::yield_now().await;
    Ok(name.len())
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let name = "ab".to_owned();
    let value = apply!(retry(on = any), timeout(attempt = 1s, total = 5s), bounded(2); read(&name)).await?;
    let error = "ours";
    let retry = apply!(timeout(1s); async { read(error).await }).await?;
    assert_eq!(value + retry, 6);
    Ok(())
}
