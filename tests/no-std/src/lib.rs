//! Row 88: the policies in a crate without the standard library's prelude and macros.
#![no_std]

use core::convert::Infallible;
use core::future::{Future, ready};
use core::pin::Pin;
use core::sync::atomic::{AtomicU32, Ordering};

extern crate alloc;

use alloc::boxed::Box;
use alloc::vec::Vec;

use steadfast::{PolicyError, bounded, retry, timeout};

/// The error of the functions below.
#[derive(Debug, steadfast::Transient)]
pub enum Error {
    /// It was the first attempt.
    #[transient]
    NotYet,
    /// A policy ended the call.
    #[policy]
    Policy(PolicyError),
}

/// Waits for its turn.
#[bounded(4)]
pub async fn under_bounded(x: u32) -> u32 {
    ready(x).await
}

/// Ends in time.
#[timeout(5s)]
pub async fn under_timeout(x: u32) -> Result<u32, Error> {
    Ok(ready(x).await)
}

/// Gives a value where it does not.
#[timeout(5s, on_elapsed = 0)]
pub async fn with_a_value(x: Pin<&mut (dyn Future<Output = u32> + Send)>) -> u32 {
    x.await
}

/// Fails the first time.
#[retry(on = any, backoff = exp(10ms, cap = 1s), budget = "no std", on_retry = |_| {})]
pub async fn under_retry(mut list: Vec<u32>, tries: &AtomicU32) -> Result<Vec<u32>, Error> {
    list.push(1);
    if tries.fetch_add(1, Ordering::Relaxed) == 0 { Err(Error::NotYet) } else { Ok(list) }
}

/// Fails the first time, and is boxed.
#[timeout(attempt = 1s, total = 10s)]
#[retry]
#[bounded(4, queue = 10, max_wait = 1s, key = list.len())]
pub async fn under_all(mut list: Vec<u32>, tries: &AtomicU32) -> Result<Box<[u32]>, Error> {
    list.push(1);
    ready(()).await;
    if tries.fetch_add(1, Ordering::Relaxed) == 0 { Err(Error::NotYet) } else { Ok(list.into()) }
}

/// Never ends.
#[bounded(1)]
pub async fn never() -> ! {
    match core::future::pending::<Infallible>().await {}
}

/// Fails the first time, on this thread.
#[retry(on = any)]
pub fn blocking(tries: &AtomicU32) -> Result<u32, Error> {
    if tries.fetch_add(1, Ordering::Relaxed) == 0 { Err(Error::NotYet) } else { Ok(1) }
}

/// Blocks.
#[steadfast::blocking]
pub fn load() -> u32 {
    1
}

/// Must not be dropped.
#[steadfast::cancel_unsafe]
pub async fn save() -> u32 {
    ready(load()).await
}

/// A namesake of what is asked about.
pub mod thread {
    /// Does not sleep.
    pub fn sleep(of: u32) -> u32 {
        of
    }
}

use thread::sleep;

/// Calls what is marked.
#[steadfast::checked(__ask_everything)]
pub async fn calls_marked() -> u32 {
    load() + save().await + sleep(1)
}

/// The policies on a part of a function.
pub async fn applied(tries: &AtomicU32) -> Result<u32, Error> {
    let list =
        steadfast::apply!(retry(on = any), timeout(total = 10s); under_retry(Vec::new(), tries)).await?;
    u32::try_from(list.len()).map_err(|_| Error::NotYet)
}

#[cfg(test)]
mod tests {
    use super::*;

    extern crate std;

    use std::{assert_eq, vec};

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let tries = || AtomicU32::new(0);
        assert_eq!(under_bounded(1).await, 1);
        assert_eq!(under_timeout(1).await.unwrap(), 1);
        assert_eq!(with_a_value(core::pin::pin!(async { 1 })).await, 1);
        assert_eq!(under_retry(vec![0], &tries()).await.unwrap(), [0, 1]);
        assert_eq!(*under_all(vec![0], &tries()).await.unwrap(), [0, 1]);
        assert_eq!(blocking(&tries()).unwrap(), 1);
        assert_eq!(applied(&tries()).await.unwrap(), 1);
        assert_eq!(calls_marked().await, 3);
        drop(never());
    }
}
