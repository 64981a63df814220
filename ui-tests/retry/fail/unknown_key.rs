//! Misspelt keys, and keys of other libraries.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = any, atempts = 5, backof = exp(50ms), jiter = full)]
async fn one(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, max_attempts = 5, idempotnet)]
async fn two(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(when = io::Error::other, tries = 5)]
async fn three(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, max_delay = 5s)]
async fn four(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, abbort(io::Error { .. }))]
async fn five(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let at = "localhost:80";
    one(at).await?;
    two(at).await?;
    three(at).await?;
    four(at).await?;
    five(at).await?;
    Ok(())
}
