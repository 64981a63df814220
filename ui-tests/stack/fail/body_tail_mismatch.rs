//! The user's own type error, without a policy and with each of them: the same words at the same token.
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(path: &str) -> io::Result<String> {
    tokio::fs::read(path).await
}

#[timeout(1s)]
async fn with_timeout(path: &str) -> io::Result<String> {
    tokio::fs::read(path).await
}

#[retry(on = any)]
async fn with_retry(path: &str) -> io::Result<String> {
    tokio::fs::read(path).await
}

#[bounded(8)]
async fn with_bounded(path: &str) -> io::Result<String> {
    tokio::fs::read(path).await
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: &str) -> io::Result<String> {
    tokio::fs::read(path).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let at = "a.txt";
    let texts = [plain(at).await?, with_timeout(at).await?, with_retry(at).await?, with_bounded(at).await?];
    println!("{} {}", texts.len(), with_all(at).await?);
    Ok(())
}
