//! No time at all, wherever it can be said.
use std::io;
use std::time::Duration;

use steadfast::retry;
use tokio::net::TcpStream;

fn hint(_: &io::Error) -> Option<Duration> {
    None
}

#[retry(on = any, within = 0s)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, retry_after = hint, retry_after_max = 0ms)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[retry(on = any, attempts = unlimited, reset_after = 0s)]
async fn writable(stream: &TcpStream) -> io::Result<()> {
    stream.writable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await?;
    writable(&stream).await
}
