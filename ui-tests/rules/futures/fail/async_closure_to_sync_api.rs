//! `async` closures for functions that only call them.

use std::thread;

#[steadfast::checked]
async fn blocking() {
    drop(tokio::task::spawn_blocking(|| async { work().await }).await);
}

#[steadfast::checked]
async fn asked() {
    let thread = thread::spawn(|| async { work().await });
    drop(thread);
}

async fn work() {}

fn main() {}
