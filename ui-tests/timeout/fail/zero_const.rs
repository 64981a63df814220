//! A constant that is zero is found by the compiler, under the name that the user wrote.
use std::io;
use std::time::Duration;

use steadfast::timeout;
use tokio::net::TcpStream;

const CONNECT_LIMIT: Duration = Duration::ZERO;

struct Limits;

impl Limits {
    const HANDSHAKE: Duration = Duration::from_millis(0);
}

struct Database {
    address: String,
}

impl Database {
    const QUERY_LIMIT: Duration = Duration::ZERO;

    #[timeout(CONNECT_LIMIT)]
    async fn connect(&self) -> io::Result<TcpStream> {
        TcpStream::connect(&self.address).await
    }

    #[timeout(attempt = Limits::HANDSHAKE)]
    async fn handshake(&self, stream: &TcpStream) -> io::Result<()> {
        stream.readable().await
    }

    #[timeout(total = Self::QUERY_LIMIT)]
    async fn query(&self, stream: &TcpStream, statement: &str) -> io::Result<usize> {
        stream.writable().await?;
        stream.try_write(statement.as_bytes())
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let database = Database { address: "localhost:5432".into() };
    let stream = database.connect().await?;
    database.handshake(&stream).await?;
    database.query(&stream, "select 1").await?;
    Ok(())
}
