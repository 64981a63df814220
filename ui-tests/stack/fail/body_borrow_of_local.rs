//! A borrow of a local is returned.
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(path: &str) -> io::Result<&str> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.trim())
}

#[timeout(1s)]
async fn with_timeout(path: &str) -> io::Result<&str> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.trim())
}

#[retry(on = any)]
async fn with_retry(path: &str) -> io::Result<&str> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.trim())
}

#[bounded(8)]
async fn with_bounded(path: &str) -> io::Result<&str> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.trim())
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: &str) -> io::Result<&str> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.trim())
}

fn main() {}
