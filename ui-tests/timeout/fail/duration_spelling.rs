//! Each way of misspelling a duration says how to write it.
use std::io;

use steadfast::timeout;
use tokio::net::TcpStream;

#[timeout(2sec)]
async fn one(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(attempt = 500MS, total = 1hr)]
async fn two(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(30s1m)]
async fn three(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(1m30)]
async fn four(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(3fortnights)]
async fn five(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout("2s")]
async fn six(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(-2s)]
async fn seven(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(0x2)]
async fn eight(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(99999999999999999999d)]
async fn nine(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(2 s)]
async fn ten(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(attempt = 2 s, total = "1m 30s", atempt = 1s)]
async fn several(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(true)]
async fn eleven(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let stream = TcpStream::connect("localhost:80").await?;
    one(&stream).await?;
    two(&stream).await?;
    three(&stream).await?;
    four(&stream).await?;
    five(&stream).await?;
    six(&stream).await?;
    seven(&stream).await?;
    eight(&stream).await?;
    nine(&stream).await?;
    ten(&stream).await?;
    several(&stream).await?;
    eleven(&stream).await
}
