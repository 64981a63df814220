//! `-> !` has no value that could say that the time is over.
use steadfast::timeout;
use tokio::net::UdpSocket;

#[timeout(10s)]
async fn serve(socket: UdpSocket) -> ! {
    let mut buffer = [0; 1500];
    loop {
        let _ = socket.recv(&mut buffer).await;
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    serve(UdpSocket::bind("127.0.0.1:0").await?).await
}
