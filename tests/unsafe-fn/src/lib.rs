//! Rows 63 and 102: `unsafe` functions in edition 2024, where their body is safe code.
//!
//! In a crate of its own because the rest of the workspace forbids `unsafe`.
#![deny(unsafe_op_in_unsafe_fn, unused_unsafe, unused_braces)]
#![cfg(test)]

use std::sync::atomic::{AtomicU32, Ordering};

use steadfast::PolicyError;

/// Fails the first time.
async fn attempt(tries: &AtomicU32) -> Result<(), PolicyError> {
    #[steadfast::bounded(1, reject)]
    async fn refused_while_held(held: &tokio::sync::Notify) -> Result<(), PolicyError> {
        held.notified().await;
        Ok(())
    }

    if tries.fetch_add(1, Ordering::Relaxed) > 0 {
        return Ok(());
    }
    let held = tokio::sync::Notify::new();
    let mut first = std::pin::pin!(refused_while_held(&held));
    tokio::select! {
        biased;
        _ = &mut first => unreachable!("nobody notifies it"),
        second = refused_while_held(&held) => second,
    }
}

/// # Safety
///
/// None is needed.
unsafe fn one() -> u32 {
    1
}

#[steadfast::bounded(4)]
async unsafe fn bounded() -> u32 {
    tokio::task::yield_now().await;
    // SAFETY: there is nothing to keep to.
    unsafe { one() }
}

#[steadfast::bounded(4)]
#[rustfmt::skip]
async unsafe fn one_line() -> u32 {
    unsafe { one() }
}

#[steadfast::timeout(1s)]
async unsafe fn timeout() -> Result<u32, PolicyError> {
    tokio::task::yield_now().await;
    // SAFETY: there is nothing to keep to.
    Ok(unsafe { one() })
}

#[steadfast::retry(on = any)]
async unsafe fn retry(mut list: Vec<u32>, tries: &AtomicU32) -> Result<Vec<u32>, PolicyError> {
    // SAFETY: there is nothing to keep to.
    list.push(unsafe { one() });
    attempt(tries).await?;
    Ok(list)
}

struct Client;

impl Client {
    #[steadfast::timeout(attempt = 1s, total = 10s)]
    #[steadfast::retry(on = any)]
    #[steadfast::bounded(4)]
    #[expect(improper_ctypes_definitions)]
    async unsafe extern "C" fn all(
        &self,
        mut list: Vec<u32>,
        tries: &AtomicU32,
    ) -> Result<Vec<u32>, PolicyError> {
        // SAFETY: there is nothing to keep to.
        list.push(unsafe { one() });
        attempt(tries).await?;
        Ok(list)
    }
}

#[steadfast::retry(on = any)]
unsafe fn blocking(tries: &AtomicU32) -> Result<u32, std::fmt::Error> {
    if tries.fetch_add(1, Ordering::Relaxed) == 0 {
        return Err(std::fmt::Error);
    }
    // SAFETY: there is nothing to keep to.
    Ok(unsafe { one() })
}

#[tokio::test(start_paused = true)]
async fn behaves() {
    let tries = || AtomicU32::new(0);
    // SAFETY: there is nothing to keep to.
    unsafe {
        assert_eq!((bounded().await, one_line().await), (1, 1));
        assert_eq!(timeout().await.unwrap(), 1);
        assert_eq!(retry(vec![0], &tries()).await.unwrap(), [0, 1]);
        assert_eq!(Client.all(vec![0], &tries()).await.unwrap(), [0, 1]);
        assert_eq!(blocking(&tries()).unwrap(), 1);
    }
}
