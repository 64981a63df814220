async fn accepts(listener: TcpListener) {
    let mut set = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        set.spawn(async move { drop(stream) }); //? join_set_never_drained
    }
}

async fn drains(listener: TcpListener) {
    let mut set = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        set.spawn(async move { drop(stream) });
        while set.try_join_next().is_some() {}
    }
}
