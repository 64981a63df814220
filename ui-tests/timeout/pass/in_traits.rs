//! The default method of a trait, an implementation of one, and the same below `#[async_trait]`.
use std::io;

use steadfast::timeout;

#[allow(async_fn_in_trait)]
trait Store {
    async fn load(&self, key: &str) -> io::Result<usize>;

    #[timeout(2s)]
    async fn load_twice(&self, key: &str) -> io::Result<usize> {
        Ok(self.load(key).await? + self.load(key).await?)
    }
}

#[async_trait::async_trait]
trait Boxed {
    async fn size(&self, key: &str) -> io::Result<usize>;

    #[timeout(2s)]
    async fn size_twice(&self, key: &str) -> io::Result<usize> {
        Ok(self.size(key).await? + self.size(key).await?)
    }
}

struct Memory;

impl Store for Memory {
    #[timeout(attempt = 1s)]
    async fn load(&self, key: &str) -> io::Result<usize> {
        tokio::task::yield_now().await;
        Ok(key.len())
    }
}

#[async_trait::async_trait]
impl Boxed for Memory {
    #[timeout(attempt = 1s)]
    async fn size(&self, key: &str) -> io::Result<usize> {
        tokio::task::yield_now().await;
        Ok(key.len())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    assert_eq!(Memory.load_twice("ab").await?, 4);
    assert_eq!(Memory.size_twice("ab").await?, 4);
    Ok(())
}
