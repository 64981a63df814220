//! Constants are judged by the compiler.
use std::io;
use std::time::Duration;

use steadfast::bounded;

const WORKERS: usize = 0;
const PATIENCE: Duration = Duration::ZERO;

mod keys {
    pub const MOST: usize = 0;
}

#[bounded(WORKERS)]
async fn resize(path: &str) -> Vec<u8> {
    tokio::fs::read(path).await.unwrap_or_default()
}

#[bounded(4, max_wait = PATIENCE)]
async fn thumbnail(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(4, key = path, max_keys = keys::MOST, idle = PATIENCE)]
async fn preview(path: &str) -> Vec<u8> {
    tokio::fs::read(path).await.unwrap_or_default()
}

#[tokio::main]
async fn main() -> io::Result<()> {
    println!("{}", resize("a.png").await.len() + thumbnail("a.png").await?.len() + preview("a.png").await.len());
    Ok(())
}
