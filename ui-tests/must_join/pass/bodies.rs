//! What real bodies do with their tasks. Nothing is reported, and every value arrives.
use std::future::Future;
use std::io;
use std::pin::Pin;

use steadfast::{PolicyError, Scope, bounded, must_join, retry, timeout};
use tokio::task;

async fn one() -> io::Result<u64> {
    task::yield_now().await;
    Ok(1)
}

#[must_join]
async fn bound_and_awaited() -> io::Result<u64> {
    let a = tokio::spawn(one());
    let b = task::spawn_blocking(|| 2_u64);
    Ok(a.await?? + b.await?)
}

#[must_join]
async fn discarded() -> io::Result<()> {
    tokio::spawn(one());
    let _ = tokio::spawn(async { 5 });
    tokio::spawn(async {});
    Ok(())
}

#[must_join]
async fn in_macros() -> (u64, u64) {
    let (a, b) = tokio::join!(tokio::spawn(one()), tokio::spawn(one()));
    tokio::select! {
        done = tokio::spawn(one()) => assert!(done.is_ok()),
        () = std::future::pending() => {}
    }
    assert_eq!(tokio::spawn(async { 1 }).await.unwrap(), 1);
    (a.unwrap().unwrap(), b.unwrap().unwrap())
}

#[must_join]
async fn nested() -> u64 {
    let outer = tokio::spawn(async move {
        let inner = tokio::spawn(async { 1_u64 });
        inner.await.unwrap() + 1
    });
    let spawn_all = |n: u64| (0..n).map(|n| tokio::spawn(async move { n })).collect::<Vec<_>>();
    let mut sum = outer.await.unwrap();
    for handle in spawn_all(3) {
        sum += handle.await.unwrap();
    }
    sum
}

#[must_join]
async fn by_path() -> usize {
    let futures = vec![std::future::ready(1_usize), std::future::ready(2)];
    let mut sum = 0;
    for handle in futures.into_iter().map(tokio::spawn) {
        sum += handle.await.unwrap();
    }
    sum
}

#[must_join(limit = 2, grace = 10ms, timeout = 1s, cancel = "graceful", on_error = collect)]
async fn all_arguments(paths: &[&'static str]) -> Result<usize, PolicyError> {
    for path in paths.iter().copied() {
        tokio::spawn(async move { path.len() });
    }
    Ok(paths.len())
}

#[must_join(panics = collect)]
async fn any_error() -> Result<u64, Box<dyn std::error::Error + Send + Sync>> {
    tokio::spawn(one());
    Ok(1)
}

#[must_join(scope = g)]
async fn into_the_callers_scope(g: &Scope<io::Error>) {
    g.spawn(async { one().await.map(drop) });
}

#[must_join(scope = g)]
fn without_async(g: &Scope<io::Error>) {
    g.spawn(async { Ok(()) });
}

#[retry(on = any, attempts = 2)]
#[timeout(attempt = 1s)]
#[bounded(4)]
#[must_join]
async fn in_a_stack(name: String) -> io::Result<usize> {
    let name2 = name.clone();
    let length = tokio::spawn(async move { name2.len() });
    Ok(length.await? + name.len())
}

struct Service {
    base: u64,
}

trait Job {
    fn run(&self) -> Pin<Box<dyn Future<Output = u64> + Send + '_>>;
}

impl Service {
    #[must_join]
    async fn method(&mut self) -> u64 {
        let n = self.base;
        self.base += tokio::spawn(async move { n }).await.unwrap();
        self.base
    }
}

impl Job for Service {
    #[must_join]
    fn run(&self) -> Pin<Box<dyn Future<Output = u64> + Send + '_>> {
        Box::pin(async move { self.base + tokio::spawn(async { 1 }).await.unwrap() })
    }
}

#[async_trait::async_trait]
trait Boxed {
    async fn run(&self) -> u64;
}

#[async_trait::async_trait]
impl Boxed for u64 {
    #[must_join]
    async fn run(&self) -> u64 {
        let n = *self;
        tokio::spawn(async move { n }).await.unwrap()
    }
}

#[must_join]
async fn question_mark(text: &str) -> Result<u32, Box<dyn std::error::Error + Send + Sync>> {
    let n: u32 = text.parse()?;
    if n == 0 {
        return Ok(0);
    }
    tokio::spawn(async { Ok::<_, io::Error>(()) });
    Ok(n)
}

#[must_join]
async fn nothing_spawned() -> &'static str {
    fn inner() {
        std::mem::drop(tokio::spawn(async {}));
    }
    let _ = inner;
    let value = String::new();
    drop(value);
    "fine"
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(bound_and_awaited().await.unwrap(), 3);
    discarded().await.unwrap();
    assert_eq!(in_macros().await, (1, 1));
    assert_eq!(nested().await, 5);
    assert_eq!(by_path().await, 3);
    assert_eq!(all_arguments(&["a", "b"]).await.unwrap(), 2);
    assert_eq!(any_error().await.unwrap(), 1);
    assert_eq!(in_a_stack("ab".into()).await.unwrap(), 4);
    let mut service = Service { base: 1 };
    assert_eq!(service.method().await, 2);
    assert_eq!(Job::run(&service).await, 3);
    assert_eq!(Boxed::run(&4).await, 4);
    assert_eq!(question_mark("7").await.unwrap(), 7);
    assert_eq!(nothing_spawned().await, "fine");
    let done = steadfast::scope(async |g: Scope<io::Error>| {
        into_the_callers_scope(&g).await;
        without_async(&g);
        Ok(1)
    });
    assert_eq!(done.await.unwrap(), 1);
}
