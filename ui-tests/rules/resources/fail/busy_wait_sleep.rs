//! A loop that sleeps until something has changed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::time::sleep;

#[steadfast::checked(deny(busy_wait_sleep))]
async fn a_flag(ready: &AtomicBool) {
    while !ready.load(Ordering::Acquire) {
        sleep(Duration::from_millis(50)).await;
    }
}

#[steadfast::checked]
async fn a_task(task: tokio::task::JoinHandle<()>) {
    loop {
        if task.is_finished() {
            break;
        }
        tokio::task::yield_now().await;
    }
}

fn main() {}
