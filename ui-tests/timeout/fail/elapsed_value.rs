//! `on_elapsed` gives the value itself, so it has the function's type, and there is no error to convert.
use std::io;

use steadfast::{PolicyError, timeout};
use tokio::net::TcpStream;

fn into_io(_: PolicyError) -> io::Error {
    io::ErrorKind::TimedOut.into()
}

#[timeout(2s, on_elapsed = Ok(None), map_err = into_io)]
async fn connect(address: &str) -> io::Result<Option<TcpStream>> {
    TcpStream::connect(address).await.map(Some)
}

#[timeout(200ms, on_elapsed = "none")]
async fn queue_length(stream: &TcpStream) -> usize {
    stream.readable().await.map_or(0, |()| 1)
}

#[tokio::main]
async fn main() -> io::Result<()> {
    if let Some(stream) = connect("localhost:80").await? {
        println!("{}", queue_length(&stream).await);
    }
    Ok(())
}
