//! `retry_after` is asked for an `Option<Duration>`.
use std::io;
use std::time::Duration;

use steadfast::retry;
use tokio::net::TcpStream;

fn always(_: &io::Error) -> Duration {
    Duration::from_secs(1)
}

#[retry(on = any, retry_after = always)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, retry_after = |error| error.raw_os_error())]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[retry(on = any, retry_after = 5s)]
async fn writable(stream: &TcpStream) -> io::Result<()> {
    stream.writable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await?;
    writable(&stream).await
}
