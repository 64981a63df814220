//! The attribute on what holds the functions, instead of on a function.
use std::io;

use steadfast::bounded;

/// Reads files.
#[bounded(8)]
#[derive(Clone)]
pub struct Files {
    root: String,
}

#[bounded(8)]
impl Files {
    async fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(format!("{}/{name}", self.root)).await
    }
}

#[bounded(8)]
pub mod limits {
    pub const MOST: usize = 8;
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let files = Files { root: "/tmp".into() }.clone();
    println!("{} of {}", files.read("a.txt").await?.len(), limits::MOST);
    Ok(())
}
