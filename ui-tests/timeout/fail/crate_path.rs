//! `crate` names where the runtime is.
use std::io;

use steadfast::timeout;
use tokio::net::TcpStream;

#[timeout(2s, crate = "my crate")]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[timeout(2s, crate = 5)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    readable(&connect("localhost:80").await?).await
}
