//! The list before the semicolon.
use std::io;

use steadfast::apply;
use tokio::net::TcpStream;

async fn fetch(address: &str) -> io::Result<Vec<u8>> {
    let stream = apply!(retyr(on = any), timeout(attempt = 2s); TcpStream::connect(address)).await?;
    apply!(deadline(2s); stream.readable()).await?;
    apply!(; stream.readable()).await?;
    apply!(timeout(2s), timeout(total = 10s); stream.readable()).await?;
    apply!(timeout(2s), retry(on = any); stream.readable()).await?;
    apply!(timeout(0s), bounded(0); stream.readable()).await?;
    apply!(retry(on = any, atempts = 3), timeout(attempt = 10s, total = 2s); stream.readable()).await?;
    apply!(retry(on = any, clone(stream)); stream.readable()).await?;
    apply!(timeout; stream.readable()).await?;
    apply!(bounded; stream.readable()).await?;
    apply!(timeout = 2s; stream.readable()).await?;
    apply!(timeout(2s) retry(on = any); stream.readable()).await?;
    apply!(5s; stream.readable()).await?;
    let mut bytes = vec![0; 1024];
    let length: usize = stream.try_read(&mut bytes)?;
    bytes.truncate(length);
    Ok(bytes)
}

#[tokio::main]
async fn main() -> io::Result<()> {
    println!("{}", fetch("localhost:80").await?.len());
    Ok(())
}
