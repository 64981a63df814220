//! Constants are judged by the compiler, at the constant's name.
use std::io;
use std::time::Duration;

use steadfast::retry;
use tokio::net::TcpStream;

const ATTEMPTS: u32 = 0;
const RETRIES: u32 = 0;
const WINDOW: Duration = Duration::ZERO;

mod pauses {
    use std::time::Duration;

    pub const FIRST: Duration = Duration::from_secs(2);
    pub const LONGEST: Duration = Duration::from_secs(1);
}

#[retry(on = any, attempts = ATTEMPTS)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[retry(on = any, retries = RETRIES)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[retry(on = any, within = WINDOW)]
async fn writable(stream: &TcpStream) -> io::Result<()> {
    stream.writable().await
}

#[retry(on = any, backoff = exp(pauses::FIRST, cap = pauses::LONGEST))]
async fn peek(stream: &TcpStream) -> io::Result<usize> {
    stream.peek(&mut [0]).await
}

#[retry(on = any, backoff = linear(5s, cap = pauses::LONGEST))]
async fn peek_again(stream: &TcpStream) -> io::Result<usize> {
    stream.peek(&mut [0]).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await?;
    writable(&stream).await?;
    println!("{}", peek(&stream).await? + peek_again(&stream).await?);
    Ok(())
}
