//! The expression gives no future: the commonest mistakes are an `.await` too many, and a closure.
use std::io;

use steadfast::apply;
use tokio::net::TcpStream;

fn parse(text: &str) -> Result<u16, std::num::ParseIntError> {
    text.parse()
}

async fn fetch(address: &str) -> io::Result<()> {
    let stream: TcpStream = apply!(timeout(2s); TcpStream::connect(address).await).await?;
    apply!(retry(on = any); || stream.readable()).await?;
    let _ = apply!(retry(on = any); parse(address)).await;
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    fetch("localhost:80").await
}
