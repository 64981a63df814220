//! A key in another form than its own.
use std::io;

use steadfast::timeout;
use tokio::net::TcpStream;

#[timeout(attempt)]
async fn one(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(2s, inherit)]
async fn two(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(2s, inherit = no)]
async fn three(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(total = )]
async fn four(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(attempt(2s))]
async fn five(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(attempt = 2s total = 10s)]
async fn six(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(attempt: 2s)]
async fn seven(stream: &TcpStream) -> io::Result<()> {
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
    seven(&stream).await
}
