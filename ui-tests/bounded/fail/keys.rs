//! Misspelt keys, foreign keys, and keys in another form than their own.
use std::io;

use steadfast::bounded;

#[bounded(8, que = 100, max_wiat = 1s)]
async fn one(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(limit = 8)]
async fn two(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(8, timeout = 1s)]
async fn three(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(8, reject = true)]
async fn four(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(8, queue)]
async fn five(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(8, queue(100))]
async fn six(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(8, queue = 10, queue = 100, reject, reject)]
async fn seven(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(8, rejct)]
async fn eight(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(8 queue = 10)]
async fn nine(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let at = "a.csv";
    one(at).await?;
    two(at).await?;
    three(at).await?;
    four(at).await?;
    five(at).await?;
    six(at).await?;
    seven(at).await?;
    eight(at).await?;
    nine(at).await?;
    Ok(())
}
