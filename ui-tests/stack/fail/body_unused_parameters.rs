//! Parameters that are not used, and that need not be `mut`.
#![deny(unused)]
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(mut path: String, kind: u32, (mut first, second): (u32, u32)) -> io::Result<u64> {
    let data = tokio::fs::metadata(&path).await?;
    Ok(data.len() + u64::from(first))
}

#[timeout(1s)]
async fn with_timeout(mut path: String, kind: u32, (mut first, second): (u32, u32)) -> io::Result<u64> {
    let data = tokio::fs::metadata(&path).await?;
    Ok(data.len() + u64::from(first))
}

#[retry(on = any)]
async fn with_retry(mut path: String, kind: u32, (mut first, second): (u32, u32)) -> io::Result<u64> {
    let data = tokio::fs::metadata(&path).await?;
    Ok(data.len() + u64::from(first))
}

#[bounded(8)]
async fn with_bounded(mut path: String, kind: u32, (mut first, second): (u32, u32)) -> io::Result<u64> {
    let data = tokio::fs::metadata(&path).await?;
    Ok(data.len() + u64::from(first))
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(mut path: String, kind: u32, (mut first, second): (u32, u32)) -> io::Result<u64> {
    let data = tokio::fs::metadata(&path).await?;
    Ok(data.len() + u64::from(first))
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let at = || ("a.txt".to_owned(), (1, 2));
    let first = plain(at().0, 1, at().1).await? + with_timeout(at().0, 1, at().1).await?;
    let second = with_retry(at().0, 1, at().1).await? + with_bounded(at().0, 1, at().1).await?;
    println!("{}", first + second + with_all(at().0, 1, at().1).await?);
    Ok(())
}
