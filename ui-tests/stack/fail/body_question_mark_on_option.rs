//! `?` on an `Option` in a function that returns a `Result`.
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(path: &str) -> io::Result<u8> {
    let bytes = tokio::fs::read(path).await?;
    let first = bytes.first()?;
    Ok(*first)
}

#[timeout(1s)]
async fn with_timeout(path: &str) -> io::Result<u8> {
    let bytes = tokio::fs::read(path).await?;
    let first = bytes.first()?;
    Ok(*first)
}

#[retry(on = any)]
async fn with_retry(path: &str) -> io::Result<u8> {
    let bytes = tokio::fs::read(path).await?;
    let first = bytes.first()?;
    Ok(*first)
}

#[bounded(8)]
async fn with_bounded(path: &str) -> io::Result<u8> {
    let bytes = tokio::fs::read(path).await?;
    let first = bytes.first()?;
    Ok(*first)
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: &str) -> io::Result<u8> {
    let bytes = tokio::fs::read(path).await?;
    let first = bytes.first()?;
    Ok(*first)
}

fn main() {}
