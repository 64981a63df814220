#![deny(warnings, missing_docs, unused, unreachable_pub, missing_debug_implementations)]
//! No lint about the mark, and no difference at run time.

use std::future::{Future, Ready, ready};
use std::pin::Pin;

use steadfast::{bounded, cancel_unsafe, must_join, retry};

/// Stores.
#[cancel_unsafe]
pub async fn save(name: &str) -> usize {
    inner(name).await
}

#[cancel_unsafe]
async fn inner(name: &str) -> usize {
    name.len()
}

/// A future with a name of its own.
#[cancel_unsafe]
pub fn named(size: usize) -> Ready<usize> {
    ready(size)
}

/// In a box.
#[cancel_unsafe]
pub fn boxed<'a>(name: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
    Box::pin(inner(name))
}

/// A store.
#[derive(Debug)]
pub struct Store<T>(T);

impl<T: Clone + Send + Sync> Store<T> {
    /// Writes.
    #[cancel_unsafe]
    pub async fn write(&mut self, value: T) -> T {
        std::mem::replace(&mut self.0, value)
    }

    /// Without `self`.
    #[cancel_unsafe]
    pub async fn open(value: T) -> Self {
        Self(value)
    }

    #[cancel_unsafe(inherent)]
    async fn inner(&self) -> T {
        self.0.clone()
    }
}

/// In a trait nothing can be added.
pub trait Append {
    /// Without a body.
    #[cancel_unsafe]
    fn append(&mut self, line: &str) -> impl Future<Output = usize> + Send;

    /// With one.
    #[cancel_unsafe]
    fn append_twice(&mut self, line: &str) -> impl Future<Output = usize> + Send
    where
        Self: Send,
    {
        async move { self.append(line).await + self.append(line).await }
    }
}

impl Append for Store<String> {
    #[cancel_unsafe]
    async fn append(&mut self, line: &str) -> usize {
        self.0.push_str(line);
        self.0.len()
    }
}

#[async_trait::async_trait]
trait Boxed {
    #[cancel_unsafe]
    async fn flush(&self) -> usize;
}

#[async_trait::async_trait]
impl Boxed for Store<u8> {
    #[cancel_unsafe]
    async fn flush(&self) -> usize {
        usize::from(self.0)
    }
}

/// Beside policies that do not drop it.
#[bounded(2)]
#[cancel_unsafe]
pub async fn limited(name: &str) -> usize {
    inner(name).await
}

/// In any order.
#[cancel_unsafe]
#[retry(on = any)]
#[must_join]
pub async fn retried(name: &str) -> std::io::Result<usize> {
    Ok(inner(name).await)
}

/// A module with the name of its function.
mod sync {
    /// Waits.
    #[steadfast::cancel_unsafe(local)]
    pub async fn sync() {}
}

pub use sync::sync;

fn send<T: Send>(future: T) -> T {
    future
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    send(sync()).await;
    assert_eq!(send(save("abc")).await + send(boxed("a")).await + named(2).await, 6);
    let mut store = Store::open("a".to_owned()).await;
    assert_eq!(send(store.write("b".to_owned())).await, "a");
    assert_eq!(send(store.append_twice("c")).await, 5);
    assert_eq!(send(store.inner()).await, "bcc");
    assert_eq!(Store(7).flush().await + limited("a").await + retried("a").await.unwrap(), 9);
}
