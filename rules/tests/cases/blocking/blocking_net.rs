use std::net::{TcpListener, TcpStream, ToSocketAddrs, UdpSocket};

async fn connects() -> std::io::Result<TcpStream> {
    TcpStream::connect("db:5432") //~ blocking_net
}

async fn accepts(listener: &TcpListener) {
    let _ = listener.accept(); //~ blocking_net
    for stream in listener.incoming() { //~ blocking_net
        drop(stream);
    }
}

async fn receives(socket: UdpSocket) {
    let mut bytes = [0; 16];
    let _ = socket.recv_from(&mut bytes); //~ blocking_net
}

async fn looks_up(name: &str) {
    let _ = name.to_socket_addrs(); //~ blocking_net
    let _ = ("db", 5432).to_socket_addrs(); //~ blocking_net
}

async fn unix() {
    let _ = std::os::unix::net::UnixStream::connect("socket"); //~ blocking_net
}

async fn address() {
    let _ = "127.0.0.1:80".to_socket_addrs();
    let _ = ("127.0.0.1", 80).to_socket_addrs();
    let _ = std::net::SocketAddr::from_str("127.0.0.1:80").to_socket_addrs();
}

async fn tokio_connects() {
    let _ = tokio::net::TcpStream::connect("db:5432").await; //~ connect_without_timeout
}

async fn tokio_accepts(listener: tokio::net::TcpListener) {
    let _ = listener.accept().await;
}

async fn binds() {
    let _ = TcpListener::bind("127.0.0.1:0");
}

async fn non_blocking(listener: TcpListener) {
    listener.set_nonblocking(true).unwrap();
    let _ = listener.accept();
}

fn synchronous() {
    let _ = TcpStream::connect("db:5432");
}

async fn offloaded() {
    tokio::task::spawn_blocking(|| TcpStream::connect("db:5432")).await.unwrap();
}
