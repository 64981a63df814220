//! An attempt that is as long as all of them together never ends by itself.
use std::io;

use steadfast::{retry, timeout};
use tokio::net::TcpStream;

#[timeout(attempt = 10s, total = 2s)]
#[retry(on = any)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[timeout(attempt = 1m, total = 60)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    readable(&connect("localhost:80").await?).await
}
