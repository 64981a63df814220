use super::{Backoff, cap_for};
use std::time::Duration;

/// Each pause is the one before plus a step: `base + step * (retry - 1)`, at most `cap`.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::backoff::{Backoff, Linear};
///
/// const BACKOFF: Linear =
///     Linear::new(Duration::from_secs(1)).step(Duration::from_millis(500)).cap(Duration::from_secs(2));
///
/// let pauses: Vec<_> = (1..=4).map(|retry| BACKOFF.delay(retry, Duration::ZERO).as_millis()).collect();
/// assert_eq!(pauses, [1000, 1500, 2000, 2000]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linear {
    base: Duration,
    step: Duration,
    cap: Duration,
}

impl Linear {
    /// Starts at `base`, grows by `base`, and stops at 20 s; or at `base`, should that be longer.
    #[must_use]
    pub const fn new(base: Duration) -> Self {
        Self { base, step: base, cap: cap_for(base) }
    }

    /// What each pause is longer than the one before; the base unless said. Zero never grows.
    #[must_use]
    pub const fn step(mut self, step: Duration) -> Self {
        self.step = step;
        self
    }

    /// The longest pause, before jitter; 20 s unless said. A `cap` below the base makes every pause the `cap`.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }
}

impl Backoff for Linear {
    fn delay(&self, retry: u32, _previous: Duration) -> Duration {
        let growth = self.step.saturating_mul(retry.saturating_sub(1));
        self.base.saturating_add(growth).min(self.cap)
    }

    fn cap(&self) -> Duration {
        self.cap
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn first(backoff: Linear, count: u32) -> Vec<Duration> {
        (1..=count).map(|retry| backoff.delay(retry, Duration::ZERO)).collect()
    }

    #[test]
    fn grows_by_its_base_or_by_its_step() {
        assert_eq!(first(Linear::new(MS(50)), 4), [50, 100, 150, 200].map(MS));
        assert_eq!(first(Linear::new(MS(50)).step(MS(7)), 3), [50, 57, 64].map(MS));
        assert_eq!(first(Linear::new(MS(50)).step(Duration::ZERO), 3), [MS(50); 3]);
    }

    #[test]
    fn is_capped_and_saturates() {
        assert_eq!(first(Linear::new(MS(9_000)), 4), [9_000, 18_000, 20_000, 20_000].map(MS));
        assert_eq!(first(Linear::new(MS(60_000)), 2), [MS(60_000); 2]);
        assert_eq!(first(Linear::new(MS(50)).cap(MS(20)), 2), [MS(20); 2]);
        for retry in [2, 2000, u32::MAX] {
            assert_eq!(Linear::new(Duration::MAX).delay(retry, Duration::MAX), Duration::MAX);
            assert_eq!(Linear::new(MS(1)).step(Duration::MAX).delay(retry, Duration::ZERO), MS(20_000));
        }
        assert_eq!(Linear::new(MS(50)).delay(0, Duration::ZERO), MS(50));
    }
}
