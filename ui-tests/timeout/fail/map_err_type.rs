//! `map_err` makes the function's error out of a `PolicyError`.
use steadfast::{PolicyError, timeout};
use tokio::net::TcpStream;

#[derive(Debug)]
enum StoreError {
    Io(std::io::Error),
    Slow { function: &'static str },
}

fn from_io(error: std::io::Error) -> StoreError {
    StoreError::Io(error)
}

#[timeout(2s, map_err = from_io)]
async fn connect(address: &str) -> Result<TcpStream, StoreError> {
    TcpStream::connect(address).await.map_err(from_io)
}

#[timeout(2s, map_err = |late: PolicyError| late.function())]
async fn readable(stream: &TcpStream) -> Result<(), StoreError> {
    stream.readable().await.map_err(StoreError::Io)
}

#[timeout(2s, map_err = |late: PolicyError| StoreError::Slow { function: late.function() })]
async fn count(stream: &TcpStream) -> usize {
    stream.writable().await.map_or(0, |()| 1)
}

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await?;
    println!("{}", count(&stream).await);
    Ok(())
}
