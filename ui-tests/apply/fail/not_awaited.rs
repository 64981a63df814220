//! A future that nobody awaits does nothing; rustc says so.
#![deny(unused_must_use)]
use std::io;

use steadfast::apply;
use tokio::net::TcpStream;

async fn fetch(address: &str) -> io::Result<()> {
    apply!(timeout(2s); TcpStream::connect(address));
    apply!(retry(on = any); TcpStream::connect(address)).await;
    Ok(())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    fetch("localhost:80").await
}
