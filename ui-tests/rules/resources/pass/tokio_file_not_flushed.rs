#![deny(warnings)]
//! Files that are finished, and one of another kind.

use tokio::io::AsyncWriteExt;

struct File;

impl File {
    async fn create(_: &str) -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn write_all(&mut self, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
}

#[steadfast::checked]
async fn of_another_kind() -> std::io::Result<()> {
    let mut file = File::create("a").await?;
    file.write_all(b"a").await
}

#[steadfast::checked]
async fn flushed() -> std::io::Result<()> {
    let mut file = tokio::fs::File::create("a").await?;
    file.write_all(b"a").await?;
    file.flush().await
}

fn main() {}
