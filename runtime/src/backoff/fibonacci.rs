use super::{Backoff, cap_for};
use std::time::Duration;

/// Each pause is the sum of the two before: the base once, once, twice, three times, five times .. at most `cap`.
///
/// It grows like [`Exponential`](super::Exponential) with a factor of 1.6, after a slower start.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::backoff::{Backoff, Fibonacci};
///
/// const BACKOFF: Fibonacci = Fibonacci::new(Duration::from_millis(100)).cap(Duration::from_secs(1));
///
/// let pauses: Vec<_> = (1..=7).map(|retry| BACKOFF.delay(retry, Duration::ZERO).as_millis()).collect();
/// assert_eq!(pauses, [100, 100, 200, 300, 500, 800, 1000]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fibonacci {
    base: Duration,
    cap: Duration,
}

impl Fibonacci {
    /// Starts at `base` and stops at 20 s; or at `base`, should that be longer.
    ///
    /// A `base` of zero never pauses.
    #[must_use]
    pub const fn new(base: Duration) -> Self {
        Self { base, cap: cap_for(base) }
    }

    /// The longest pause, before jitter; 20 s unless said. A `cap` below the base makes every pause the `cap`.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }
}

impl Backoff for Fibonacci {
    fn delay(&self, retry: u32, _previous: Duration) -> Duration {
        if self.base.is_zero() {
            // The loop below would never reach the cap.
            return Duration::ZERO;
        }
        let (mut before, mut delay) = (Duration::ZERO, self.base);
        // At most 136 rounds: from one nanosecond that leads past `Duration::MAX`.
        for _ in 1..retry {
            if delay >= self.cap {
                break;
            }
            (before, delay) = (delay, delay.saturating_add(before));
        }
        delay.min(self.cap)
    }

    fn cap(&self) -> Duration {
        self.cap
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn first(backoff: Fibonacci, count: u32) -> Vec<Duration> {
        (1..=count).map(|retry| backoff.delay(retry, Duration::ZERO)).collect()
    }

    #[test]
    fn sums_the_two_before() {
        assert_eq!(first(Fibonacci::new(MS(50)), 7), [50, 50, 100, 150, 250, 400, 650].map(MS));
    }

    #[test]
    fn is_capped_and_saturates() {
        assert_eq!(first(Fibonacci::new(MS(9_000)), 4), [9_000, 9_000, 18_000, 20_000].map(MS));
        assert_eq!(first(Fibonacci::new(MS(60_000)), 2), [MS(60_000); 2]);
        assert_eq!(first(Fibonacci::new(MS(50)).cap(MS(20)), 2), [MS(20); 2]);
        for retry in [137, 2000, u32::MAX] {
            let backoff = Fibonacci::new(Duration::from_nanos(1)).cap(Duration::MAX);
            assert!(backoff.delay(136, Duration::ZERO) < Duration::MAX);
            assert_eq!(backoff.delay(retry, Duration::ZERO), Duration::MAX);
            assert_eq!(Fibonacci::new(Duration::MAX).delay(retry, Duration::MAX), Duration::MAX);
            assert_eq!(Fibonacci::new(Duration::ZERO).delay(retry, Duration::MAX), Duration::ZERO);
        }
        assert_eq!(Fibonacci::new(MS(50)).delay(0, Duration::ZERO), MS(50));
    }
}
