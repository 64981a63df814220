//! Constants are judged here too.
use std::io;
use std::time::Duration;

use steadfast::apply;
use tokio::net::TcpStream;

const PATIENCE: Duration = Duration::ZERO;
const ATTEMPTS: u32 = 0;

async fn fetch(address: &str) -> io::Result<()> {
    let stream = apply!(timeout(PATIENCE); TcpStream::connect(address)).await?;
    apply!(retry(on = any, attempts = ATTEMPTS); stream.readable()).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    fetch("localhost:80").await
}
