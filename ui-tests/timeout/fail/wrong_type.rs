//! An expression that is no duration: rustc's own words at the user's expression.
use std::io;

use steadfast::timeout;
use tokio::net::TcpStream;

struct Config {
    connect_millis: u64,
}

struct Client {
    config: Config,
}

impl Client {
    #[timeout(self.config.connect_millis)]
    async fn connect(&self, address: &str) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }

    #[timeout(attempt = self.config.read_limit)]
    async fn readable(&self, stream: &TcpStream) -> io::Result<()> {
        stream.readable().await
    }

    #[timeout(total = limit)]
    async fn writable(&self, stream: &TcpStream) -> io::Result<()> {
        stream.writable().await
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let client = Client { config: Config { connect_millis: 500 } };
    let stream = client.connect("localhost:80").await?;
    client.readable(&stream).await?;
    client.writable(&stream).await
}
