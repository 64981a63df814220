//! How a function is retried: everything that does not change during a call.

use std::fmt;
use std::time::Duration;

use super::Nested;
use crate::backoff::Backoff;
use crate::budget::Budget;
use crate::jitter::Jitter;

/// A `Retry-After` hint may stretch the pause by this much, unless `retry_after_max` says otherwise. The AWS SDKs bound
/// it so (retry strategy 2.1: the hint is clamped to `[t, t + 5 s]`).
const HINT_STRETCH: Duration = Duration::from_secs(5);

/// Written down once per function where all of it is constant, and once per call where it is not.
pub struct RetryPolicy<'a> {
    /// 0: no limit.
    pub(super) attempts: u32,
    pub(super) within: Option<Duration>,
    pub(super) backoff: &'a dyn Backoff,
    pub(super) jitter: Jitter,
    pub(super) retry_after_max: Option<Duration>,
    pub(super) budget: Option<&'a Budget>,
    pub(super) idempotent: bool,
    pub(super) nested: Nested,
    pub(super) reset_after: Option<Duration>,
    /// The run-time argument that made no sense, if one did not.
    pub(super) clamped: Option<&'static str>,
}

impl<'a> RetryPolicy<'a> {
    /// Three attempts with full jitter, no budget.
    #[must_use]
    pub const fn new(backoff: &'a dyn Backoff) -> Self {
        Self {
            attempts: 3,
            within: None,
            backoff,
            jitter: Jitter::Full,
            retry_after_max: None,
            budget: None,
            idempotent: false,
            nested: Nested::Warn,
            reset_after: None,
            clamped: None,
        }
    }

    /// At most so many; 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = if attempts == 0 { 1 } else { attempts };
        self.clamped_if(attempts == 0, "attempts")
    }

    /// At most so many after the first attempt.
    #[must_use]
    pub const fn retries(self, retries: u32) -> Self {
        self.attempts(retries.saturating_add(1))
    }

    /// No limit to the number of attempts.
    #[must_use]
    pub const fn unlimited(mut self) -> Self {
        self.attempts = 0;
        self
    }

    /// No attempt starts after that.
    #[must_use]
    pub const fn within(mut self, within: Duration) -> Self {
        self.within = Some(within);
        self.clamped_if(within.is_zero(), "within")
    }

    /// How the pauses are spread.
    #[must_use]
    pub const fn jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// How far a hint may stretch a pause.
    #[must_use]
    pub const fn retry_after_max(mut self, max: Duration) -> Self {
        self.retry_after_max = Some(max);
        self.clamped_if(max.is_zero(), "retry_after_max")
    }

    /// What each retry takes a token from.
    #[must_use]
    pub const fn budget(mut self, budget: &'a Budget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// An attempt that may have run may be made again.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// What to do inside another retry.
    #[must_use]
    pub const fn nested(mut self, nested: Nested) -> Self {
        self.nested = nested;
        self
    }

    /// An attempt that lasted that long starts anew.
    #[must_use]
    pub const fn reset_after(mut self, run: Duration) -> Self {
        // Zero would start every attempt anew, and never end.
        self.reset_after = if run.is_zero() { None } else { Some(run) };
        self.clamped_if(run.is_zero(), "reset_after")
    }

    /// Remembers that a run-time argument made no sense and was taken for the nearest one that does.
    #[must_use]
    pub const fn clamped_if(mut self, clamped: bool, argument: &'static str) -> Self {
        if clamped && self.clamped.is_none() {
            self.clamped = Some(argument);
        }
        self
    }

    /// The pause before retry number `retry`: the hint is a floor, and the backoff is one for the hint.
    pub(super) fn delay(&self, retry: u32, previous: Duration, hint: Option<Duration>) -> Duration {
        let own = self.jitter.apply(self.backoff.delay(retry, previous), self.backoff, previous);
        let Some(hint) = hint else { return own };
        let most = self.retry_after_max.unwrap_or_else(|| own.saturating_add(HINT_STRETCH));
        hint.min(most).max(own)
    }
}

impl fmt::Debug for RetryPolicy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("attempts", &self.attempts)
            .field("within", &self.within)
            .field("jitter", &self.jitter)
            .field("idempotent", &self.idempotent)
            .finish_non_exhaustive()
    }
}
