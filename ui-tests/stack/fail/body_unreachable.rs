//! Unreachable and dead code in the body.
#![deny(unused, dead_code)]
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(path: &str) -> io::Result<usize> {
    const UNUSED: usize = 3;
    fn helper() {}
    let bytes = tokio::fs::read(path).await?;
    return Ok(bytes.len());
    println!("never");
    Ok(0)
}

#[timeout(1s)]
async fn with_timeout(path: &str) -> io::Result<usize> {
    const UNUSED: usize = 3;
    fn helper() {}
    let bytes = tokio::fs::read(path).await?;
    return Ok(bytes.len());
    println!("never");
    Ok(0)
}

#[retry(on = any)]
async fn with_retry(path: &str) -> io::Result<usize> {
    const UNUSED: usize = 3;
    fn helper() {}
    let bytes = tokio::fs::read(path).await?;
    return Ok(bytes.len());
    println!("never");
    Ok(0)
}

#[bounded(8)]
async fn with_bounded(path: &str) -> io::Result<usize> {
    const UNUSED: usize = 3;
    fn helper() {}
    let bytes = tokio::fs::read(path).await?;
    return Ok(bytes.len());
    println!("never");
    Ok(0)
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: &str) -> io::Result<usize> {
    const UNUSED: usize = 3;
    fn helper() {}
    let bytes = tokio::fs::read(path).await?;
    return Ok(bytes.len());
    println!("never");
    Ok(0)
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let at = "a.txt";
    println!("{} {}", plain(at).await?, with_timeout(at).await? + with_retry(at).await? + with_bounded(at).await?);
    println!("{}", with_all(at).await?);
    Ok(())
}
