//! A notification that comes too early.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

#[steadfast::checked(deny(notify_lost_wakeup))]
async fn asked(ready: &AtomicBool, changed: &Notify) {
    while !ready.load(Ordering::Acquire) {
        changed.notified().await;
    }
}

fn main() {}
