//! A partial read that a timeout drops, in a loop that goes on.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};

#[steadfast::checked(deny(cancel_unsafe_under_timeout))]
async fn asked(reader: &mut (dyn AsyncRead + Unpin + Send)) {
    let mut header = [0; 16];
    loop {
        match tokio::time::timeout(Duration::from_secs(1), reader.read_exact(&mut header)).await {
            Ok(Ok(_)) => println!("{header:?}"),
            Ok(Err(_)) => return,
            Err(_) => println!("idle"),
        }
    }
}

#[steadfast::checked]
async fn certain(mut stream: tokio::net::TcpStream) {
    use tokio::io::AsyncWriteExt;
    for message in [b"one", b"two"] {
        let _ = tokio::time::timeout(Duration::from_secs(1), stream.write_all(message)).await;
    }
}

fn main() {}
