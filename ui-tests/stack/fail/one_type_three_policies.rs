//! A return type that is wrong for all three.
use steadfast::{bounded, retry, timeout};

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8, queue = 100)]
async fn read(path: &str) -> Option<Vec<u8>> {
    tokio::fs::read(path).await.ok()
}

#[tokio::main]
async fn main() {
    println!("{:?}", read("a.txt").await);
}
