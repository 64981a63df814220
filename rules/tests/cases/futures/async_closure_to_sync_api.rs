use std::sync::OnceLock;
use std::thread;
use tokio::task::spawn_blocking;
use tracing::info_span;

async fn blocking() {
    let task = spawn_blocking(|| async { work().await }); //~ async_closure_to_sync_api
    task.await.unwrap();
}

async fn blocking_awaited() {
    tokio::task::spawn_blocking(move || async move { work().await }).await.unwrap(); //~ async_closure_to_sync_api
}

async fn async_closure(tasks: &mut JoinSet<u32>) {
    let task = tasks.spawn_blocking(async || work().await); //~ async_closure_to_sync_api
}

async fn threads() {
    thread::spawn(|| async { work().await }); //~ async_closure_to_sync_api
}

fn from_a_synchronous_function() {
    thread::spawn(move || { //~ async_closure_to_sync_api
        println!("start");
        async move { work().await }
    });
}

async fn caught() {
    let result = std::panic::catch_unwind(|| async { work().await }); //~ async_closure_to_sync_api
}

async fn scoped() {
    info_span!("load").in_scope(|| async { work().await }).await; //~ async_closure_to_sync_api
}

async fn once(cell: &OnceLock<u32>) {
    cell.get_or_init(|| async { 1 }); //~ async_closure_to_sync_api
}

async fn driven() {
    let handle = tokio::runtime::Handle::current();
    spawn_blocking(move || handle.block_on(async { work().await })).await.unwrap();
}

async fn driven_on_a_thread(handle: Handle) {
    thread::spawn(move || {
        handle.block_on(async { work().await });
    });
}

async fn plain() {
    spawn_blocking(|| 1).await.unwrap();
}

async fn run_afterwards() {
    spawn_blocking(|| async { work().await }).await.unwrap().await;
}

async fn tokio_cell(cell: &tokio::sync::OnceCell<u32>) {
    cell.get_or_init(|| async { 1 }).await;
}

async fn tasks() {
    let task = tokio::spawn(async { work().await });
    task.await.unwrap();
}

async fn in_scope() {
    info_span!("load").in_scope(|| println!("hello"));
}

async fn mapped(items: Vec<u32>) {
    let futures: Vec<_> = items.into_iter().map(|_| async { work().await }).collect();
    futures::future::join_all(futures).await;
}

async fn own_spawn() {
    let task = own::spawn(|| async { work().await });
    task.await.unwrap();
}

async fn caught_at_run_time() {
    let result = async { work().await }.catch_unwind().await;
}

async fn work() {}
