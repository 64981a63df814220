//! A guard in the head of an expression whose body waits.

use std::cell::RefCell;
use std::sync::Mutex;

#[steadfast::checked]
async fn certain(queue: &std::sync::Mutex<Vec<u32>>) {
    while let Some(item) = queue.lock().unwrap().pop() {
        send(item).await;
    }
}

#[steadfast::checked]
async fn matched(queue: &Mutex<Vec<u32>>) {
    match queue.lock().unwrap().first().copied() {
        Some(item) => send(item).await,
        None => {}
    }
}

#[steadfast::checked]
async fn looped(queue: &RefCell<Vec<u32>>) {
    for item in queue.borrow().iter() {
        send(*item).await;
    }
}

async fn send(_: u32) {}

fn main() {}
