//! A guard that is held over an await point makes the future `!Send`: said where it is spawned, and why.
use std::io;
use std::rc::Rc;

use steadfast::{bounded, retry, timeout};

async fn plain(path: String) -> io::Result<usize> {
    let seen = Rc::new(path.len());
    let bytes = tokio::fs::read(&path).await?;
    Ok(bytes.len() + *seen)
}

#[timeout(1s)]
async fn with_timeout(path: String) -> io::Result<usize> {
    let seen = Rc::new(path.len());
    let bytes = tokio::fs::read(&path).await?;
    Ok(bytes.len() + *seen)
}

#[retry(on = any)]
async fn with_retry(path: String) -> io::Result<usize> {
    let seen = Rc::new(path.len());
    let bytes = tokio::fs::read(&path).await?;
    Ok(bytes.len() + *seen)
}

#[bounded(8)]
async fn with_bounded(path: String) -> io::Result<usize> {
    let seen = Rc::new(path.len());
    let bytes = tokio::fs::read(&path).await?;
    Ok(bytes.len() + *seen)
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: String) -> io::Result<usize> {
    let seen = Rc::new(path.len());
    let bytes = tokio::fs::read(&path).await?;
    Ok(bytes.len() + *seen)
}

#[tokio::main]
async fn main() {
    let _ = tokio::spawn(plain("a.txt".into())).await;
    let _ = tokio::spawn(with_timeout("a.txt".into())).await;
    let _ = tokio::spawn(with_retry("a.txt".into())).await;
    let _ = tokio::spawn(with_bounded("a.txt".into())).await;
    let _ = tokio::spawn(with_all("a.txt".into())).await;
}
