async fn locks(lock: &tokio::sync::Mutex<u32>, shared: &tokio::sync::RwLock<u32>) {
    drop(lock.blocking_lock()); //~ tokio_blocking_method
    drop(shared.blocking_read()); //~ tokio_blocking_method
    drop(shared.blocking_write()); //~ tokio_blocking_method
}

async fn channels(sender: tokio::sync::mpsc::Sender<u32>, mut receiver: tokio::sync::mpsc::Receiver<u32>) {
    let _ = sender.blocking_send(1); //~ tokio_blocking_method
    let _ = receiver.blocking_recv(); //~ tokio_blocking_method
}

#[tokio::test]
async fn in_a_test(sender: Sender) {
    let _ = sender.blocking_send(1); //~ tokio_blocking_method
}

async fn awaited(lock: &tokio::sync::Mutex<u32>) {
    drop(lock.lock().await);
}

async fn trying(lock: &tokio::sync::Mutex<u32>, sender: tokio::sync::mpsc::Sender<u32>) {
    let _ = lock.try_lock();
    let _ = sender.try_send(1);
}

async fn offloaded(sender: tokio::sync::mpsc::Sender<u32>) {
    tokio::task::spawn_blocking(move || sender.blocking_send(1)).await.unwrap();
}

async fn on_a_thread(mut receiver: tokio::sync::mpsc::Receiver<u32>) {
    std::thread::Builder::new().spawn(move || receiver.blocking_recv()).unwrap();
}

fn synchronous(sender: &tokio::sync::mpsc::Sender<u32>) {
    let _ = sender.blocking_send(1);
}
