use tokio::task::JoinHandle;

async fn work() {}

async fn a_variable() {
    let task = tokio::spawn(work());
    let _ = task.await; //~ join_error_ignored
}

async fn in_place() {
    let _ = tokio::spawn(work()).await; //~ join_error_ignored
    _ = tokio::task::spawn_blocking(|| ()).await; //~ join_error_ignored
}

async fn as_an_option(task: JoinHandle<()>) {
    task.await.ok(); //~ join_error_ignored
}

async fn a_field(server: Server) {
    let _ = server.task.await; //? join_error_ignored
}

async fn a_vector(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        let _ = task.await; //? join_error_ignored
    }
}

async fn taken(server: &mut Server) {
    let _ = server.task.take().unwrap().await; //? join_error_ignored
}

async fn looked_at() {
    let task = tokio::spawn(work());
    if let Err(error) = task.await {
        eprintln!("{error}");
    }
}

async fn passed_on() -> Result<(), tokio::task::JoinError> {
    tokio::spawn(work()).await?;
    let task = tokio::spawn(work());
    task.await
}

async fn aborted() {
    let task = tokio::spawn(work());
    task.abort();
    let _ = task.await;
}

async fn another_future() {
    let _ = work().await;
    let _ = tokio::fs::remove_file("a").await;
    let (tx, rx) = tokio::sync::mpsc::channel::<u8>(1);
    let _ = tx.send(1).await;
    drop(rx);
}

async fn bound() {
    let task = tokio::spawn(work());
    let _result = task.await;
}

fn a_thread() {
    let thread = std::thread::spawn(|| ());
    let _ = thread.join();
}

#[tokio::test]
async fn in_a_test() {
    let task = tokio::spawn(work());
    let _ = task.await;
}

async fn each_of_them(handles: Vec<JoinHandle<u32>>) {
    for handle in handles {
        handle.await.ok(); //? join_error_ignored
    }
}

async fn each_without_a_name(handles: Vec<JoinHandle<u32>>) {
    for handle in handles {
        _ = handle.await; //? join_error_ignored
    }
}

async fn each_of_them_after_an_abort(handles: Vec<JoinHandle<u32>>) {
    for handle in handles {
        handle.abort();
        handle.await.ok();
    }
}

async fn the_values_of_each(handles: Vec<JoinHandle<u32>>) -> Vec<u32> {
    let mut values = Vec::new();
    for handle in handles {
        values.extend(handle.await.ok());
    }
    values
}
