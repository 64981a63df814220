async fn unseen() {
    let _ = TcpStream::connect("db:5432"); //? blocking_net
    let _ = "db:5432".to_socket_addrs(); //? blocking_net
}

async fn awaited() {
    let _ = TcpStream::connect("db:5432").await;
}

async fn joined() {
    let _ = tokio::join!(TcpStream::connect("a:1"), TcpStream::connect("b:1"));
}
