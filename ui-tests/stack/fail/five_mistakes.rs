//! Everything that is wrong with one function is said at once, and the function is still there for its callers.
use std::io;

use steadfast::{bounded, retry, timeout};
use tokio::net::TcpStream;

struct Client {
    address: String,
}

impl Client {
    #[timeout(attempt = 10s, total = 2s)]
    #[retry(on = any, atempts = 5, backoff = exp(5s, cap = 1s), clone(addres))]
    #[bounded(0, queue = 10, reject)]
    async fn connect(&self, timeout: Option<u64>) -> io::Result<TcpStream> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(timeout.is_none())?;
        Ok(stream)
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let client = Client { address: "localhost:80".into() };
    let stream: TcpStream = client.connect(None).await?;
    let other: TcpStream = client.connect(Some(3)).await?;
    stream.readable().await?;
    other.readable().await
}
