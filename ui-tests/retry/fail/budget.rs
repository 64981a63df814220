//! What a budget can be, and its numbers.
use std::io;
use std::time::Duration;

use steadfast::retry;
use tokio::net::TcpStream;

struct Client {
    ratio: f64,
    window: Duration,
}

impl Client {
    #[retry(on = any, budget = 0.2)]
    async fn one(&self, address: &str) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }

    #[retry(on = any, budget = (ratio = 1.5, min_per_sec = -1, ttl = 500ms))]
    async fn two(&self, address: &str) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }

    #[retry(on = any, budget = (ration = 0.1))]
    async fn three(&self, address: &str) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }

    #[retry(on = any, budget = (ratio = self.ratio, ttl = self.window))]
    async fn four(&self, address: &str) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }

    #[retry(on = any, budget = (ratio = 0.1, ratio = 0.2, ttl = 2m))]
    async fn five(&self, address: &str) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }

    #[retry(on = any, budget = (ratio = "20%"))]
    async fn six(&self, address: &str) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }

    #[retry(on = any, budget = true)]
    async fn seven(&self, address: &str) -> io::Result<TcpStream> {
        TcpStream::connect(address).await
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let client = Client { ratio: 0.1, window: Duration::from_secs(5) };
    let at = "localhost:80";
    client.one(at).await?;
    client.two(at).await?;
    client.three(at).await?;
    client.four(at).await?;
    client.five(at).await?;
    client.six(at).await?;
    client.seven(at).await?;
    Ok(())
}
