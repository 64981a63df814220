//! A permit that stays behind when its task begins.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

#[steadfast::checked]
async fn certain(limit: Arc<tokio::sync::Semaphore>, tasks: &mut JoinSet<()>) {
    for id in 0..9 {
        let _permit = limit.clone().acquire_owned().await.unwrap();
        tasks.spawn(async move { work(id).await });
    }
}

#[steadfast::checked]
async fn asked(limit: Arc<Semaphore>, tasks: &mut JoinSet<()>) {
    let _permit = limit.acquire().await.unwrap();
    tasks.spawn(async move { work(1).await });
}

async fn work(_: u32) {}

fn main() {}
