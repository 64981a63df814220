//! A sibling under another name is not recognised from above; it says so, instead of wrapping in the wrong order.
use std::io;

use steadfast::retry as again;
use steadfast::{bounded, timeout};
use tokio::net::TcpStream;

#[timeout(attempt = 2s)]
#[again(on = any)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

mod policies {
    pub use steadfast::bounded as at_most;
}

#[bounded(8)]
#[policies::at_most(4)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    readable(&connect("localhost:80").await?).await
}
