//! A value that is used after it was moved.
use std::io;

use steadfast::{bounded, retry, timeout};

async fn plain(path: String) -> io::Result<Vec<u8>> {
    let path = path + ".txt";
    let handle = tokio::spawn(tokio::fs::read(path));
    println!("reading {path}");
    handle.await?
}

#[timeout(1s)]
async fn with_timeout(path: String) -> io::Result<Vec<u8>> {
    let path = path + ".txt";
    let handle = tokio::spawn(tokio::fs::read(path));
    println!("reading {path}");
    handle.await?
}

#[retry(on = any)]
async fn with_retry(path: String) -> io::Result<Vec<u8>> {
    let path = path + ".txt";
    let handle = tokio::spawn(tokio::fs::read(path));
    println!("reading {path}");
    handle.await?
}

#[bounded(8)]
async fn with_bounded(path: String) -> io::Result<Vec<u8>> {
    let path = path + ".txt";
    let handle = tokio::spawn(tokio::fs::read(path));
    println!("reading {path}");
    handle.await?
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8)]
async fn with_all(path: String) -> io::Result<Vec<u8>> {
    let path = path + ".txt";
    let handle = tokio::spawn(tokio::fs::read(path));
    println!("reading {path}");
    handle.await?
}

fn main() {}
