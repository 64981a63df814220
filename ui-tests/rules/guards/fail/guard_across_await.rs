//! The guard of a blocking lock lives across an await.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, RwLock};

#[steadfast::checked]
async fn certain(sum: &std::sync::Mutex<u32>) {
    let mut guard = sum.lock().unwrap();
    *guard += fetch().await;
}

#[steadfast::checked]
async fn asked(sum: &Mutex<u32>) {
    let guard = sum.lock().unwrap();
    fetch().await;
    println!("{guard}");
}

#[steadfast::checked]
async fn result(sum: &RwLock<u32>) {
    let guard = sum.read();
    fetch().await;
    drop(guard);
}

#[steadfast::checked]
async fn one_path(sum: &Mutex<u32>, done: bool) {
    let guard = sum.lock().unwrap();
    if done {
        drop(guard);
    }
    fetch().await;
}

#[steadfast::checked]
async fn head(sum: &Mutex<u32>) {
    if let Ok(mut guard) = sum.lock() {
        *guard += fetch().await;
    }
}

#[steadfast::checked]
async fn parameter(mut guard: MutexGuard<'_, u32>) {
    *guard += fetch().await;
}

struct Guarded<'a>(MutexGuard<'a, u32>);

impl steadfast::marker::BlockingGuard for Guarded<'_> {}

#[steadfast::checked]
async fn own_type(sum: &Mutex<u32>) {
    let value = guarded(sum);
    fetch().await;
    println!("{}", value.0);
}

#[steadfast::checked]
async fn reference(sum: &Mutex<u32>) {
    let sum = &mut *sum.lock().unwrap();
    *sum += fetch().await;
}

#[steadfast::checked]
fn blocks(sum: Arc<Mutex<u32>>) -> Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(async move {
        let dropped = sum.lock().unwrap();
        fetch().await;
        drop(dropped);
        let mut changed = sum.lock().unwrap();
        *changed += fetch().await;
        let lent = sum.lock().unwrap();
        fetch().await;
        copy(&lent)
    })
}

fn copy(guard: &MutexGuard<'_, u32>) -> u32 {
    **guard
}

async fn fetch() -> u32 {
    1
}

fn guarded(sum: &Mutex<u32>) -> Guarded<'_> {
    Guarded(sum.lock().unwrap())
}

fn main() {}
