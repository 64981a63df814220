//! Keys in another form than their own, and keys that are given twice.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = any, idempotent = true)]
async fn one(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, attempts)]
async fn two(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on)]
async fn three(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, clone = address)]
async fn four(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, within = )]
async fn five(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, within = 30)]
async fn six(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, attempts = 3, idempotent, on = any, attempts = 4, idempotent)]
async fn seven(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any attempts = 3)]
async fn eight(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let at = "localhost:80";
    one(at).await?;
    two(at).await?;
    three(at).await?;
    four(at).await?;
    five(at).await?;
    six(at).await?;
    seven(at).await?;
    eight(at).await?;
    Ok(())
}
