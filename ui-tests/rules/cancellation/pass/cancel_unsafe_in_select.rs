//! Only the type tells that nothing is lost.

use tokio::sync::mpsc;

/// Remembers what it has read.
struct Resumable;

impl Resumable {
    async fn read_exact(&mut self, _: &mut [u8]) -> std::io::Result<()> {
        Ok(())
    }

    async fn write_all(&mut self, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
}

#[steadfast::checked]
async fn own_type(mut stream: Resumable, mut orders: mpsc::Receiver<u8>) {
    let (mut header, mut other) = ([0; 16], Resumable);
    loop {
        tokio::select! {
            _ = stream.read_exact(&mut header) => {}
            _ = other.write_all(b"ping") => {}
            order = orders.recv() => if order.is_none() { break },
        }
    }
}

#[steadfast::checked]
async fn pinned(mut stream: tokio::net::TcpStream, mut orders: mpsc::Receiver<u8>) {
    use tokio::io::AsyncReadExt;
    let mut header = [0; 16];
    let mut read = std::pin::pin!(stream.read_exact(&mut header));
    loop {
        tokio::select! {
            _ = &mut read => break,
            order = orders.recv() => println!("{order:?}"),
        }
    }
}

fn main() {}
