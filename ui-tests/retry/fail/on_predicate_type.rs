//! A predicate with another signature: rustc's own words, at the predicate.
use steadfast::retry;
use tokio::net::TcpStream;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("connection lost")]
    Io(#[from] std::io::Error),
}

impl Error {
    fn is_transient(self) -> bool {
        matches!(self, Error::Io(_))
    }
}

fn io_is_transient(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::TimedOut
}

#[retry(on = io_is_transient)]
async fn connect(address: &str) -> Result<TcpStream, Error> {
    Ok(TcpStream::connect(address).await?)
}

#[retry(on = Error::is_transient)]
async fn readable(stream: &TcpStream) -> Result<(), Error> {
    Ok(stream.readable().await?)
}

#[retry(on = |error| error.to_string())]
async fn writable(stream: &TcpStream) -> Result<(), Error> {
    Ok(stream.writable().await?)
}

#[retry(on = |error| error.status() >= 500)]
async fn peek(stream: &TcpStream) -> Result<usize, Error> {
    Ok(stream.peek(&mut [0]).await?)
}

#[retry(on = Error::is_fatal)]
async fn write(stream: &TcpStream) -> Result<usize, Error> {
    stream.writable().await?;
    Ok(stream.try_write(b"PING")?)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let stream = connect("localhost:80").await?;
    readable(&stream).await?;
    writable(&stream).await?;
    println!("{}", peek(&stream).await? + write(&stream).await?);
    Ok(())
}
