//! A bare `#[retry]` asks the error, and these do not know.
use steadfast::retry;
use tokio::net::TcpStream;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("connection lost")]
    Io(#[from] std::io::Error),
    #[error("not allowed")]
    Auth,
}

#[retry]
async fn connect(address: &str) -> Result<TcpStream, Error> {
    Ok(TcpStream::connect(address).await?)
}

#[retry(attempts = 5, backoff = exp(100ms))]
async fn login(stream: &TcpStream) -> Result<(), Error> {
    stream.writable().await?;
    Err(Error::Auth)
}

#[retry]
async fn greet(stream: &TcpStream) -> Result<(), String> {
    stream.writable().await.map_err(|error| error.to_string())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stream = connect("localhost:80").await?;
    login(&stream).await?;
    greet(&stream).await?;
    Ok(())
}
