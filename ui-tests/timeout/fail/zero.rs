//! Zero time is no limit and no time; each place where it can be written.
use steadfast::{PolicyError, timeout};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

#[timeout(0s)]
async fn ping(address: &str) -> Result<(), PolicyError> {
    let _ = TcpStream::connect(address).await;
    Ok(())
}

#[timeout(attempt = 0ms)]
async fn banner(mut stream: TcpStream) -> Result<String, std::io::Error> {
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    Ok(text)
}

#[timeout(total = 0)]
async fn connect(address: &str) -> Result<TcpStream, std::io::Error> {
    TcpStream::connect(address).await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    ping("localhost:80").await?;
    let text: String = banner(connect("localhost:22").await?).await?;
    println!("{text}");
    Ok(())
}
