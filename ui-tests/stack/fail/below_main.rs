//! An attribute that makes a plain function stands above the policies.
use std::io;

use steadfast::{bounded, retry, shield, timeout};

#[tokio::main]
#[timeout(5s)]
#[bounded(1)]
#[shield]
async fn main() -> io::Result<()> {
    tokio::fs::read("a.txt").await.map(drop)
}

mod tests {
    use super::*;

    #[cfg(not(test))]
    #[tokio::test(start_paused = true)]
    #[timeout(5s)]
    async fn reads() -> io::Result<()> {
        tokio::fs::read("a.txt").await.map(drop)
    }

    #[cfg(not(test))]
    #[tokio::test]
    #[retry(on = any)]
    async fn reads_again() -> io::Result<()> {
        tokio::fs::read("a.txt").await.map(drop)
    }
}

#[retry(on = any)]
#[timeout(total = 5s)]
fn plain(path: &str) -> io::Result<String> {
    std::fs::read_to_string(path)
}
