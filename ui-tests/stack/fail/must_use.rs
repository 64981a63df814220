//! The attributes of the user's function, and the lints about its callers, stay.
#![deny(unused_must_use, deprecated)]
use std::io;

use steadfast::{bounded, retry, timeout};

#[timeout(1s)]
#[must_use = "the text is what it is read for"]
async fn read(path: &str) -> io::Result<String> {
    tokio::fs::read_to_string(path).await
}

#[retry(on = any)]
#[bounded(8)]
#[deprecated(note = "use `read`")]
async fn read_old(path: &str) -> io::Result<String> {
    tokio::fs::read_to_string(path).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    read("a.txt");
    read("a.txt").await;
    read_old("a.txt").await?;
    Ok(())
}
