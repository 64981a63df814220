//! Sockets and names.

use std::net::{TcpListener, TcpStream, ToSocketAddrs};

#[steadfast::checked]
async fn asked(listener: &TcpListener) -> std::io::Result<()> {
    let _stream = TcpStream::connect("db:5432")?;
    let _client = listener.accept()?;
    let _addresses = "db:5432".to_socket_addrs()?;
    Ok(())
}

fn main() {}
