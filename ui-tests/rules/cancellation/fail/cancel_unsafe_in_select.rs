//! A partial read in a `select!` that the loop runs again.

use tokio::io::AsyncReadExt;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;

#[steadfast::checked]
async fn certain(mut stream: tokio::net::TcpStream, mut orders: mpsc::Receiver<u8>) {
    let mut header = [0; 16];
    loop {
        tokio::select! {
            _ = stream.read_exact(&mut header) => {}
            order = orders.recv() => println!("{order:?}"),
        }
    }
}

struct Connection<R, W> {
    reader: R,
    writer: W,
}

impl<R: AsyncRead + Unpin, W: AsyncWrite + Unpin> Connection<R, W> {
    #[steadfast::checked]
    async fn asked(&mut self, mut orders: mpsc::Receiver<u8>) {
        loop {
            tokio::select! {
                n = self.reader.read_u32() => println!("{n:?}"),
                _ = self.writer.write_all(b"ping") => break,
                order = orders.recv() => println!("{order:?}"),
            }
        }
    }
}

fn main() {}
