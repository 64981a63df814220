//! The pause between two attempts.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::budget::Budget;
use crate::deadline;

/// Holds the budget's token until the next attempt begins: a caller who goes away during the pause gives it back.
#[derive(Debug)]
#[must_use = "the next attempt comes after the pause"]
pub struct Pause<'a> {
    delay: Duration,
    since: Instant,
    withdrawn: Option<&'a Budget>,
}

impl<'a> Pause<'a> {
    pub(super) fn new(delay: Duration, since: Instant, withdrawn: Option<&'a Budget>) -> Self {
        Self { delay, since, withdrawn }
    }

    /// How long it is.
    #[must_use]
    pub fn delay(&self) -> Duration {
        self.delay
    }

    fn spend(mut self) {
        self.withdrawn = None;
    }

    /// Sleeps. Without a delay it still lets other tasks run, so that endless retries starve nobody.
    #[expect(
        clippy::manual_async_fn,
        reason = "an `async fn` keeps its arguments twice: this is a part of the user's future"
    )]
    pub fn wait(self) -> impl Future<Output = ()> + Send + use<'a> {
        async move {
            if self.delay.is_zero() {
                tokio::task::yield_now().await;
            } else {
                sleep_from(self.since, self.delay).await;
            }
            deadline::not_passed().await;
            self.spend();
        }
    }

    /// Sleeps unless `token` is cancelled first; `true` if the next attempt is to be made.
    pub async fn wait_unless_cancelled(self, token: &CancellationToken) -> bool {
        if token.is_cancelled() {
            return false;
        }
        let waited = token.run_until_cancelled(sleep_from(self.since, self.delay)).await.is_some();
        if waited {
            deadline::not_passed().await;
            self.spend();
        }
        waited
    }

    /// Blocks the thread.
    pub fn block(self) {
        if !self.delay.is_zero() {
            thread::sleep(self.delay);
        }
        self.spend();
    }

    /// Blocks the thread unless `token` is cancelled first; `true` if the next attempt is to be made.
    #[must_use]
    pub fn block_unless_cancelled(self, token: &CancellationToken) -> bool {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut cx = Context::from_waker(&waker);
        let mut cancelled = pin!(token.cancelled());
        // The thread's own clock: tokio's may be paused, and nobody would move it on.
        let since = std::time::Instant::now();
        loop {
            if let Poll::Ready(()) = cancelled.as_mut().poll(&mut cx) {
                return false;
            }
            let left = self.delay.saturating_sub(since.elapsed());
            if left.is_zero() {
                self.spend();
                return true;
            }
            thread::park_timeout(left);
        }
    }
}

impl Drop for Pause<'_> {
    fn drop(&mut self) {
        if let Some(budget) = self.withdrawn {
            budget.give_back();
        }
    }
}

/// A delay that no instant can be added to ends as late as tokio's timer can.
fn sleep_from(since: Instant, delay: Duration) -> Sleep {
    match since.checked_add(delay) {
        Some(until) => sleep_until(until),
        None => sleep(delay),
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
