//! A `Result`, but its error type has no place for a timeout; seen through an alias too.
use steadfast::timeout;
use tokio::net::TcpStream;

#[derive(Debug, thiserror::Error)]
enum StoreError {
    #[error("connection lost")]
    Io(#[from] std::io::Error),
    #[error("no such user")]
    Unknown,
}

mod store {
    pub type Answer<T> = std::result::Result<T, super::StoreError>;
}

#[timeout(2s)]
async fn connect(address: &str) -> Result<TcpStream, StoreError> {
    Ok(TcpStream::connect(address).await?)
}

#[timeout(attempt = 500ms)]
async fn user(stream: &TcpStream, name: &str) -> store::Answer<usize> {
    stream.writable().await?;
    if name.is_empty() {
        return Err(StoreError::Unknown);
    }
    Ok(stream.try_write(name.as_bytes())?)
}

#[timeout(2s)]
async fn greet(stream: &TcpStream) -> Result<(), String> {
    stream.writable().await.map_err(|error| error.to_string())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stream = connect("localhost:6379").await?;
    user(&stream, "ada").await?;
    greet(&stream).await?;
    Ok(())
}
