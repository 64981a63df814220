//! A failure in time that counts as success.

use std::io;
use std::time::Duration;

#[steadfast::checked(deny(timeout_inner_error_swallowed))]
async fn certain(address: &str) -> bool {
    tokio::time::timeout(Duration::from_secs(1), tokio::net::TcpStream::connect(address)).await.is_ok()
}

struct Client;

impl Client {
    async fn flush(&self) -> io::Result<()> {
        Ok(())
    }
}

#[steadfast::checked]
async fn asked(client: &Client) {
    if let Err(_) = tokio::time::timeout(Duration::from_secs(1), client.flush()).await {
        println!("too slow");
    }
}

fn main() {}
