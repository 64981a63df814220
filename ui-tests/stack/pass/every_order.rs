//! Any order, any path, below and between other attributes.
use std::io;

use steadfast::{bounded, retry, timeout};

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8, queue = 100)]
async fn canonical() -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[bounded(8, queue = 100)]
#[retry(on = any)]
#[timeout(attempt = 1s, total = 10s)]
async fn reversed() -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

/// Documented.
#[inline]
#[retry(on = any)]
#[must_use = "it is what it is"]
#[steadfast::timeout(total = 10s)]
#[allow(clippy::unused_async)]
#[::steadfast::bounded(8)]
async fn mixed() -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

/// A renamed import is fine where it stands alone.
mod renamed {
    use steadfast::retry as again;

    #[again(on = any)]
    pub async fn alone() -> std::io::Result<u32> {
        Ok(1)
    }
}

/// Attributes of others that have the same names.
mod others {
    pub struct Timeout {
        pub retry: u32,
        pub bounded: bool,
    }

    pub const fn timeout(retry: u32) -> Timeout {
        Timeout { retry, bounded: true }
    }
}

#[timeout(total = 10s)]
#[retry(on = any)]
async fn names(timeout: u32, retry: u32, bounded: u32) -> io::Result<u32> {
    tokio::task::yield_now().await;
    let made = others::timeout(retry);
    Ok(timeout + made.retry + bounded + u32::from(made.bounded))
}

struct Client;

#[async_trait::async_trait]
trait Fetch {
    async fn fetch(&self, key: String) -> io::Result<usize>;
}

#[async_trait::async_trait]
impl Fetch for Client {
    #[timeout(attempt = 1s, total = 10s)]
    #[retry(on = any)]
    #[bounded(8)]
    async fn fetch(&self, key: String) -> io::Result<usize> {
        tokio::task::yield_now().await;
        Ok(key.len())
    }
}

macro_rules! endpoint {
    ($name:ident, $limit:literal, $body:block) => {
        #[timeout(attempt = $limit, total = 10s)]
        #[retry(on = any)]
        #[bounded(2)]
        async fn $name() -> io::Result<u32> $body
    };
}

endpoint!(from_a_macro, 1s, {
    tokio::task::yield_now().await;
    Ok(1)
});

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let sum = canonical().await? + reversed().await? + mixed().await? + renamed::alone().await? + from_a_macro().await?;
    assert_eq!(sum, 5);
    assert_eq!(names(1, 2, 3).await?, 7);
    assert_eq!(Client.fetch("ab".into()).await?, 2);
    Ok(())
}
