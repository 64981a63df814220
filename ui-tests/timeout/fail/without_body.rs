//! A trait's declaration has no body to wrap; a default method has.
use std::io;

use steadfast::timeout;

#[allow(async_fn_in_trait)]
trait Store {
    #[timeout(1s)]
    async fn load(&self, key: &str) -> io::Result<Vec<u8>>;

    async fn exists(&self, key: &str) -> io::Result<bool> {
        Ok(!self.load(key).await?.is_empty())
    }
}

struct Files;

impl Store for Files {
    async fn load(&self, key: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(key).await
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    println!("{}", Files.exists("a.txt").await?);
    Ok(())
}
