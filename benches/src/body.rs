//! What the measured functions do: next to nothing, so that nothing hides what a policy adds.

use std::future::pending;
use std::hint::black_box;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The limit of a timeout that never fires.
pub const LONG: Duration = Duration::from_secs(1);
/// The limit of a timeout around all attempts.
pub const TOTAL: Duration = Duration::from_secs(10);
/// The shortest time that tokio's timer can tell: the limit of a timeout that fires, and the pause before a retry.
pub const SHORT: Duration = Duration::from_millis(1);
/// How many may be inside at once.
pub const LIMIT: usize = 8;
/// How many attempts there are.
pub const ATTEMPTS: u32 = 3;

/// The classification that every side uses.
#[must_use]
pub fn is_transient(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionReset | io::ErrorKind::TimedOut)
}

/// The work inside of the policies.
pub trait Body: 'static {
    /// Gives `input` back, or fails.
    fn run(input: u64) -> impl Future<Output = io::Result<u64>> + Send;
}

/// Ends at its first poll.
#[derive(Debug)]
pub struct Ready;

impl Body for Ready {
    async fn run(input: u64) -> io::Result<u64> {
        Ok(black_box(input))
    }
}

/// Is pending once, as a read from a socket is.
#[derive(Debug)]
pub struct Suspends;

impl Body for Suspends {
    async fn run(input: u64) -> io::Result<u64> {
        tokio::task::yield_now().await;
        Ok(black_box(input))
    }
}

/// Fails every other time, so that each call needs two attempts.
#[derive(Debug)]
pub struct FailsOnce;

impl Body for FailsOnce {
    async fn run(input: u64) -> io::Result<u64> {
        static FAILED: AtomicBool = AtomicBool::new(false);
        if FAILED.fetch_not(Ordering::Relaxed) {
            Ok(black_box(input))
        } else {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
}

/// Is pending for ever.
#[derive(Debug)]
pub struct Never;

impl Body for Never {
    async fn run(_: u64) -> io::Result<u64> {
        pending().await
    }
}
