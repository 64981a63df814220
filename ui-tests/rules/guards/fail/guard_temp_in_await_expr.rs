//! A guard without a name in an expression that is awaited.

use std::sync::Mutex;

#[steadfast::checked]
async fn certain(sum: &std::sync::Mutex<u32>) {
    send(*sum.lock().unwrap()).await;
}

#[steadfast::checked]
async fn asked(sum: &Mutex<u32>) {
    send(*sum.lock().unwrap()).await;
}

#[steadfast::checked]
async fn receiver(items: &Mutex<Vec<u32>>) {
    items.lock().unwrap().push(fetch().await);
}

async fn send(_: u32) {}

async fn fetch() -> u32 {
    1
}

fn main() {}
