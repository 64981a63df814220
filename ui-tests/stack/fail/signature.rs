//! What all three say about one signature.
use std::io;

use steadfast::{bounded, retry, timeout};

#[timeout(total = 1s)]
#[retry(on = any)]
#[bounded(2)]
fn parse(path: &str) -> io::Result<String> {
    std::fs::read_to_string(path)
}

#[allow(async_fn_in_trait)]
trait Store {
    #[timeout(total = 1s)]
    #[retry(on = any)]
    #[bounded(2)]
    async fn load(&self, path: &str) -> io::Result<Vec<u8>>;
}

struct Files;

impl Store for Files {
    async fn load(&self, path: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    println!("{}", parse("a.txt")?);
    Files.load("a.txt").await.map(drop)
}
