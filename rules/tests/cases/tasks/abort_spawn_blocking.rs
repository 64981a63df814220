use std::time::Duration;

use tokio::task;

async fn stops() {
    let scan = task::spawn_blocking(|| 1);
    tokio::time::sleep(Duration::from_secs(1)).await;
    scan.abort(); //~ abort_spawn_blocking
}

async fn in_a_branch(stop: tokio::sync::oneshot::Receiver<()>) {
    let mut scan = tokio::runtime::Handle::current().spawn_blocking(|| 1);
    tokio::select! {
        _ = &mut scan => {}
        _ = stop => scan.abort(), //~ abort_spawn_blocking
    }
}

async fn a_task() {
    let task = tokio::spawn(async {});
    task.abort();
}

async fn rebound() {
    let scan = task::spawn_blocking(|| 1);
    scan.await.unwrap();
    let scan = tokio::spawn(async {});
    scan.abort();
}

async fn unknown(scan: task::JoinHandle<u8>) {
    scan.abort();
}

async fn something_else() {
    let scan = start();
    scan.abort();
    std::process::abort();
}
