//! Mistakes in the user's patterns are reported by rustc, at the user's tokens.
use steadfast::retry;
use tokio::net::TcpStream;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("connection lost")]
    Io(#[from] std::io::Error),
    #[error("status {status}")]
    Http { status: u16 },
}

#[retry(on(Error::Oi(_)))]
async fn connect(address: &str) -> Result<TcpStream, Error> {
    Ok(TcpStream::connect(address).await?)
}

#[retry(on(Error::Http { code: 500..=599 }))]
async fn status(stream: &TcpStream) -> Result<u16, Error> {
    stream.readable().await?;
    Err(Error::Http { status: 503 })
}

#[retry(on = any, abort(std::io::ErrorKind::NotFound))]
async fn login(stream: &TcpStream) -> Result<(), Error> {
    stream.writable().await?;
    Ok(())
}

#[retry(on(Error::Http { status } if status >= 500))]
async fn logout(stream: &TcpStream) -> Result<(), Error> {
    stream.writable().await?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let stream = connect("localhost:80").await?;
    login(&stream).await?;
    logout(&stream).await?;
    println!("{}", status(&stream).await?);
    Ok(())
}
