//! Zero lets nobody in, or limits nobody.
use std::io;
use std::time::Duration;

use steadfast::bounded;

#[bounded(0)]
async fn resize(path: &str) -> Vec<u8> {
    tokio::fs::read(path).await.unwrap_or_default()
}

#[bounded(4, max_wait = 0ms)]
async fn thumbnail(path: &str) -> io::Result<Vec<u8>> {
    tokio::fs::read(path).await
}

#[bounded(2, key = user, max_keys = 0)]
async fn export(user: &str) -> Vec<u8> {
    tokio::fs::read(user).await.unwrap_or_default()
}

#[bounded(2, key = user, idle = 0s)]
async fn import(user: &str) {
    tokio::time::sleep(Duration::from_millis(user.len() as u64)).await;
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut bytes: Vec<u8> = resize("a.png").await;
    bytes.extend(thumbnail("a.png").await?);
    bytes.extend(export("ada").await);
    import("ada").await;
    Ok(())
}
