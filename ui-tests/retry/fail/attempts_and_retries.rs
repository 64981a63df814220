//! Both count the same thing, one of them from one.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = any, attempts = 5, retries = 4)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(retries = 2, on = any, attempts = unlimited, within = 1m)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    readable(&connect("localhost:80").await?).await
}
