use super::Backoff;
use std::fmt;
use std::time::Duration;

/// Makes a backoff of a function or closure.
///
/// It is called with the retry (from 1) and the pause slept before, as [`Backoff::delay`] is. It has no cap, and
/// [`Jitter::Decorrelated`](crate::Jitter::Decorrelated) calls it once more to learn the first pause; so it should
/// depend on nothing but its arguments. If it panics, the retried call panics.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::backoff::{Backoff, from_fn};
///
/// let squares = from_fn(|retry, _previous| Duration::from_millis(10).saturating_mul(retry.saturating_pow(2)));
/// assert_eq!(squares.delay(3, Duration::ZERO), Duration::from_millis(90));
/// ```
pub const fn from_fn<F>(delay: F) -> FromFn<F>
where
    F: Fn(u32, Duration) -> Duration + Send + Sync,
{
    FromFn { delay }
}

/// What [`from_fn`] makes.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::backoff::{Backoff, FromFn, from_fn};
///
/// static TRIPLE: FromFn<fn(u32, Duration) -> Duration> =
///     from_fn(|_retry, previous| previous.saturating_mul(3).max(Duration::from_millis(1)));
/// assert_eq!(TRIPLE.delay(2, Duration::from_millis(4)), Duration::from_millis(12));
/// ```
#[derive(Clone, Copy)]
pub struct FromFn<F> {
    delay: F,
}

impl<F> Backoff for FromFn<F>
where
    F: Fn(u32, Duration) -> Duration + Send + Sync,
{
    fn delay(&self, retry: u32, previous: Duration) -> Duration {
        (self.delay)(retry, previous)
    }
}

impl<F> fmt::Debug for FromFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromFn").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hands_both_arguments_over() {
        let backoff = from_fn(|retry, previous| previous + Duration::from_secs(u64::from(retry)));
        assert_eq!(backoff.delay(4, Duration::from_secs(10)), Duration::from_secs(14));
        assert_eq!(backoff.base(), Duration::from_secs(1));
        assert_eq!(backoff.cap(), Duration::MAX);
        assert_eq!(format!("{backoff:?}"), "FromFn { .. }");
    }

    #[test]
    fn takes_a_plain_function_in_a_const() {
        fn second(_retry: u32, _previous: Duration) -> Duration {
            Duration::from_secs(1)
        }
        const BACKOFF: FromFn<fn(u32, Duration) -> Duration> = from_fn(second);
        assert_eq!(BACKOFF.delay(1, Duration::ZERO), Duration::from_secs(1));
    }
}
