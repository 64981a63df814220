//! Behind the semicolon stands one expression.
use std::io;

use steadfast::apply;
use tokio::net::TcpStream;

async fn fetch(address: &str) -> io::Result<()> {
    let stream: TcpStream = apply!(timeout(2s); TcpStream::connect(address), address).await?;
    apply!(retry(on = any); let address = "localhost"; TcpStream::connect(address)).await?;
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    fetch("localhost:80").await
}
