//! One call of an annotated function, from its first to its last event.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::{Event, emit};
use crate::error::{PolicyError, PolicyErrorKind};
use crate::outcome::Fallible;
use crate::site::Site;
use crate::switch;

/// How a call of an annotated function ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The body came to its end; whether it succeeded is known only under `retry`.
    Returned,
    /// A retried call succeeded.
    Succeeded,
    /// A retried call failed for good.
    Failed,
    /// A timeout of the whole call elapsed.
    TimedOut,
    /// The call was refused before its body ran.
    Rejected,
    /// The caller went away.
    Cancelled,
    /// The body panicked.
    Panicked,
    /// The body returned, or the caller went away. A function that is only `bounded` runs unwrapped, and from outside
    /// the two look the same.
    Ended,
}

/// Costs eight bytes and a null check while nobody observes.
#[derive(Debug)]
pub struct Call {
    observed: Option<Box<Observed>>,
}

#[derive(Debug)]
struct Observed {
    site: &'static Site,
    since: Instant,
    when_dropped: Outcome,
    rejected: AtomicBool,
}

impl Call {
    /// Begins a call whose end is told by [`finish`](Self::finish); one that is dropped before was cancelled.
    #[inline]
    #[must_use]
    pub fn start(site: &'static Site) -> Self {
        Self::observed_as(site, Outcome::Cancelled)
    }

    /// Begins a call that ends when this is dropped.
    #[inline]
    #[must_use]
    pub fn until_dropped(site: &'static Site) -> Self {
        Self::observed_as(site, Outcome::Ended)
    }

    #[inline]
    fn observed_as(site: &'static Site, when_dropped: Outcome) -> Self {
        let observed = switch::observed().then(|| Box::new(Observed::start(site, when_dropped)));
        Self { observed }
    }

    /// The call ends so.
    #[inline]
    pub fn finish(mut self, outcome: Outcome) {
        if let Some(observed) = self.observed.take() {
            observed.finish(outcome);
        }
    }

    /// The call ends with what the body gave, or with the refusal that came in its place.
    #[inline]
    pub fn finish_returned<R>(self, _value: &R) {
        let rejected =
            self.observed.as_ref().is_some_and(|observed| observed.rejected.load(Ordering::Relaxed));
        self.finish(if rejected { Outcome::Rejected } else { Outcome::Returned });
    }

    /// Remembers, from inside of a timeout, that the body did not run.
    pub fn rejected(&self, error: PolicyError) -> PolicyError {
        if let Some(observed) = &self.observed {
            observed.rejected.store(true, Ordering::Relaxed);
        }
        error
    }

    /// The call ends with what its last attempt gave.
    #[inline]
    pub fn finish_retried<R: Fallible>(self, outcome: &R) {
        if self.observed.is_some() {
            let succeeded = outcome.as_result().is_ok();
            self.finish(if succeeded { Outcome::Succeeded } else { Outcome::Failed });
        }
    }

    /// The call ends with what a policy raised.
    pub fn refused(self, error: PolicyError) -> PolicyError {
        self.finish(match error.kind() {
            PolicyErrorKind::TimedOut => Outcome::TimedOut,
            PolicyErrorKind::Full => Outcome::Rejected,
        });
        error
    }
}

impl Drop for Call {
    #[inline]
    fn drop(&mut self) {
        if let Some(observed) = self.observed.take() {
            observed.dropped();
        }
    }
}

impl Observed {
    #[cold]
    fn start(site: &'static Site, when_dropped: Outcome) -> Self {
        emit(site, &Event::Started);
        Self { site, since: Instant::now(), when_dropped, rejected: AtomicBool::new(false) }
    }

    /// During a panic an observer that panics as well would abort the process: its panic ends here.
    #[cold]
    fn dropped(&self) {
        if std::thread::panicking() {
            let told = catch_unwind(AssertUnwindSafe(|| self.finish(Outcome::Panicked)));
            drop(told);
        } else {
            self.finish(self.when_dropped);
        }
    }

    #[cold]
    fn finish(&self, outcome: Outcome) {
        let elapsed: Duration = self.since.elapsed();
        emit(self.site, &Event::Finished { outcome, elapsed });
    }
}
