//! Pauses that are no pauses, and that shrink.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = any, backoff = exp(0ms))]
async fn zero_base(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = constant(0s))]
async fn zero_pause(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = linear(100ms, cap = 0s))]
async fn zero_cap(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(5s, cap = 500ms))]
async fn cap_below_base(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = fibonacci(2s, cap = 1s))]
async fn fibonacci_below_base(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(100ms, factor = 0.5))]
async fn shrinking(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(100ms, factor = 0))]
async fn vanishing(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(100ms, factor = -2))]
async fn negative(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(30s))]
async fn above_the_default_cap(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let at = "localhost:80";
    zero_base(at).await?;
    zero_pause(at).await?;
    zero_cap(at).await?;
    cap_below_base(at).await?;
    fibonacci_below_base(at).await?;
    shrinking(at).await?;
    vanishing(at).await?;
    negative(at).await?;
    above_the_default_cap(at).await?;
    Ok(())
}
