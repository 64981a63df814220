use std::sync::{Mutex, RwLock};

async fn locks(lock: &Mutex<u32>, shared: &RwLock<u32>) {
    *lock.lock().unwrap() += 1; //~ std_lock_in_async
    *shared.write().unwrap() += 1; //~ std_lock_in_async
    drop(shared.read()); //~ std_lock_in_async
}

async fn unknown(app: App) {
    app.total.lock().unwrap().add(1); //? std_lock_in_async
}

async fn with_tokio(lock: &tokio::sync::Mutex<u32>) {
    *lock.lock().await += 1;
}

async fn trying(lock: &Mutex<u32>) {
    drop(lock.try_lock());
}

fn synchronous(lock: &Mutex<u32>) {
    *lock.lock().unwrap() += 1;
}

async fn reads_bytes(mut file: tokio::fs::File, bytes: &mut [u8]) {
    use tokio::io::AsyncReadExt;
    let _ = file.read(bytes).await;
}
