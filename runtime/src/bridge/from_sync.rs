//! Asynchronous code, called from a thread without a runtime.

use std::future::Future;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::task::coop;
use tokio::time::{Instant, timeout};

use crate::error::PolicyError;

/// Runs a future to its end from synchronous code, blocking this thread for at most `limit`.
///
/// On a thread that knows a runtime (inside of `#[offload]`, `spawn_blocking`, `block_in_place`, or after
/// [`Handle::enter`]) the future runs on that one. Everywhere else it gets a small runtime of its own for the length of the
/// call: what it spawns ends with the call, so a client that keeps connections open in the background is better served by
/// a runtime that you keep and enter.
///
/// The future need be neither `Send` nor `'static`.
///
/// # Errors
/// A [`PolicyError`] of kind [`TimedOut`](crate::PolicyErrorKind::TimedOut) after `limit`, on tokio's clock; the future has
/// been dropped by then.
///
/// # Panics
/// In asynchronous code, where it would block a thread of the runtime: `.await` the future there. With what the future
/// panics, and if the system has no resources for a runtime.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::{PolicyError, from_sync};
///
/// async fn answer() -> u32 {
///     tokio::time::sleep(Duration::from_millis(1)).await;
///     42
/// }
///
/// fn main() -> Result<(), PolicyError> {
///     assert_eq!(from_sync(answer(), Duration::from_secs(5))?, 42);
///     Ok(())
/// }
/// ```
#[track_caller]
pub fn from_sync<F: Future>(future: F, limit: Duration) -> Result<F::Output, PolicyError> {
    assert!(
        !is_polled(),
        "`from_sync` was called in asynchronous code, where it would block a thread of the runtime: `.await` the future \
         instead, or put `#[offload]` on the synchronous function around it"
    );
    let limited = async {
        let started = Instant::now();
        timeout(limit, future)
            .await
            .map_err(|_elapsed| PolicyError::timed_out("steadfast::from_sync", limit, started.elapsed()))
    };
    match Handle::try_current() {
        Ok(runtime) => runtime.block_on(limited),
        Err(_none) => match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime.block_on(limited),
            Err(error) => panic!("`from_sync` could not make a runtime for its call: {error}"),
        },
    }
}

/// Whether this thread is polling a task right now.
///
/// tokio has no such question, and its own panic says neither what was called nor what to do. But a task has a budget of
/// steps and a thread that may block has none: whose budget ends is a task. Spending it is no matter, since the answer is
/// a panic. A task inside of [`coop::unconstrained`] is not seen, and gets tokio's panic.
fn is_polled() -> bool {
    let mut cx = Context::from_waker(Waker::noop());
    // tokio counts in a byte.
    (0..=u8::MAX).any(|_| match coop::poll_proceed(&mut cx) {
        Poll::Ready(step) => {
            step.made_progress();
            false
        }
        Poll::Pending => true,
    })
}
