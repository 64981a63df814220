//! Attributes on statements and on closures are rustc's matter.
use std::io;

use steadfast::{apply, retry};

#[tokio::main]
async fn main() -> io::Result<()> {
    #[retry(on = any)]
    let read = async |path: &str| tokio::fs::read(path).await;
    let size = #[retry(on = any)]
    async |path: &str| tokio::fs::metadata(path).await;
    println!("{} {}", read("a.txt").await?.len(), size("a.txt").await?.len());
    apply!(retry(on = any); tokio::fs::read("a.txt")).await.map(drop)
}
