//! The same with constants, which the compiler compares.
use std::io;
use std::time::Duration;

use steadfast::{retry, timeout};
use tokio::net::TcpStream;

const PATIENCE: Duration = Duration::from_secs(30);

#[timeout(attempt = PATIENCE, total = 30s)]
#[retry(on = any)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[timeout(attempt = 1m, total = PATIENCE)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    readable(&connect("localhost:80").await?).await
}
