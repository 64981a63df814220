//! `clone(..)` and `borrow(..)` name parameters.
use std::io;

use steadfast::retry;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

#[retry(on = any, clone(bodi))]
async fn send(stream: &mut TcpStream, body: Vec<u8>) -> io::Result<()> {
    stream.write_all(&body).await
}

#[retry(on = any, borrow(self, address))]
async fn connect(host: String, port: u16) -> io::Result<TcpStream> {
    TcpStream::connect((host.as_str(), port)).await
}

#[retry(on = any, clone(limit))]
async fn local() -> io::Result<TcpStream> {
    TcpStream::connect("localhost:80").await
}

#[retry(on = any, clone(body), borrow(body, stream))]
async fn resend(stream: &mut TcpStream, body: Vec<u8>) -> io::Result<()> {
    stream.write_all(&body).await
}

#[retry(on = any, clone(body.bytes))]
async fn send_bytes(stream: &mut TcpStream, body: Vec<u8>) -> io::Result<()> {
    stream.write_all(&body).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut stream = connect("localhost".into(), 80).await?;
    send(&mut stream, Vec::new()).await?;
    send_bytes(&mut stream, Vec::new()).await?;
    resend(&mut local().await?, Vec::new()).await
}
