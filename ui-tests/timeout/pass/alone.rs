//! The short form, and a number without a unit, which is seconds.
use std::time::Duration;
use steadfast::{PolicyError, timeout};

#[timeout(2s)]
async fn warm_up(cache: &str) -> Result<usize, PolicyError> {
    tokio::time::sleep(Duration::from_millis(1)).await;
    Ok(cache.len())
}

#[timeout(5)]
async fn flush(cache: &str) -> Result<usize, PolicyError> {
    tokio::time::sleep(Duration::from_millis(1)).await;
    Ok(cache.len())
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    assert_eq!(warm_up("users").await.unwrap(), 5);
    assert_eq!(flush("users").await.unwrap(), 5);
}
