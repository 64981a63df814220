//! One number beside a retry could limit each attempt or all of them.
use std::io;

use steadfast::{retry, timeout};
use tokio::net::TcpStream;

#[timeout(2s)]
#[retry(on = any)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

struct Client {
    patience: std::time::Duration,
}

impl Client {
    #[retry(on = any)]
    #[timeout(self.patience)]
    async fn readable(&self, stream: &TcpStream) -> io::Result<()> {
        stream.readable().await
    }
}

#[retry(on = any)]
#[timeout(5)]
async fn writable(stream: &TcpStream) -> io::Result<()> {
    stream.writable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let stream = connect("localhost:80").await?;
    Client { patience: std::time::Duration::from_secs(1) }.readable(&stream).await?;
    writable(&stream).await
}
