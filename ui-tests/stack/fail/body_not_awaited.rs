//! `.await` where nothing can be awaited.
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(paths: Vec<String>) -> io::Result<u64> {
    let sizes = paths.iter().map(|path| tokio::fs::metadata(path).await);
    let count = sizes.count();
    tokio::task::yield_now().await;
    Ok(count as u64)
}

#[timeout(1s)]
async fn with_timeout(paths: Vec<String>) -> io::Result<u64> {
    let sizes = paths.iter().map(|path| tokio::fs::metadata(path).await);
    let count = sizes.count();
    tokio::task::yield_now().await;
    Ok(count as u64)
}

#[retry(on = any)]
async fn with_retry(paths: Vec<String>) -> io::Result<u64> {
    let sizes = paths.iter().map(|path| tokio::fs::metadata(path).await);
    let count = sizes.count();
    tokio::task::yield_now().await;
    Ok(count as u64)
}

#[bounded(8)]
async fn with_bounded(paths: Vec<String>) -> io::Result<u64> {
    let sizes = paths.iter().map(|path| tokio::fs::metadata(path).await);
    let count = sizes.count();
    tokio::task::yield_now().await;
    Ok(count as u64)
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(paths: Vec<String>) -> io::Result<u64> {
    let sizes = paths.iter().map(|path| tokio::fs::metadata(path).await);
    let count = sizes.count();
    tokio::task::yield_now().await;
    Ok(count as u64)
}

fn main() {}
