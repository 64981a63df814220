#![deny(warnings)]
//! What only its type tells from a guard of a blocking lock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

struct Registry {
    users: HashMap<u32, Arc<Mutex<String>>>,
}

impl Registry {
    fn user(&self, id: u32) -> Option<&Arc<Mutex<String>>> {
        self.users.get(&id)
    }

    fn names(&self) -> Vec<String> {
        self.users.values().map(|user| user.lock().unwrap().clone()).collect()
    }
}

/// A door has a `lock` that is no lock of a thread.
struct Door;

impl Door {
    fn lock(&self) -> Option<u32> {
        Some(1)
    }

    fn read(&self) -> &str {
        "door"
    }
}

#[steadfast::checked]
async fn values(registry: &Registry) -> usize {
    let user = registry.user(1);
    let names = registry.names();
    fetch().await;
    names.len() + user.map_or(0, |user| user.lock().unwrap().len())
}

#[steadfast::checked]
async fn other_locks(door: &Door) -> usize {
    let key = door.lock();
    let name = door.read();
    fetch().await;
    name.len() + key.map_or(0, |key| key as usize)
}

#[steadfast::checked]
async fn late_inference() -> u32 {
    let mut parsed = made();
    fetch().await;
    parsed.push(1u32);
    parsed.len() as u32
}

fn made<T>() -> Vec<T> {
    Vec::new()
}

#[steadfast::checked]
async fn head(door: &Door) -> u32 {
    if let Some(key) = door.lock() {
        fetch().await;
        return key;
    }
    0
}

#[steadfast::checked]
async fn dropped(sum: &Mutex<u32>) -> u32 {
    let guard = sum.lock().unwrap();
    let value = *guard;
    drop(guard);
    fetch().await;
    value
}

#[steadfast::checked]
async fn tokio_lock(sum: &tokio::sync::Mutex<u32>) {
    let mut guard = sum.lock().await;
    fetch().await;
    *guard += 1;
}

async fn fetch() {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let registry = Registry { users: HashMap::new() };
    assert_eq!(values(&registry).await, 0);
    assert_eq!(other_locks(&Door).await, 5);
    assert_eq!(late_inference().await, 1);
    assert_eq!(head(&Door).await, 1);
    assert_eq!(dropped(&Mutex::new(3)).await, 3);
    tokio_lock(&tokio::sync::Mutex::new(1)).await;
}
