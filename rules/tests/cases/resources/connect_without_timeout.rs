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

struct Link;

impl Link {
    async fn open(&self, address: &str) -> std::io::Result<Stream> {
        let stream = TcpStream::connect(address).await?;
        self.secure(stream).await
    }

    async fn open_in_time(&self, address: &str) -> std::io::Result<Stream> {
        timeout(Duration::from_secs(5), self.open(address)).await?
    }

    async fn start(&self, address: &str) -> std::io::Result<Stream> {
        let stream = TcpStream::connect(address).await?;
        self.secure(stream).await
    }

    async fn start_any(&self, addresses: &[&str]) -> Option<Stream> {
        for address in addresses {
            if let Ok(stream) = self.start(address).await {
                return Some(stream);
            }
        }
        None
    }

    async fn start_in_time(&self, addresses: &[&str]) -> Option<Stream> {
        time::timeout(Duration::from_secs(5), async { self.start_any(addresses).await }).await.ok()?
    }

    async fn reopen(&self, address: &str) -> std::io::Result<Stream> {
        let stream = TcpStream::connect(address).await?; //~ connect_without_timeout
        self.secure(stream).await
    }

    async fn keep_open(&self, address: &str) {
        while let Ok(stream) = self.reopen(address).await {
            timeout(Duration::from_secs(5), stream.closed()).await;
        }
    }
}

async fn connect_tcp(address: &str) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn connect_first(addresses: &[&str]) -> std::io::Result<TcpStream> {
    connect_tcp(addresses[0]).await
}

async fn connect_link(address: &str) -> std::io::Result<TcpStream> {
    TcpStream::connect(address).await //~ connect_without_timeout
}

async fn serve_link(address: &str) -> std::io::Result<()> {
    let stream = connect_link(address).await?;
    serve(stream).await
}

async fn connect_session(address: &str) -> std::io::Result<Session> {
    let stream = TcpStream::connect(address).await?; //~ connect_without_timeout
    Session::begin(stream).await
}

pub async fn connect_for_another_file(address: &str) -> std::io::Result<TcpStream> {
    TcpStream::connect(address).await //~ connect_without_timeout
}
