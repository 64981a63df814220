//! An attribute on a statement: rustc refuses it, and we name what is meant for a part of a function.
use std::io;

use steadfast::{apply, retry};

#[tokio::main]
async fn main() -> io::Result<()> {
    #[retry(on = any)]
    let read = async |path: &str| tokio::fs::read(path).await;
    println!("{}", read("a.txt").await?.len());
    apply!(retry(on = any); tokio::fs::read("a.txt")).await.map(drop)
}
