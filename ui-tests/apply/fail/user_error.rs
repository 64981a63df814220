//! The user's own mistakes in the expression stay where they are.
use std::io;

use steadfast::apply;
use tokio::net::TcpStream;

struct Client {
    address: String,
}

async fn fetch(client: &Client) -> io::Result<()> {
    let stream = apply!(timeout(2s); TcpStream::conect(&client.address)).await?;
    apply!(retry(on = any); TcpStream::connect(&client.adress)).await?;
    let text: String = apply!(timeout(2s); tokio::fs::read(&client.address)).await?;
    apply!(timeout(2s); async { text.parse::<u16>()?; stream.readable().await }).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    fetch(&Client { address: "localhost:80".into() }).await
}
