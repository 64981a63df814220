//! A `tokio` lock is held across an await that has nothing to do with it.

use tokio::sync::Mutex;

#[steadfast::checked(deny(async_guard_across_await))]
async fn certain(cache: &tokio::sync::Mutex<u32>) {
    let mut cache = cache.lock().await;
    let fresh = fetch().await;
    *cache = fresh;
}

#[steadfast::checked(deny(async_guard_across_await))]
async fn asked(cache: &Mutex<u32>) {
    let mut cache = cache.lock().await;
    let fresh = fetch().await;
    *cache = fresh;
}

async fn fetch() -> u32 {
    1
}

fn main() {}
