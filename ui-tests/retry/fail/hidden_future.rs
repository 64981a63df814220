//! The attempt cannot be made anew from outside: the future is made by somebody else.
use std::future::Future;
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

struct Pool {
    address: String,
}

impl Pool {
    async fn open(&self) -> io::Result<TcpStream> {
        TcpStream::connect(&self.address).await
    }

    #[retry(on = any)]
    fn get(&self) -> impl Future<Output = io::Result<TcpStream>> + '_ {
        self.open()
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    Pool { address: "localhost:80".into() }.get().await.map(drop)
}
