//! Names and arguments of the built-in backoffs.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = any, backoff = exponential(50ms))]
async fn one(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = fixed(1s))]
async fn two(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp)]
async fn three(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = linear())]
async fn four(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(50ms, 2, 20s))]
async fn five(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(50ms, factr = 3))]
async fn six(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(50ms, ceiling = 20s))]
async fn seven(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = constant(1s, cap = 3s))]
async fn eight(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = list[])]
async fn nine(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = list[100ms, 1, 5sec])]
async fn ten(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = 500ms)]
async fn eleven(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(5, on = any)]
async fn twelve(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(50))]
async fn thirteen(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(50ms, factor = "2"))]
async fn fourteen(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = exp(50ms, cap = 1s, cap = 2s))]
async fn fifteen(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, backoff = list(100ms, 1s))]
async fn sixteen(address: &str) -> io::Result<TcpStream> {
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
    nine(at).await?;
    ten(at).await?;
    eleven(at).await?;
    twelve(at).await?;
    thirteen(at).await?;
    fourteen(at).await?;
    fifteen(at).await?;
    sixteen(at).await?;
    Ok(())
}
