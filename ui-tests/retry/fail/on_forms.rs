//! What `on` and `abort` can be.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = 500)]
async fn one(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on())]
async fn two(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, abort = any)]
async fn three(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = "timeout")]
async fn four(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, abort())]
async fn five(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on(any | 5..))]
async fn six(address: &str) -> io::Result<TcpStream> {
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
    six(at).await?;
    Ok(())
}
