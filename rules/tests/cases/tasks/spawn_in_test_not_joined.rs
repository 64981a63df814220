use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

#[tokio::test]
async fn dropped() {
    let (tx, mut rx) = mpsc::channel(1);
    tokio::spawn(async move { //~ spawn_in_test_not_joined
        assert_eq!(rx.recv().await, Some(1));
    });
    tx.send(1).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn never_used() {
    let _task = tokio::spawn(async move { //~ spawn_in_test_not_joined
        for _ in 0..3 {
            assert!(next().await.is_some());
        }
    });
}

#[cfg(test)]
mod tests {
    async fn helper(handle: Runner) {
        handle.spawn(async { assert!(ready().await) }); //? spawn_in_test_not_joined
    }
}

#[tokio::test]
async fn joined() {
    let task = tokio::spawn(async move { assert!(ready().await) });
    task.await.unwrap();
}

#[tokio::test]
async fn joined_together() {
    let first = tokio::spawn(async move { assert!(ready().await) });
    let second = tokio::spawn(async move { assert!(ready().await) });
    let (first, second) = tokio::join!(first, second);
    first.unwrap();
    second.unwrap();
}

#[tokio::test]
async fn in_a_set() {
    let mut set = JoinSet::new();
    set.spawn(async { assert!(ready().await) });
    while let Some(result) = set.join_next().await {
        result.unwrap();
    }
}

#[tokio::test]
async fn in_a_vector() {
    let mut tasks = Vec::new();
    for _ in 0..3 {
        tasks.push(tokio::spawn(async { assert!(ready().await) }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn a_server() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    tokio::spawn(async move {
        axum::serve(listener, app()).await.unwrap();
    });
}

#[tokio::test]
async fn an_endless_server() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = tokio::spawn(async move {
        loop {
            let (stream, peer) = listener.accept().await.unwrap();
            assert!(peer.ip().is_loopback());
            drop(stream);
        }
    });
    server.abort();
}

#[tokio::test]
async fn says_that_it_came_through() {
    let (tx, rx) = oneshot::channel();
    tokio::spawn(async move {
        assert!(ready().await);
        tx.send(1).unwrap();
    });
    assert_eq!(rx.await, Ok(1));
}

#[tokio::test]
async fn panics_on_purpose() {
    tokio::spawn(async { panic!("boom") });
}

#[tokio::test]
async fn a_plain_sender() {
    let (tx, rx) = oneshot::channel();
    tokio::spawn(async move {
        tx.send(1).unwrap();
    });
    assert_eq!(rx.await, Ok(1));
}

#[tokio::test(unhandled_panic = "shutdown_runtime")]
async fn sees_panics() {
    tokio::spawn(async move { assert!(ready().await) });
}

#[tokio::test]
async fn on_a_thread() {
    std::thread::spawn(|| assert!(true)).join().unwrap();
}

async fn in_production() {
    tokio::spawn(async move { assert!(ready().await) });
}
