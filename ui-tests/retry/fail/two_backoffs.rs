//! One series of pauses for one retry.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(exp(100ms), on = any, backoff = constant(1s))]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(exp(100ms), linear(1s), on = any)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    readable(&connect("localhost:80").await?).await
}
