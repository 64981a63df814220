//! A timeout has to say that it fired, and these types cannot.
use steadfast::timeout;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

struct Page {
    body: String,
}

#[timeout(2s)]
async fn page(mut stream: TcpStream) -> Page {
    let mut body = String::new();
    let _ = stream.read_to_string(&mut body).await;
    Page { body }
}

#[timeout(2s)]
async fn header(mut stream: TcpStream) -> Option<u32> {
    stream.read_u32().await.ok()
}

#[timeout(2s)]
async fn drain(mut stream: TcpStream) {
    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
}

#[timeout(2s)]
async fn bytes(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    bytes
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let connect = || TcpStream::connect("localhost:80");
    println!("{}", page(connect().await?).await.body);
    println!("{:?}", header(connect().await?).await);
    drain(connect().await?).await;
    println!("{:?}", bytes(connect().await?).await);
    Ok(())
}
