use std::sync::Arc;
use tokio::sync::{Mutex, RwLock};

async fn mutex(cache: &Mutex<u32>) {
    let mut cache = cache.lock().await; //~ async_guard_across_await
    let fresh = fetch().await;
    *cache = fresh;
}

async fn owned(cache: Arc<RwLock<u32>>) {
    let mut cache = cache.write_owned().await; //~ async_guard_across_await
    *cache = fetch().await;
}

async fn unknown(cache: Cache) {
    let cache = cache.read().await; //? async_guard_across_await
    fetch().await;
}

async fn needs_it(stream: &Mutex<Stream>) {
    let mut stream = stream.lock().await;
    stream.send(1).await;
    stream.flush().await;
}

async fn short(cache: &Mutex<u32>) {
    let fresh = fetch().await;
    let mut cache = cache.lock().await;
    *cache = fresh;
}

async fn in_a_block(cache: &Mutex<u32>) {
    {
        let mut cache = cache.lock().await;
        *cache += 1;
    }
    fetch().await;
}

async fn fetch() -> u32 {
    1
}
