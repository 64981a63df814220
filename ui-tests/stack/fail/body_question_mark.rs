//! `?` with an error that does not convert: the same words at the same `?`.
use steadfast::{bounded, retry, timeout};

#[derive(Debug, thiserror::Error)]
enum StoreError {
    #[error("connection lost")]
    Io(#[from] std::io::Error),
    #[error("too slow")]
    Policy(#[from] steadfast::PolicyError),
}

async fn plain(path: &str) -> Result<usize, StoreError> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.parse()?)
}

#[timeout(1s)]
async fn with_timeout(path: &str) -> Result<usize, StoreError> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.parse()?)
}

#[retry(on = any)]
async fn with_retry(path: &str) -> Result<usize, StoreError> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.parse()?)
}

#[bounded(8)]
async fn with_bounded(path: &str) -> Result<usize, StoreError> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.parse()?)
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: &str) -> Result<usize, StoreError> {
    let text = tokio::fs::read_to_string(path).await?;
    Ok(text.parse()?)
}

fn main() {}
