//! A loop that does not see the end of the stream.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

#[steadfast::checked(deny(read_eof_ignored))]
async fn asked(stream: &mut DuplexStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = stream.read(&mut buffer).await?;
        stream.write_all(&buffer[..n]).await?;
    }
}

#[steadfast::checked]
async fn certain(mut stream: tokio::net::TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let n = stream.read(&mut buffer).await?;
        stream.write_all(&buffer[..n]).await?;
    }
}

fn main() {}
