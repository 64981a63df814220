//! Lints fire in the body, once, at the user's token.
#![deny(unused)]
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(path: &str) -> io::Result<usize> {
    let mut bytes = tokio::fs::read(path).await?;
    let length = bytes.len();
    let kind = 3;
    tokio::fs::read(path).await;
    Ok(length)
}

#[timeout(1s)]
async fn with_timeout(path: &str) -> io::Result<usize> {
    let mut bytes = tokio::fs::read(path).await?;
    let length = bytes.len();
    let kind = 3;
    tokio::fs::read(path).await;
    Ok(length)
}

#[retry(on = any)]
async fn with_retry(path: &str) -> io::Result<usize> {
    let mut bytes = tokio::fs::read(path).await?;
    let length = bytes.len();
    let kind = 3;
    tokio::fs::read(path).await;
    Ok(length)
}

#[bounded(8)]
async fn with_bounded(path: &str) -> io::Result<usize> {
    let mut bytes = tokio::fs::read(path).await?;
    let length = bytes.len();
    let kind = 3;
    tokio::fs::read(path).await;
    Ok(length)
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: &str) -> io::Result<usize> {
    let mut bytes = tokio::fs::read(path).await?;
    let length = bytes.len();
    let kind = 3;
    tokio::fs::read(path).await;
    Ok(length)
}

fn main() {}
