//! A borrow of something exclusive would be alive while the next attempt borrows it again.
use std::io;

use steadfast::retry;
use tokio::net::TcpStream;

struct Session {
    stream: Option<TcpStream>,
    address: String,
}

impl Session {
    #[retry(on = any)]
    async fn stream(&mut self) -> io::Result<&mut TcpStream> {
        if self.stream.is_none() {
            self.stream = Some(TcpStream::connect(&self.address).await?);
        }
        self.stream.as_mut().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    #[retry(on = any)]
    async fn address<'a>(&'a mut self) -> io::Result<&'a str> {
        self.address.push(' ');
        tokio::task::yield_now().await;
        Ok(&self.address)
    }
}

#[retry(on = any)]
async fn first<'a>(cache: &'a mut Vec<String>, key: &str) -> io::Result<Option<&'a String>> {
    if cache.is_empty() {
        cache.push(tokio::fs::read_to_string(key).await?);
    }
    Ok(cache.first())
}

#[retry(on = any)]
async fn last(cache: &mut Vec<String>) -> io::Result<Option<&mut String>> {
    tokio::task::yield_now().await;
    Ok(cache.last_mut())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut session = Session { stream: None, address: "localhost:80".into() };
    session.stream().await?.readable().await?;
    println!("{}", session.address().await?);
    let mut cache = Vec::new();
    println!("{:?}", first(&mut cache, "a.txt").await?);
    println!("{:?}", last(&mut cache).await?);
    Ok(())
}
