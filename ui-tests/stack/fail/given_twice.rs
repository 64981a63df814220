//! Each policy once, under whatever path.
use std::io;

use steadfast::{bounded, retry, timeout};
use tokio::net::TcpStream;

#[timeout(2s)]
#[timeout(total = 10s)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any)]
#[bounded(4)]
#[steadfast::retry(on = any, attempts = 5)]
#[steadfast::bounded(8)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    readable(&connect("localhost:80").await?).await
}
