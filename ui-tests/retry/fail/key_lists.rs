//! A value in parentheses.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = any, attempts(5))]
async fn one(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff(exp(50ms)))]
async fn two(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, idempotent())]
async fn three(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let at = "localhost:80";
    one(at).await?;
    two(at).await?;
    three(at).await?;
    Ok(())
}
