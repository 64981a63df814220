//! A lifetime that cannot be elided.
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(path: &str, other: &str) -> io::Result<&str> {
    tokio::fs::metadata(other).await?;
    Ok(path)
}

#[timeout(1s)]
async fn with_timeout(path: &str, other: &str) -> io::Result<&str> {
    tokio::fs::metadata(other).await?;
    Ok(path)
}

#[retry(on = any)]
async fn with_retry(path: &str, other: &str) -> io::Result<&str> {
    tokio::fs::metadata(other).await?;
    Ok(path)
}

#[bounded(8)]
async fn with_bounded(path: &str, other: &str) -> io::Result<&str> {
    tokio::fs::metadata(other).await?;
    Ok(path)
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: &str, other: &str) -> io::Result<&str> {
    tokio::fs::metadata(other).await?;
    Ok(path)
}

fn main() {}
