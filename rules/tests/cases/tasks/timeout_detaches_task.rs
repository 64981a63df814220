use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

const LIMIT: Duration = Duration::from_secs(1);

async fn a_variable() {
    let task = tokio::spawn(work());
    if timeout(LIMIT, task).await.is_err() { //~ timeout_detaches_task
        println!("too late");
    }
}

async fn in_place() {
    let result = timeout_at(Instant::now() + LIMIT, tokio::spawn(work())).await; //~ timeout_detaches_task
    println!("{result:?}");
}

async fn a_parameter(task: JoinHandle<()>) {
    timeout(LIMIT, task).await.unwrap().unwrap(); //? timeout_detaches_task
}

async fn an_unknown_future(future: impl Future<Output = ()>) {
    timeout(LIMIT, future).await.unwrap(); //? timeout_detaches_task
}

async fn by_reference() {
    let mut task = tokio::spawn(work());
    if timeout(LIMIT, &mut task).await.is_err() {
        task.abort();
    }
}

async fn aborts_otherwise() {
    let task = tokio::spawn(work());
    let abort = task.abort_handle();
    if timeout(LIMIT, task).await.is_err() {
        abort.abort();
    }
}

async fn a_future() {
    timeout(LIMIT, work()).await.unwrap();
    timeout(LIMIT, async { work().await }).await.unwrap();
    timeout(LIMIT, tokio::net::TcpStream::connect("a:1")).await.unwrap().unwrap();
}

async fn a_set(mut set: tokio::task::JoinSet<()>) {
    while let Ok(Some(result)) = timeout(LIMIT, set.join_next()).await {
        result.unwrap();
    }
}

async fn a_receiver() {
    let mut changes = tokio::sync::broadcast::channel(1).1;
    timeout(LIMIT, changes.recv()).await.unwrap().unwrap();
}

async fn own_timeout() {
    fn timeout<F>(_: Duration, _: F) {}
    let task = tokio::spawn(work());
    timeout(LIMIT, task);
}

async fn work() {}

#[tokio::test]
async fn in_a_test() {
    let task = tokio::spawn(work());
    timeout(LIMIT, task).await.unwrap().unwrap();
}
