//! The state of one retried call.

mod attempt;
mod nested;
mod pause;
mod policy;
mod retrying;
mod verdict;

use std::time::Duration;

use tokio::time::Instant;

use crate::ambient;
use crate::error::{Executed, PolicyError};
use crate::observe::{self, ErrorText, Event, GaveUp};
use crate::site::Site;
use crate::switch::{self, PolicyKind};
use crate::testing;

pub use attempt::{Attempt, attempt, attempt_blocking};
pub use nested::Nested;
pub use pause::Pause;
pub use policy::RetryPolicy;
pub use retrying::Retrying;
pub use verdict::{Verdict, classify_transient, describe_value, hint, holds, keep_always, keep_last};

/// Counts the attempts of one call and decides, after each that failed, whether there is another one.
#[derive(Debug)]
pub struct Retry<'a> {
    site: &'static Site,
    policy: &'a RetryPolicy<'a>,
    /// The current attempt; the first is 1.
    attempt: u32,
    /// Attempts that came before the last `reset_after`.
    forgotten: u32,
    /// 0: no limit.
    limit: u32,
    previous_delay: Duration,
    started: Option<Instant>,
    attempt_started: Option<Instant>,
    refused: Option<Executed>,
}

impl<'a> Retry<'a> {
    /// Before the first attempt.
    #[inline]
    #[must_use]
    pub fn start(site: &'static Site, policy: &'a RetryPolicy<'a>) -> Self {
        let mut retry = Self {
            site,
            policy,
            attempt: 0,
            forgotten: 0,
            limit: policy.attempts,
            previous_delay: Duration::ZERO,
            started: None,
            attempt_started: None,
            refused: None,
        };
        if policy.within.is_some() || !switch::quiet() || ambient::current().retrying.is_some() {
            retry.look_around();
        }
        retry
    }

    #[cold]
    fn look_around(&mut self) {
        self.started = Some(Instant::now());
        if let Some(argument) = self.policy.clamped {
            observe::emit(self.site, &Event::Clamped { argument });
        }
        if switch::disabled(PolicyKind::Retry) {
            self.limit = 1;
        }
        if let Some(cap) = testing::current().and_then(testing::Controls::attempts_cap) {
            self.limit = if self.limit == 0 { cap } else { self.limit.min(cap) };
        }
        if let Some(outer) = ambient::current().retrying {
            if self.policy.nested.runs_once(outer, self.site) {
                self.limit = 1;
            }
        }
    }

    /// Begins the next attempt.
    #[inline]
    pub fn begin(&mut self) -> &'static Site {
        self.attempt = self.attempt.saturating_add(1);
        if self.policy.reset_after.is_some() {
            self.attempt_started = Some(Instant::now());
        }
        if !switch::quiet() {
            observe::emit(self.site, &Event::Attempt { attempt: self.attempt });
        }
        self.site
    }

    /// Whether the attempt that was begun is certainly the last one.
    #[inline]
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.limit != 0 && self.attempt >= self.limit && self.policy.reset_after.is_none()
    }

    /// Remembers that this attempt ends because of a policy, so that whether the body ran decides about a retry.
    pub fn refused(&mut self, error: PolicyError) -> PolicyError {
        self.refused = Some(error.executed());
        error
    }

    /// The attempt succeeded: the budget gets its share.
    #[inline]
    pub fn succeeded(&self) {
        if let Some(budget) = self.policy.budget {
            budget.deposit();
        }
    }

    /// The attempt failed: the pause before the next one, or `None` if there is none.
    #[cold]
    pub fn failed(
        &mut self,
        verdict: Verdict,
        hint: Option<Duration>,
        error: ErrorText<'_>,
    ) -> Option<Pause<'a>> {
        match self.schedule(verdict, hint) {
            Ok(pause) => {
                let (attempt, delay) = (self.attempt, pause.delay());
                let event = Event::Scheduled { attempt, delay, error, retry_after: hint };
                observe::emit(self.site, &event);
                self.previous_delay = delay;
                Some(pause)
            }
            Err(reason) => {
                self.gave_up(reason, hint, error);
                None
            }
        }
    }

    /// Tells the function's own hook, before the pause.
    pub fn tell<E>(&self, error: &E, pause: &Pause<'_>, hook: impl FnOnce(&Retrying<'_, E>)) {
        hook(&Retrying::new(self.site.function(), self.attempt, pause.delay(), error));
    }

    /// The `cancel` token ended the pause; `error` is what the attempt failed with.
    pub fn cancelled(&self, error: ErrorText<'_>) {
        self.gave_up(GaveUp::Cancelled, None, error);
    }

    fn gave_up(&self, reason: GaveUp, retry_after: Option<Duration>, error: ErrorText<'_>) {
        let elapsed = self.started.map(|started| started.elapsed());
        let event = Event::GaveUp { attempts: self.attempt, reason, error, retry_after, elapsed };
        observe::emit(self.site, &event);
    }

    fn schedule(&mut self, verdict: Verdict, hint: Option<Duration>) -> Result<Pause<'a>, GaveUp> {
        verdict.allows(self.refused.take(), self.policy.idempotent)?;
        self.forget_after_long_run();
        let retry = self.attempt - self.forgotten;
        if self.limit != 0 && retry >= self.limit {
            return Err(GaveUp::Attempts);
        }
        let delay = self.policy.delay(retry, self.previous_delay, hint);
        let now = Instant::now();
        self.fits(now, delay, hint)?;
        if let Some(budget) = self.policy.budget {
            if !budget.try_withdraw() {
                return Err(GaveUp::Budget);
            }
        }
        let sleeps = switch::quiet() || testing::current().is_none_or(testing::Controls::sleeps);
        Ok(Pause::new(if sleeps { delay } else { Duration::ZERO }, now, self.policy.budget))
    }

    fn forget_after_long_run(&mut self) {
        let (Some(reset_after), Some(began)) = (self.policy.reset_after, self.attempt_started) else {
            return;
        };
        if began.elapsed() >= reset_after {
            self.forgotten = self.attempt - 1;
            self.previous_delay = Duration::ZERO;
        }
    }

    /// The next attempt has to start before every limit there is.
    fn fits(&self, now: Instant, delay: Duration, hint: Option<Duration>) -> Result<(), GaveUp> {
        let within =
            self.policy.within.zip(self.started).and_then(|(within, started)| started.checked_add(within));
        let limits = [(within, GaveUp::Within), (ambient::current().deadline, GaveUp::Deadline)];
        for (limit, reason) in limits {
            let Some(limit) = limit else { continue };
            let left = limit.saturating_duration_since(now);
            if hint.is_some_and(|hint| hint >= left) {
                return Err(GaveUp::RetryAfter);
            }
            if delay >= left {
                return Err(reason);
            }
        }
        Ok(())
    }
}
