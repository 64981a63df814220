//! A host that does not answer.

#[steadfast::checked(deny(connect_without_timeout))]
async fn dials(address: &str) -> std::io::Result<tokio::net::TcpStream> {
    tokio::net::TcpStream::connect(address).await
}

#[steadfast::checked]
async fn dials_a_host(host: &str) -> std::io::Result<()> {
    let stream = tokio::net::TcpStream::connect((host, 80)).await?;
    stream.set_nodelay(true)
}

fn main() {}
