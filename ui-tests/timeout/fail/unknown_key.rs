//! A misspelt key offers the nearest one; a key from elsewhere gets the list.
use std::io;

use steadfast::timeout;
use tokio::net::TcpStream;

#[timeout(attemp = 2s)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

#[timeout(totla = 10s, inherits = false)]
async fn readable(stream: &TcpStream) -> io::Result<()> {
    stream.readable().await
}

#[timeout(per_attempt = 1s)]
async fn writable(stream: &TcpStream) -> io::Result<()> {
    stream.writable().await
}

#[timeout(duration = 2s)]
async fn first_byte(stream: &TcpStream) -> io::Result<u8> {
    let mut byte = [0];
    stream.readable().await?;
    stream.try_read(&mut byte)?;
    Ok(byte[0])
}

#[timeout(2s, mapp_err = io::Error::other)]
async fn peer(stream: &TcpStream) -> io::Result<String> {
    stream.writable().await?;
    Ok(stream.peer_addr()?.to_string())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await?;
    writable(&stream).await?;
    let byte: u8 = first_byte(&stream).await?;
    println!("{byte} from {}", peer(&stream).await?);
    Ok(())
}
