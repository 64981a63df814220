//! A sibling below that is written as `name = value`.
use std::io;

use steadfast::{bounded, retry, timeout};
use tokio::net::TcpStream;

#[timeout(total = 10s)]
#[retry = 5]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any)]
#[bounded = 8]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    readable(&connect("localhost:80").await?).await
}
