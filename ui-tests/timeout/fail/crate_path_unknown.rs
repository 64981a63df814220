//! A path that leads nowhere: rustc says so at the path.
use std::io;

use steadfast::timeout;
use tokio::net::TcpStream;

#[timeout(2s, crate = "::resilience::steadfast")]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    connect("localhost:80").await.map(drop)
}
