//! What policies do, as events.
//!
//! Nothing is recorded unless somebody looks: without an [`Observer`] and without the `tracing` and `metrics` features
//! an event costs one relaxed load. While somebody looks, each call of an annotated function makes one small
//! allocation.
//!
//! # Examples
//! ```
//! use std::io;
//! use std::sync::Arc;
//! use std::sync::atomic::{AtomicU32, Ordering};
//! use steadfast::observe::{self, Event, Observer};
//! use steadfast::retry;
//!
//! #[derive(Default)]
//! struct Retries(AtomicU32);
//!
//! impl Observer for Retries {
//!     fn on_event(&self, function: &'static str, event: &Event<'_>) {
//!         if let Event::Scheduled { attempt, delay, error, .. } = event {
//!             println!("{function}: attempt {attempt} failed ({error}), the next one in {delay:?}");
//!             self.0.fetch_add(1, Ordering::Relaxed);
//!         }
//!     }
//! }
//!
//! #[retry(on = any, attempts = 3)]
//! async fn flaky() -> io::Result<()> {
//!     Err(io::ErrorKind::ConnectionReset.into())
//! }
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() {
//! let retries = Arc::new(Retries::default());
//! let subscription = observe::subscribe(retries.clone());
//! flaky().await.unwrap_err();
//! drop(subscription);
//! assert_eq!(retries.0.load(Ordering::Relaxed), 2);
//! # }
//! ```

pub(crate) mod call;
pub(crate) mod describe;
#[cfg(any(feature = "tracing", feature = "metrics"))]
mod export;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::error::PolicyError;
use crate::site::Site;
use crate::switch;

pub use crate::switch::PolicyKind;
pub use call::Outcome;
pub use describe::ErrorText;

/// Something a policy did.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A call of the function began.
    Started,
    /// A bulkhead let the call in, after it had waited this long for a permit.
    #[non_exhaustive]
    Admitted {
        /// Time in the queue; zero when there was room.
        waited: Duration,
    },
    /// A policy refused the call before its body ran.
    #[non_exhaustive]
    Rejected {
        /// What the caller gets, unless `map_err` or a retry comes between.
        error: &'a PolicyError,
    },
    /// A timeout ended the call or one of its attempts.
    #[non_exhaustive]
    TimedOut {
        /// What the caller gets, unless `map_err`, `on_elapsed` or a retry comes between.
        error: &'a PolicyError,
    },
    /// A retried call begins an attempt.
    #[non_exhaustive]
    Attempt {
        /// The first attempt is 1.
        attempt: u32,
    },
    /// An attempt failed and there will be another one, after a pause that begins now.
    #[non_exhaustive]
    Scheduled {
        /// The attempt that failed; the first is 1.
        attempt: u32,
        /// The length of the pause.
        delay: Duration,
        /// What the attempt failed with.
        error: ErrorText<'a>,
        /// How long the other side asked to wait, if it did.
        retry_after: Option<Duration>,
    },
    /// An attempt failed and there will be no other one.
    #[non_exhaustive]
    GaveUp {
        /// How many attempts were made.
        attempts: u32,
        /// Why this was the last one.
        reason: GaveUp,
        /// What the attempt failed with.
        error: ErrorText<'a>,
        /// How long the other side asked to wait, if it did.
        retry_after: Option<Duration>,
        /// Since the first attempt began, where that was measured: it is whenever an observer looks on from the start.
        elapsed: Option<Duration>,
    },
    /// A retried function was called by an attempt of another one, so attempts multiply.
    #[non_exhaustive]
    NestedRetry {
        /// The function whose attempt makes this call.
        outer: &'static str,
    },
    /// A run-time argument made no sense and was taken for the nearest one that does.
    #[non_exhaustive]
    Clamped {
        /// The name of the argument, such as `attempts`.
        argument: &'static str,
    },
    /// A call of the function ended.
    #[non_exhaustive]
    Finished {
        /// How it ended.
        outcome: Outcome,
        /// Since `Started`.
        elapsed: Duration,
    },
}

/// Why a retry makes no further attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GaveUp {
    /// The error is not one to retry.
    NotRetryable,
    /// The attempt timed out, so its body may have run, and the retry is not `idempotent`.
    MayHaveExecuted,
    /// As many attempts were made as may be.
    Attempts,
    /// The next attempt would start outside `within`.
    Within,
    /// The next attempt would start at or after the deadline.
    Deadline,
    /// The other side asked for a longer pause than is left.
    RetryAfter,
    /// The retry budget is spent.
    Budget,
    /// The `cancel` token ended the pause.
    Cancelled,
}

/// Sees every event of every annotated function in the process.
///
/// It is called in the middle of calls, so it must be quick and must not block. A panic in it ends the call it was told
/// of as a panic in the body would; no permit, queue place or budget token is lost. The observers behind it do not see that
/// event.
pub trait Observer: Send + Sync {
    /// `function` is the annotated function with its module path.
    fn on_event(&self, function: &'static str, event: &Event<'_>);
}

static OBSERVERS: RwLock<Vec<(u64, Arc<dyn Observer>)>> = RwLock::new(Vec::new());

/// Keeps an observer installed until it is dropped.
#[derive(Debug)]
#[must_use = "the observer is removed when this is dropped; `forget()` keeps it for good"]
pub struct Subscription {
    id: u64,
}

impl Subscription {
    /// Leaves the observer installed for as long as the process lives.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut observers = OBSERVERS.write().unwrap_or_else(PoisonError::into_inner);
        observers.retain(|(id, _)| *id != self.id);
        switch::set_observed(!observers.is_empty());
    }
}

/// Installs an observer beside those that are installed already.
pub fn subscribe(observer: Arc<dyn Observer>) -> Subscription {
    let mut observers = OBSERVERS.write().unwrap_or_else(PoisonError::into_inner);
    let id = observers.last().map_or(0, |(last, _)| last + 1);
    observers.push((id, observer));
    switch::set_observed(true);
    Subscription { id }
}

#[inline]
pub(crate) fn emit(site: &'static Site, event: &Event<'_>) {
    if switch::observed() {
        emit_now(site, event);
    }
}

#[cold]
fn emit_now(site: &'static Site, event: &Event<'_>) {
    #[cfg(any(feature = "tracing", feature = "metrics"))]
    export::export(site.function(), event);
    // Cloned, so that an observer may subscribe or unsubscribe another one.
    let observers = OBSERVERS.read().unwrap_or_else(PoisonError::into_inner).clone();
    for (_, observer) in &observers {
        observer.on_event(site.function(), event);
    }
}
