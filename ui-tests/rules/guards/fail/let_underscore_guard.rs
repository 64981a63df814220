//! Guards and permits that are thrown away as soon as they are taken.

use std::sync::Arc;

use tokio::sync::{Mutex, Semaphore};
use tokio_util::sync::CancellationToken;

#[steadfast::checked]
async fn certain(limit: &tokio::sync::Semaphore) {
    let _ = limit.acquire().await;
    work().await;
}

#[steadfast::checked]
async fn asked(limit: Arc<Semaphore>) {
    let _ = limit.acquire_owned().await.unwrap();
    work().await;
}

#[steadfast::checked]
async fn lock(sum: &Mutex<u32>) {
    let _ = sum.lock().await;
    work().await;
}

#[steadfast::checked]
async fn cancelled(token: CancellationToken) {
    let _ = token.drop_guard();
    work().await;
}

#[steadfast::checked]
async fn without_let(limit: Arc<Semaphore>, sum: &Mutex<u32>) {
    _ = limit.acquire().await;
    _ = sum.lock().await;
    work().await;
}

async fn work() {}

fn main() {}
