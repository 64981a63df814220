//! The expression is evaluated anew for each attempt, so it cannot take a value away.
use std::io;

use steadfast::apply;

async fn store(path: &str, bytes: Vec<u8>) -> io::Result<()> {
    apply!(retry(on = any), timeout(attempt = 2s); tokio::fs::write(path, bytes)).await
}

async fn again(path: &str, future: impl Future<Output = io::Result<Vec<u8>>>) -> io::Result<usize> {
    let bytes = apply!(retry(on = any); future).await?;
    Ok(bytes.len() + path.len())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    store("a.txt", vec![1]).await?;
    again("a.txt", tokio::fs::read("a.txt")).await.map(drop)
}
