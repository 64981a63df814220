use std::time::Duration;

use tokio::task::{self, spawn_blocking};
use tokio::time::{self, timeout};

const LIMIT: Duration = Duration::from_secs(1);

async fn in_place() {
    time::timeout(LIMIT, task::spawn_blocking(|| 1)).await.unwrap().unwrap(); //~ timeout_on_spawn_blocking
}

async fn a_variable() {
    let hash = spawn_blocking(move || 1);
    if let Ok(Ok(hash)) = timeout(LIMIT, hash).await { //~ timeout_on_spawn_blocking
        println!("{hash}");
    }
}

async fn by_reference() {
    let mut hash = spawn_blocking(move || 1);
    timeout(LIMIT, &mut hash).await.unwrap().unwrap(); //~ timeout_on_spawn_blocking
}

async fn without_a_timeout() {
    spawn_blocking(|| 1).await.unwrap();
}

async fn a_future() {
    timeout(LIMIT, work()).await.unwrap();
}

async fn inside_of_a_larger_future() {
    timeout(LIMIT, async { spawn_blocking(|| 1).await }).await.unwrap().unwrap();
}

async fn own_timeout() {
    fn timeout<F>(_: Duration, _: F) {}
    timeout(LIMIT, spawn_blocking(|| 1));
}
