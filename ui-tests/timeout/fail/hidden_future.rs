//! The function returns a future that somebody else has made, so there is no body to interrupt.
use std::future::Future;
use std::io;
use std::pin::Pin;

use steadfast::timeout;
use tokio::net::TcpStream;

#[timeout(2s)]
fn connect(address: &str) -> impl Future<Output = io::Result<TcpStream>> + '_ {
    TcpStream::connect(address)
}

struct Pool {
    address: String,
}

impl Pool {
    async fn open(&self) -> io::Result<TcpStream> {
        TcpStream::connect(&self.address).await
    }

    #[timeout(2s)]
    fn get(&self) -> Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send + '_>> {
        Box::pin(self.open())
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    connect("localhost:80").await?;
    Pool { address: "localhost:80".into() }.get().await?;
    Ok(())
}
