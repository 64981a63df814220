//! Futures that look like guards.

use tokio::sync::Semaphore;

#[steadfast::checked]
async fn certain(sum: &tokio::sync::Mutex<u32>) {
    let _guard = sum.lock();
    work().await;
}

#[steadfast::checked]
async fn asked(limit: &Semaphore) {
    let _permit = limit.acquire();
    work().await;
}

async fn work() {}

fn main() {}
