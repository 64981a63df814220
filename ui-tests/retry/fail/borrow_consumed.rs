//! `borrow(..)` of an argument that the body does take: rustc's own words, where it is taken.
use std::io;

use steadfast::retry;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

struct Upload {
    bytes: Vec<u8>,
}

async fn send(upload: Upload, stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(&upload.bytes).await
}

#[retry(on = any, borrow(upload))]
async fn store(upload: Upload, stream: &mut TcpStream) -> io::Result<()> {
    send(upload, stream).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut stream = TcpStream::connect("localhost:80").await?;
    store(Upload { bytes: Vec::new() }, &mut stream).await
}
