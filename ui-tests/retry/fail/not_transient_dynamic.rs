//! The same for the errors that can be anything.
use std::error::Error;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry]
async fn connect(address: &str) -> anyhow::Result<TcpStream> {
    Ok(TcpStream::connect(address).await?)
}

#[retry]
async fn readable(stream: &TcpStream) -> Result<(), Box<dyn Error + Send + Sync>> {
    Ok(stream.readable().await?)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await.unwrap();
    Ok(())
}
