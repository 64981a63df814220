//! What is missing around the semicolon.
use std::io;

use steadfast::apply;
use tokio::net::TcpStream;

async fn fetch(address: &str) -> io::Result<()> {
    apply!().await?;
    apply!(timeout(2s)).await?;
    apply!(timeout(2s);).await?;
    apply!(timeout(2s), TcpStream::connect(address)).await?;
    apply!(timeout(2s) => TcpStream::connect(address)).await?;
    Ok(())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    fetch("localhost:80").await
}
