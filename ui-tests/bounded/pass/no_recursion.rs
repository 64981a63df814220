//! What looks like a call of the function itself, and is none, or cannot deadlock.
use std::collections::HashMap;
use std::io;

use steadfast::{Bulkhead, bounded};

/// A free function of the same name, called with a path.
mod disk {
    pub async fn load(path: &str) -> usize {
        path.len()
    }
}

#[bounded(8)]
async fn load(path: &str) -> usize {
    disk::load(path).await
}

/// A trait's method that delegates to an inherent one of the same name.
#[allow(async_fn_in_trait)]
trait Store {
    async fn get(&self, key: &str) -> Option<u32>;
}

struct Memory {
    values: HashMap<String, u32>,
}

impl Memory {
    async fn get(&self, key: &str) -> Option<u32> {
        self.values.get(key).copied()
    }
}

impl Store for Memory {
    #[bounded(8)]
    async fn get(&self, key: &str) -> Option<u32> {
        self.get(key).await
    }
}

/// A method of the same name on something else.
pub struct Cached {
    memory: Memory,
}

impl Cached {
    #[bounded(8)]
    pub async fn get(&self, key: &str) -> Option<u32> {
        self.memory.get(key).await
    }
}

/// A free function of the same name, from a method.
pub struct Loader;

impl Loader {
    #[bounded(1)]
    pub async fn load(&self, path: &str) -> usize {
        load(path).await
    }
}

/// A call in a task of its own does not hold this one's permit while it waits.
#[bounded(1)]
async fn refresh(left: u32) -> u32 {
    if left > 0 {
        tokio::task::spawn_local(async move {
            Box::pin(refresh(left - 1)).await;
        });
    }
    left
}

/// The recursion is in an inner function without the attribute.
#[bounded(8)]
async fn size(depth: u32) -> u32 {
    fn inner(depth: u32) -> std::pin::Pin<Box<dyn Future<Output = u32> + Send>> {
        Box::pin(async move { if depth == 0 { 1 } else { inner(depth - 1).await + 1 } })
    }
    inner(depth).await
}

/// A call that may be refused does not wait for itself.
#[bounded(8, queue = 10)]
async fn walk(depth: u32) -> io::Result<u32> {
    if depth == 0 { Ok(0) } else { Box::pin(walk(depth - 1)).await }
}

/// Another key, or another `Bulkhead`.
#[bounded(1, key = depth)]
async fn visit(depth: u32) -> u32 {
    if depth == 0 { 0 } else { Box::pin(visit(depth - 1)).await }
}

#[bounded(by = levels[depth])]
async fn descend(levels: &[Bulkhead], depth: usize) -> usize {
    if depth == 0 { 0 } else { Box::pin(descend(levels, depth - 1)).await + 1 }
}

/// A local of the same name.
#[bounded(1)]
async fn count(depth: u32) -> u32 {
    let count = async |depth: u32| depth + 1;
    count(depth).await
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let memory = || Memory { values: HashMap::from([("a".to_owned(), 1)]) };
    assert_eq!(load("abc").await, 3);
    assert_eq!(Store::get(&memory(), "a").await, Some(1));
    assert_eq!(Cached { memory: memory() }.get("b").await, None);
    assert_eq!(Loader.load("ab").await, 2);
    assert_eq!(tokio::task::LocalSet::new().run_until(refresh(2)).await, 2);
    assert_eq!(size(3).await, 4);
    assert_eq!(walk(3).await?, 0);
    assert_eq!(visit(3).await, 0);
    let levels = [Bulkhead::new(1), Bulkhead::new(1), Bulkhead::new(1)];
    assert_eq!(descend(&levels, 2).await, 2);
    assert_eq!(count(1).await, 2);
    Ok(())
}
