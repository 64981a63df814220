//! What cannot fail cannot be retried.
use std::future::Future;
use std::pin::Pin;

use steadfast::retry;
use tokio::net::TcpStream;

#[retry(on = any)]
async fn connect(address: &str) -> Option<TcpStream> {
    TcpStream::connect(address).await.ok()
}

#[retry]
async fn flush(stream: &TcpStream) {
    let _ = stream.writable().await;
}

#[retry(on = any, attempts = 5)]
async fn names(stream: &TcpStream) -> Vec<String> {
    let _ = stream.readable().await;
    vec!["ada".to_owned()]
}

#[retry(on = any)]
fn boxed(stream: &TcpStream) -> Pin<Box<dyn Future<Output = bool> + Send + '_>> {
    Box::pin(async move { stream.readable().await.is_ok() })
}

#[retry(on = any)]
fn port(text: &str) -> u16 {
    text.parse().unwrap_or(80)
}

#[tokio::main]
async fn main() {
    let stream = connect(&format!("localhost:{}", port("80"))).await.unwrap();
    flush(&stream).await;
    println!("{:?} {}", names(&stream).await, boxed(&stream).await);
}
