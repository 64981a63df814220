//! A retry raises nothing of its own.
use std::io;

use steadfast::{PolicyError, retry};
use tokio::net::TcpStream;

fn into_io(error: PolicyError) -> io::Error {
    io::Error::other(error)
}

#[retry(on = any, map_err = into_io)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, map_err = into_io)]
fn connect_now(address: &str) -> io::Result<std::net::TcpStream> {
    std::net::TcpStream::connect(address)
}

#[tokio::main]
async fn main() -> io::Result<()> {
    connect("localhost:80").await?;
    connect_now("localhost:80")?;
    Ok(())
}
