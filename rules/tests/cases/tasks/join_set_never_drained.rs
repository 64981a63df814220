use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

async fn accepts(listener: TcpListener) {
    let mut set = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        set.spawn(async move { drop(stream) }); //~ join_set_never_drained
    }
}

async fn until_it_fails(listener: TcpListener) {
    let mut connections: JoinSet<()> = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        println!("new");
        connections.spawn(async move { drop(stream) }); //~ join_set_never_drained
    }
    connections.join_all().await;
}

async fn selects(listener: TcpListener, mut stop: mpsc::Receiver<()>) {
    let mut set = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted.unwrap();
                set.spawn(async move { drop(stream) }); //~ join_set_never_drained
            }
            _ = stop.recv() => break,
        }
    }
    set.shutdown().await;
}

async fn drains_as_it_goes(listener: TcpListener) {
    let mut set = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted.unwrap();
                set.spawn(async move { drop(stream) });
            }
            Some(result) = set.join_next() => println!("{result:?}"),
        }
    }
}

async fn drains_when_full(listener: TcpListener) {
    let mut set = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        if set.len() > 100 {
            set.join_next().await;
        }
        set.spawn(async move { drop(stream) });
    }
}

async fn a_batch(urls: Vec<String>) {
    let mut set = JoinSet::new();
    for url in urls {
        set.spawn(async move { println!("{url}") });
    }
    while let Some(result) = set.join_next().await {
        result.unwrap();
    }
}

async fn a_batch_in_a_loop() {
    let mut set = JoinSet::new();
    let mut left = 10;
    loop {
        left -= 1;
        set.spawn(async {});
        if left == 0 {
            break;
        }
    }
    set.join_all().await;
}

async fn a_set_per_round(mut ticks: tokio::time::Interval) {
    loop {
        ticks.tick().await;
        let mut set = JoinSet::new();
        for _ in 0..3 {
            set.spawn(async {});
        }
        set.join_all().await;
    }
}

async fn lent(listener: TcpListener) {
    let mut set = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        set.spawn(async move { drop(stream) });
        reap(&mut set).await;
    }
}

async fn a_tracker(listener: TcpListener) {
    let tasks = tokio_util::task::TaskTracker::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        tasks.spawn(async move { drop(stream) });
    }
}

async fn a_field(server: Server) {
    loop {
        let job = server.jobs.recv().await;
        server.set.spawn(async move { println!("{job:?}") });
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
