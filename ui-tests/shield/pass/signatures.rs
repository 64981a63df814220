//! Owned arguments of every kind.
use std::future::Future;
use std::sync::Arc;

use steadfast::{PolicyError, bounded, shield, timeout};

#[derive(Clone)]
struct Gateway;

impl Gateway {
    #[shield]
    async fn by_arc(self: Arc<Self>, name: &'static str) -> usize {
        name.len()
    }

    #[shield]
    async fn by_value(self, check: fn(&str) -> bool) -> bool {
        check("a")
    }
}

#[shield]
async fn generic<T: Clone + Send + 'static>(value: T, f: impl Fn(&T) -> usize + Send + 'static) -> usize {
    tokio::task::yield_now().await;
    f(&value)
}

#[shield]
fn future(n: u32) -> impl Future<Output = u32> {
    async move { n + 1 }
}

#[timeout(1s)]
#[bounded(4)]
#[shield]
async fn in_a_stack(n: u32) -> Result<u32, PolicyError> {
    tokio::task::yield_now().await;
    Ok(n)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(Arc::new(Gateway).by_arc("ab").await, 2);
    assert!(Gateway.by_value(|text| text == "a").await);
    assert_eq!(generic(vec![1, 2], |all| all.len()).await, 2);
    assert_eq!(future(1).await, 2);
    assert_eq!(in_a_stack(3).await.unwrap(), 3);
}
