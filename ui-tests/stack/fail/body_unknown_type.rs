//! A return type that does not exist.
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(path: &str) -> io::Result<Metadta> {
    Ok(tokio::fs::metadata(path).await?)
}

#[timeout(1s)]
async fn with_timeout(path: &str) -> io::Result<Metadta> {
    Ok(tokio::fs::metadata(path).await?)
}

#[retry(on = any)]
async fn with_retry(path: &str) -> io::Result<Metadta> {
    Ok(tokio::fs::metadata(path).await?)
}

#[bounded(8)]
async fn with_bounded(path: &str) -> io::Result<Metadta> {
    Ok(tokio::fs::metadata(path).await?)
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: &str) -> io::Result<Metadta> {
    Ok(tokio::fs::metadata(path).await?)
}

fn main() {}
