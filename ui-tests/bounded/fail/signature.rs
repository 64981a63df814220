//! Functions that cannot wait, and functions without a body.
use std::io;

use steadfast::bounded;

#[bounded(2)]
fn parse(path: &str) -> io::Result<String> {
    std::fs::read_to_string(path)
}

#[bounded(2)]
pub const fn area(width: u32, height: u32) -> u32 {
    width * height
}

#[allow(async_fn_in_trait)]
trait Images {
    #[bounded(2)]
    async fn load(&self, path: &str) -> io::Result<Vec<u8>>;
}

struct Files;

impl Images for Files {
    async fn load(&self, path: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }
}

#[bounded(2)]
fn open(path: &str) -> impl Future<Output = io::Result<tokio::fs::File>> + '_ {
    tokio::fs::File::open(path)
}

#[tokio::main]
async fn main() -> io::Result<()> {
    println!("{} {}", parse("a.txt")?, area(3, 4));
    open("a.txt").await?;
    Files.load("a.txt").await.map(drop)
}
