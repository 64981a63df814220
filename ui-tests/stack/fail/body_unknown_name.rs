//! Names that do not exist.
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(path: &str) -> io::Result<u64> {
    let data = tokio::fs::metadata(pth).await?;
    Ok(data.lenght())
}

#[timeout(1s)]
async fn with_timeout(path: &str) -> io::Result<u64> {
    let data = tokio::fs::metadata(pth).await?;
    Ok(data.lenght())
}

#[retry(on = any)]
async fn with_retry(path: &str) -> io::Result<u64> {
    let data = tokio::fs::metadata(pth).await?;
    Ok(data.lenght())
}

#[bounded(8)]
async fn with_bounded(path: &str) -> io::Result<u64> {
    let data = tokio::fs::metadata(pth).await?;
    Ok(data.lenght())
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: &str) -> io::Result<u64> {
    let data = tokio::fs::metadata(pth).await?;
    Ok(data.lenght())
}

fn main() {}
