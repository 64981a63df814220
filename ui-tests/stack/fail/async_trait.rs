//! The messages about types, below `#[async_trait]`.
use steadfast::{bounded, retry, timeout};

#[derive(Debug)]
struct StoreError;

struct Upload {
    bytes: Vec<u8>,
}

#[async_trait::async_trait]
trait Store {
    async fn load(&self, key: &str) -> Result<Vec<u8>, StoreError>;
    async fn count(&self, key: &str) -> usize;
    async fn save(&self, upload: Upload) -> Result<(), StoreError>;
    async fn entry(&mut self, key: &str) -> Result<&mut Vec<u8>, StoreError>;
}

struct Files {
    bytes: Vec<u8>,
}

async fn write(upload: Upload) -> Result<(), StoreError> {
    tokio::fs::write("a.txt", upload.bytes).await.map_err(|_| StoreError)
}

#[async_trait::async_trait]
impl Store for Files {
    #[timeout(1s)]
    async fn load(&self, key: &str) -> Result<Vec<u8>, StoreError> {
        tokio::fs::read(key).await.map_err(|_| StoreError)
    }

    #[retry(on = any)]
    #[bounded(8, reject)]
    async fn count(&self, key: &str) -> usize {
        tokio::fs::read(key).await.map_or(0, |bytes| bytes.len())
    }

    #[retry(on = any)]
    async fn save(&self, upload: Upload) -> Result<(), StoreError> {
        write(upload).await
    }

    #[retry(on = any)]
    async fn entry(&mut self, key: &str) -> Result<&mut Vec<u8>, StoreError> {
        self.bytes = tokio::fs::read(key).await.map_err(|_| StoreError)?;
        Ok(&mut self.bytes)
    }
}

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let mut files = Files { bytes: Vec::new() };
    files.load("a.txt").await?;
    files.count("a.txt").await;
    files.save(Upload { bytes: Vec::new() }).await?;
    files.entry("a.txt").await?;
    Ok(())
}
