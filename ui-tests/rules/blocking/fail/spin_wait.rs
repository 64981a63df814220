//! Waiting without awaiting.

use std::sync::atomic::{AtomicBool, Ordering};

#[steadfast::checked]
async fn until(ready: &AtomicBool) {
    while !ready.load(Ordering::Acquire) {
        std::hint::spin_loop();
    }
}

fn main() {}
