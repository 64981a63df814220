//! The first pause already takes all the time there is; so does the default one of 50 ms.
use std::io;

use steadfast::{retry, timeout};
use tokio::net::TcpStream;

#[retry(on = any, backoff = exp(5s), within = 5s)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, within = 40ms)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(total = 1s)]
#[retry(on = any, backoff = list[2s, 5s])]
async fn writable(stream: &TcpStream) -> io::Result<()> {
    stream.writable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await?;
    writable(&stream).await
}
