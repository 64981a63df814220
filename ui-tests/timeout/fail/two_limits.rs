//! A limit without a name beside another one.
use std::io;

use steadfast::timeout;
use tokio::net::TcpStream;

#[timeout(2s, 10s)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[timeout(2s, total = 10s)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(10s, attempt = 2s)]
async fn writable(stream: &TcpStream) -> io::Result<()> {
    stream.writable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await?;
    writable(&stream).await
}
