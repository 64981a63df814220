//! A limit for hints needs somebody who gives them, in the right type.
use std::io;
use std::time::Duration;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = any, retry_after_max = 30s)]
async fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address).await
}

fn main() {
    let _ = connect("localhost:80");
    let _: Option<Duration> = None;
}
