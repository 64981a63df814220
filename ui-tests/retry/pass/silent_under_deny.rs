//! No lint fires about the expansion.
#![deny(warnings, unused, missing_docs, unreachable_pub, unused_qualifications, let_underscore_drop)]
#![forbid(unsafe_code, unreachable_code)]

use std::io;

use steadfast::retry;

/// Reads.
#[retry(on = any, attempts = 4, backoff = exp(10ms), clone(name))]
async fn read(name: String, mut left: u32, (first, _second): (u32, u32)) -> io::Result<u32> {
    while left > 0 {
        tokio::task::yield_now().await;
        left -= 1;
    }
    Ok(first + u32::try_from(name.len()).unwrap_or(0))
}

/// Reads in one line.
#[retry(on = any)]
async fn read_once() -> io::Result<u32> { read("a".to_owned(), 1, (1, 2)).await }

/// Reads without waiting.
#[retry(on(_))]
fn read_now(name: &str) -> io::Result<usize> { Ok(name.len()) }

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    #[expect(dead_code, reason = "the lint fires for it, and is expected")]
    #[retry(on = any)]
    async fn unused() -> io::Result<()> {
        tokio::task::yield_now().await;
        Ok(())
    }

    assert_eq!(read_once().await?, 2);
    assert_eq!(read_now("ab")?, 2);
    Ok(())
}
