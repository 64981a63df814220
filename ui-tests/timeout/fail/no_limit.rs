//! There is no default time limit.
use std::io;

use steadfast::timeout;
use tokio::net::TcpStream;

#[timeout]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[timeout()]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(inherit = false)]
async fn writable(stream: &TcpStream) -> io::Result<()> {
    stream.writable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await?;
    writable(&stream).await
}
