use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::{self, timeout};

async fn dials(address: &str) -> std::io::Result<TcpStream> {
    TcpStream::connect(address).await //~ connect_without_timeout
}

async fn dials_a_host(host: &str) -> std::io::Result<()> {
    let stream = tokio::net::TcpStream::connect((host, 80)).await?; //~ connect_without_timeout
    stream.set_nodelay(true)
}

async fn in_time(address: &str) -> std::io::Result<TcpStream> {
    timeout(Duration::from_secs(5), TcpStream::connect(address)).await?
}

async fn in_a_block(address: &str) -> std::io::Result<TcpStream> {
    time::timeout(Duration::from_secs(5), async {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    })
    .await?
}

#[steadfast::timeout(5 s)]
async fn by_attribute(address: &str) -> std::io::Result<TcpStream> {
    TcpStream::connect(address).await
}

async fn in_a_race(address: &str) -> Option<TcpStream> {
    tokio::select! {
        stream = TcpStream::connect(address) => stream.ok(),
        () = time::sleep(Duration::from_secs(5)) => None,
    }
}

async fn to_this_machine(port: u16) {
    TcpStream::connect("127.0.0.1:80").await.unwrap();
    TcpStream::connect(("localhost", port)).await.unwrap();
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    TcpStream::connect(format!("127.0.0.1:{port}")).await.unwrap();
}

async fn serves() {
    TcpListener::bind("0.0.0.0:80").await.unwrap().accept().await.unwrap();
}

async fn own(address: &str) {
    struct TcpStream;
    TcpStream::connect(address).await;
}

#[tokio::test]
async fn in_a_test(address: &str) {
    TcpStream::connect(address).await.unwrap();
}
