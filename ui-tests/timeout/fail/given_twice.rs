//! Each key once.
use std::io;

use steadfast::timeout;
use tokio::net::TcpStream;

#[timeout(attempt = 2s, attempt = 3s)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[timeout(total = 2s, inherit = false, total = 10s, inherit = true)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    readable(&connect("localhost:80").await?).await
}
