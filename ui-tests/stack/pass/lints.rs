//! Nothing to report about code that is in order, and a spawned future stays `Send`.
#![deny(warnings, unused, missing_docs, unreachable_pub, unused_qualifications, let_underscore_drop)]
#![forbid(unsafe_code, unreachable_code)]

use std::io;
use std::rc::Rc;

use steadfast::{bounded, retry, timeout};

/// Takes everything that an argument can be.
#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(8, queue = 4)]
async fn arguments(
    mut left: u32,
    (first, _second): (u32, u32),
    names: &[String],
    seen: &mut Vec<String>,
    _unused: Option<String>,
    _: u8,
) -> io::Result<u32> {
    while left > 0 {
        tokio::task::yield_now().await;
        left -= 1;
    }
    seen.extend_from_slice(names);
    Ok(first)
}

/// One line.
#[timeout(total = 1s)]
#[retry(on = any)]
#[bounded(8)]
async fn one_line() -> io::Result<u32> { arguments(1, (1, 2), &[], &mut Vec::new(), None, 0).await }

/// Gives up at once.
#[timeout(total = 1s)]
#[retry(on = any, attempts = 2)]
#[bounded(8)]
async fn diverges(path: &str) -> io::Result<u32> {
    tokio::task::yield_now().await;
    return Err(io::Error::other(path.to_owned()));
}

/// Holds an `Rc` over an await point, which is fine where nobody sends it.
#[timeout(total = 1s)]
#[retry(on = any)]
#[bounded(8)]
async fn local(seen: Rc<u32>) -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(*seen)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    assert_eq!(tokio::spawn(one_line()).await.map_err(io::Error::other)??, 1);
    assert!(diverges("a").await.is_err());
    assert_eq!(local(Rc::new(3)).await?, 3);
    Ok(())
}
