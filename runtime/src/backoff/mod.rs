//! How long a retry waits: [`Backoff`] and the built-in ones.
//!
//! A backoff says how long the pause before the n-th retry is; [`Jitter`](crate::Jitter) then spreads that pause, so
//! that callers who failed together do not come back together. The cap is part of the backoff and so is applied
//! *before* the jitter: a cap applied after it would bring everyone who has reached it back at the same moment.
//!
//! | Backoff | The pauses for a base of 50 ms |
//! |---|---|
//! | [`Exponential`] (the default of `#[retry]`) | 50, 100, 200, 400 ms .. 20 s |
//! | [`Constant`] | 50, 50, 50, 50 ms |
//! | [`Linear`] | 50, 100, 150, 200 ms .. 20 s |
//! | [`Fibonacci`] | 50, 50, 100, 150, 250 ms .. 20 s |
//! | [`List`] | what the list says, then its last entry |
//! | [`from_fn`] | what your function says |
//!
//! None of the built-in ones can overflow or panic, at whatever retry, and each takes a bounded number of steps.
//!
//! # Examples
//! ```
//! use std::time::Duration;
//! use steadfast::backoff::{Backoff, Exponential};
//!
//! const REDIAL: Exponential = Exponential::new(Duration::from_millis(100)).cap(Duration::from_secs(1));
//!
//! let pauses: Vec<_> = (1..=5).map(|retry| REDIAL.delay(retry, Duration::ZERO).as_millis()).collect();
//! assert_eq!(pauses, [100, 200, 400, 800, 1000]);
//! ```

use std::sync::Arc;
use std::time::Duration;

mod constant;
mod exponential;
mod fibonacci;
mod from_fn;
mod linear;
mod list;

pub use constant::Constant;
pub use exponential::Exponential;
pub use fibonacci::Fibonacci;
pub use from_fn::{FromFn, from_fn};
pub use linear::Linear;
pub use list::List;

/// The longest pause unless a `cap` says otherwise: 20 s.
///
/// Source: the AWS SDKs' standard retry mode,
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html>.
const DEFAULT_CAP: Duration = Duration::from_secs(20);

/// The cap of a growing backoff that was given none.
///
/// Somebody who writes a base of a minute and no cap means the minute.
const fn cap_for(base: Duration) -> Duration {
    if base.as_nanos() > DEFAULT_CAP.as_nanos() { base } else { DEFAULT_CAP }
}

/// How long to pause before each retry, before [`Jitter`](crate::Jitter) is applied.
///
/// Implement it for a schedule of your own, or hand a closure to [`from_fn`]. References, `Box` and `Arc` of a backoff
/// are backoffs too. One value may serve many calls at once, so it keeps no state per call: all it may need to know
/// about the call comes with the arguments.
///
/// An implementation should neither block nor panic: it runs inside the retried call, between two attempts. Should it
/// panic, then the call panics, as if the body had.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::backoff::Backoff;
///
/// /// Once at once, then every `0`.
/// struct OnceAtOnce(Duration);
///
/// impl Backoff for OnceAtOnce {
///     fn delay(&self, retry: u32, _previous: Duration) -> Duration {
///         if retry <= 1 { Duration::ZERO } else { self.0 }
///     }
///     fn cap(&self) -> Duration {
///         self.0
///     }
/// }
///
/// let backoff = OnceAtOnce(Duration::from_secs(1));
/// assert_eq!(backoff.base(), Duration::ZERO);
/// assert_eq!(backoff.delay(2, Duration::ZERO), Duration::from_secs(1));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a backoff",
    label = "does not implement `Backoff`",
    note = "a closure becomes one with `steadfast::backoff::from_fn(|retry, previous| ..)`"
)]
pub trait Backoff: Send + Sync {
    /// The pause before a retry.
    ///
    /// `retry` counts from 1, which is the second attempt; the built-in backoffs take 0 for 1. `previous` is the pause
    /// that was slept before the retry that has just failed, jitter included, and zero if there was none.
    fn delay(&self, retry: u32, previous: Duration) -> Duration;

    /// The longest pause [`delay`](Self::delay) ever asks for. [`Jitter::Decorrelated`](crate::Jitter::Decorrelated)
    /// stays below it.
    ///
    /// [`Duration::MAX`] if the implementation does not say. On the built-in backoffs the name belongs to the
    /// constructor step that sets the cap; read it with `Backoff::cap(&backoff)`.
    fn cap(&self) -> Duration {
        Duration::MAX
    }

    /// The pause before the first retry, from which [`Jitter::Decorrelated`](crate::Jitter::Decorrelated) starts.
    fn base(&self) -> Duration {
        self.delay(1, Duration::ZERO)
    }
}

macro_rules! forward {
    ($($pointer:ty),+) => {$(
        impl<B: Backoff + ?Sized> Backoff for $pointer {
            fn delay(&self, retry: u32, previous: Duration) -> Duration {
                B::delay(self, retry, previous)
            }
            fn cap(&self) -> Duration {
                B::cap(self)
            }
            fn base(&self) -> Duration {
                B::base(self)
            }
        }
    )+};
}

forward!(&B, Box<B>, Arc<B>);

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    /// A backoff that overrides everything, to see that nothing falls back to a default on the way.
    struct Odd;

    impl Backoff for Odd {
        fn delay(&self, retry: u32, previous: Duration) -> Duration {
            previous + Duration::from_secs(u64::from(retry))
        }
        fn cap(&self) -> Duration {
            MS(7)
        }
        fn base(&self) -> Duration {
            MS(3)
        }
    }

    fn facts(backoff: impl Backoff) -> [Duration; 3] {
        [backoff.delay(2, MS(5)), backoff.cap(), backoff.base()]
    }

    #[test]
    fn pointers_forward_every_method() {
        let expected = [MS(2005), MS(7), MS(3)];
        assert_eq!(facts(Odd), expected);
        assert_eq!(facts(&Odd), expected);
        assert_eq!(facts(&Odd as &dyn Backoff), expected);
        assert_eq!(facts(Box::new(Odd)), expected);
        assert_eq!(facts(Box::new(Odd) as Box<dyn Backoff>), expected);
        assert_eq!(facts(Arc::new(Odd)), expected);
        assert_eq!(facts(Arc::new(Odd) as Arc<dyn Backoff>), expected);
    }

    #[test]
    fn a_backoff_that_says_nothing_has_no_cap_and_starts_at_its_first_delay() {
        struct Plain;
        impl Backoff for Plain {
            fn delay(&self, retry: u32, _previous: Duration) -> Duration {
                MS(10) * retry
            }
        }
        assert_eq!(Plain.cap(), Duration::MAX);
        assert_eq!(Plain.base(), MS(10));
    }

    #[test]
    fn the_unsaid_cap_never_cuts_the_base() {
        assert_eq!(cap_for(MS(50)), DEFAULT_CAP);
        assert_eq!(cap_for(Duration::from_secs(60)), Duration::from_secs(60));
    }
}
