use super::{Backoff, cap_for};
use std::time::Duration;

/// Each pause is the one before times a factor: `base * factor^(retry - 1)`, at most `cap`.
///
/// The default is a base of 50 ms, a factor of 2 and a cap of 20 s, as in the standard retry mode of the AWS SDKs
/// (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html>).
///
/// Pauses of up to ten days are exact to the nanosecond if the factor is a whole number.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::backoff::{Backoff, Exponential};
///
/// const BACKOFF: Exponential =
///     Exponential::new(Duration::from_millis(50)).factor(3.0).cap(Duration::from_secs(1));
///
/// let pauses: Vec<_> = (1..=5).map(|retry| BACKOFF.delay(retry, Duration::ZERO).as_millis()).collect();
/// assert_eq!(pauses, [50, 150, 450, 1000, 1000]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    base: Duration,
    factor: f64,
    cap: Duration,
}

impl Exponential {
    const DEFAULT_BASE: Duration = Duration::from_millis(50);
    const DEFAULT_FACTOR: f64 = 2.0;

    /// Starts at `base`, doubles, and stops at 20 s; or at `base`, should that be longer.
    ///
    /// A `base` of zero never pauses.
    #[must_use]
    pub const fn new(base: Duration) -> Self {
        Self { base, factor: Self::DEFAULT_FACTOR, cap: cap_for(base) }
    }

    /// What each pause is multiplied with to get the next; 2 unless said.
    ///
    /// A backoff does not shrink: a `factor` below 1 counts as 1. One that is not a number counts as 2.
    #[must_use]
    pub const fn factor(mut self, factor: f64) -> Self {
        self.factor = if factor.is_nan() { Self::DEFAULT_FACTOR } else { factor.max(1.0) };
        self
    }

    /// The longest pause, before jitter; 20 s unless said. A `cap` below the base makes every pause the `cap`.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }
}

/// 50 ms, doubling, up to 20 s.
impl Default for Exponential {
    fn default() -> Self {
        Self::new(Self::DEFAULT_BASE)
    }
}

impl Backoff for Exponential {
    fn delay(&self, retry: u32, _previous: Duration) -> Duration {
        if self.base.is_zero() {
            // Zero times an infinite growth is not a number.
            return Duration::ZERO;
        }
        // `powi` would take no more than an `i32`, and its error grows with the exponent.
        let growth = self.factor.powf(f64::from(retry.saturating_sub(1)));
        // Too long for a `Duration` is surely longer than the cap.
        let delay = Duration::try_from_secs_f64(self.base.as_secs_f64() * growth).unwrap_or(Duration::MAX);
        // An `f64` may round a base of many years below itself.
        delay.max(self.base).min(self.cap)
    }

    fn cap(&self) -> Duration {
        self.cap
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn first(backoff: Exponential, count: u32) -> Vec<Duration> {
        (1..=count).map(|retry| backoff.delay(retry, Duration::ZERO)).collect()
    }

    #[test]
    fn defaults() {
        let delays = first(Exponential::default(), 11);
        let doubled = [50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 20_000, 20_000].map(MS);
        assert_eq!(delays, doubled);
        assert_eq!(Exponential::default(), Exponential::new(MS(50)).factor(2.0).cap(MS(20_000)));
    }

    #[test]
    fn integral_factors_are_exact() {
        for factor in 1..=10_u32 {
            let backoff = Exponential::new(MS(50)).factor(f64::from(factor)).cap(Duration::MAX);
            let mut exact = MS(50);
            for retry in 1..=7 {
                assert_eq!(backoff.delay(retry, Duration::ZERO), exact, "{factor} at {retry}");
                exact *= factor;
            }
        }
    }

    #[test]
    fn fractional_factors() {
        assert_eq!(
            first(Exponential::new(MS(100)).factor(1.5), 4),
            [100_000, 150_000, 225_000, 337_500].map(Duration::from_micros)
        );
    }

    #[test]
    fn nonsense_is_clamped() {
        let plain = Exponential::new(MS(10));
        for factor in [0.5, 0.0, -0.0, -3.0, f64::NEG_INFINITY] {
            assert_eq!(plain.factor(factor), plain.factor(1.0));
            assert_eq!(first(plain.factor(factor), 3), [MS(10); 3]);
        }
        assert_eq!(plain.factor(f64::NAN), plain);
        assert_eq!(first(plain.factor(f64::INFINITY), 3), [MS(10), MS(20_000), MS(20_000)]);
        assert_eq!(first(plain.cap(MS(4)), 3), [MS(4); 3]);
        assert_eq!(plain.cap(MS(4)).base(), MS(4));
    }

    #[test]
    fn a_base_of_zero_never_pauses() {
        for factor in [1.0, 2.0, f64::INFINITY] {
            let backoff = Exponential::new(Duration::ZERO).factor(factor);
            assert_eq!(backoff.delay(u32::MAX, Duration::ZERO), Duration::ZERO);
        }
    }

    #[test]
    fn a_base_above_the_default_cap_is_kept() {
        assert_eq!(first(Exponential::new(MS(60_000)), 2), [MS(60_000); 2]);
    }

    #[test]
    fn a_base_that_no_float_can_hold_is_kept() {
        let base = Duration::from_secs((1 << 53) + 1);
        assert_eq!(first(Exponential::new(base).factor(1.0), 2), [base; 2]);
    }

    #[test]
    fn saturates() {
        for retry in [0, 1, 2, 2000, u32::MAX] {
            assert_eq!(Exponential::new(Duration::MAX).delay(retry, Duration::MAX), Duration::MAX);
        }
        for retry in [2000, u32::MAX] {
            let backoff = Exponential::new(Duration::from_nanos(1));
            assert_eq!(backoff.delay(retry, Duration::ZERO), MS(20_000));
            assert_eq!(backoff.cap(Duration::MAX).delay(retry, Duration::ZERO), Duration::MAX);
        }
        assert_eq!(Exponential::default().delay(0, Duration::ZERO), MS(50));
    }
}
