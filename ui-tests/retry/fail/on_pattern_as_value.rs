//! A pattern behind `=`, where a predicate is expected.
use steadfast::retry;
use tokio::net::TcpStream;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("connection lost")]
    Io(#[from] std::io::Error),
    #[error("status {status}")]
    Http { status: u16 },
    #[error("not allowed")]
    Auth,
}

#[retry(on = Error::Io(_))]
async fn connect(address: &str) -> Result<TcpStream, Error> {
    Ok(TcpStream::connect(address).await?)
}

#[retry(on = Error::Http { status: 500..=599 })]
async fn status(stream: &TcpStream) -> Result<u16, Error> {
    stream.readable().await?;
    Err(Error::Http { status: 503 })
}

#[retry(on = any, abort = Error::Auth)]
async fn login(stream: &TcpStream) -> Result<(), Error> {
    stream.writable().await?;
    Err(Error::Auth)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let stream = connect("localhost:80").await?;
    login(&stream).await?;
    println!("{}", status(&stream).await?);
    Ok(())
}
