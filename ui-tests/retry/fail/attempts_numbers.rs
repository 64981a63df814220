//! Numbers that never retry, or never call.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = any, attempts = 0)]
async fn zero_attempts(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, attempts = 1)]
async fn one_attempt(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, retries = 0)]
async fn zero_retries(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, attempts = 5_000_000_000)]
async fn forever(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, retries = 4_294_967_296)]
async fn forever_again(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, attempts = -3)]
async fn negative(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, attempts = "3")]
async fn text(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, retries = 2.5)]
async fn fraction(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, attempts = 3s)]
async fn with_a_unit(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let at = "localhost:80";
    let streams: [TcpStream; 3] = [zero_attempts(at).await?, one_attempt(at).await?, zero_retries(at).await?];
    forever(at).await?;
    forever_again(at).await?;
    negative(at).await?;
    text(at).await?;
    fraction(at).await?;
    with_a_unit(at).await?;
    println!("{}", streams.len());
    Ok(())
}
