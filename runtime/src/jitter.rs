use crate::backoff::Backoff;
use fastrand::Rng;
use std::time::Duration;

/// How the pauses of a [`Backoff`] are spread, so that callers who failed together do not come back together.
///
/// The formulas are those of Marc Brooker, "Exponential Backoff And Jitter",
/// <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>, where full jitter costs the least work
/// of all; it is the default here, as in the AWS SDKs.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::Jitter;
/// use steadfast::backoff::{Backoff, Exponential};
///
/// let backoff = Exponential::default();
/// let delay = backoff.delay(3, Duration::ZERO);
/// assert!(Jitter::Full.apply(delay, &backoff, Duration::ZERO) <= delay);
/// assert!(Jitter::Equal.apply(delay, &backoff, Duration::ZERO) >= delay / 2);
/// assert_eq!(Jitter::None.apply(delay, &backoff, Duration::ZERO), delay);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Jitter {
    /// Anything from nothing to the whole delay. The default.
    #[default]
    Full,
    /// Half of the delay, and anything up to the other half: never much too early.
    Equal,
    /// Anything from the first delay of the backoff to three times the pause slept before, at most the cap of the
    /// backoff.
    ///
    /// It goes by the pauses slept and not by the number of the retry, so the delay that the backoff asks for does not
    /// matter. A backoff without a cap, such as one from [`from_fn`](crate::backoff::from_fn), has none here either.
    /// As in the source, the first pause is at most three times the first delay, and the cap cuts off what was drawn:
    /// callers who have reached it pause for just the cap two times in three.
    Decorrelated,
    /// The delay as it is: for tests, or for a single client.
    None,
}

impl Jitter {
    /// The pause to sleep where `backoff` asks for `delay`, after a pause of `previous` (zero if there was none).
    ///
    /// The random numbers are those of the thread's [`fastrand`] generator. Never panics unless `backoff` does;
    /// `backoff` is asked only by [`Decorrelated`](Self::Decorrelated).
    #[must_use]
    pub fn apply(self, delay: Duration, backoff: &dyn Backoff, previous: Duration) -> Duration {
        self.apply_with(&mut Rng::new(), delay, backoff, previous)
    }

    fn apply_with(
        self,
        rng: &mut Rng,
        delay: Duration,
        backoff: &dyn Backoff,
        previous: Duration,
    ) -> Duration {
        match self {
            Self::Full => between(rng, Duration::ZERO, delay),
            Self::Equal => between(rng, delay / 2, delay),
            Self::Decorrelated => {
                let base = backoff.base();
                // The source starts with the base for the pause slept before. With zero, all who failed together would
                // come back together once.
                let ceiling = previous.max(base).saturating_mul(3);
                between(rng, base, ceiling).min(backoff.cap())
            }
            Self::None => delay,
        }
    }
}

/// Evenly from `low` to `high`, both included.
fn between(rng: &mut Rng, low: Duration, high: Duration) -> Duration {
    const NANOS_PER_SEC: u128 = 1_000_000_000;
    let nanos = rng.u128(low.as_nanos()..=high.as_nanos());
    // Neither fallback is ever taken: it lies between two durations.
    let whole = u64::try_from(nanos / NANOS_PER_SEC).unwrap_or(u64::MAX);
    let rest = u32::try_from(nanos % NANOS_PER_SEC).unwrap_or(0);
    Duration::new(whole, rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backoff::{Constant, Exponential, from_fn};

    const MS: fn(u64) -> Duration = Duration::from_millis;

    /// The shortest and the longest of many samples.
    fn extremes(
        jitter: Jitter,
        delay: Duration,
        backoff: &dyn Backoff,
        previous: Duration,
    ) -> (Duration, Duration) {
        let mut rng = Rng::with_seed(1);
        (0..10_000)
            .map(|_| jitter.apply_with(&mut rng, delay, backoff, previous))
            .fold((Duration::MAX, Duration::ZERO), |(shortest, longest), sample| {
                (shortest.min(sample), longest.max(sample))
            })
    }

    #[test]
    fn full_reaches_from_zero_to_the_delay() {
        let (shortest, longest) = extremes(Jitter::Full, MS(1000), &Constant::new(MS(1000)), MS(0));
        assert!(shortest < MS(10), "{shortest:?}");
        assert!(longest > MS(990) && longest <= MS(1000), "{longest:?}");
    }

    #[test]
    fn equal_reaches_from_half_to_the_delay() {
        let (shortest, longest) = extremes(Jitter::Equal, MS(1000), &Constant::new(MS(1000)), MS(0));
        assert!(shortest >= MS(500) && shortest < MS(510), "{shortest:?}");
        assert!(longest > MS(990) && longest <= MS(1000), "{longest:?}");
    }

    #[test]
    fn decorrelated_reaches_from_the_base_to_three_times_the_previous() {
        let backoff = Exponential::new(MS(50));
        let (shortest, longest) = extremes(Jitter::Decorrelated, MS(0), &backoff, MS(1000));
        assert!(shortest >= MS(50) && shortest < MS(80), "{shortest:?}");
        assert!(longest > MS(2970) && longest <= MS(3000), "{longest:?}");
    }

    #[test]
    fn decorrelated_spreads_the_first_pause_too() {
        let (shortest, longest) = extremes(Jitter::Decorrelated, MS(50), &Exponential::new(MS(50)), MS(0));
        assert!(shortest >= MS(50) && shortest < MS(51), "{shortest:?}");
        assert!(longest > MS(149) && longest <= MS(150), "{longest:?}");
    }

    #[test]
    fn decorrelated_stays_below_the_cap() {
        let backoff = Exponential::new(MS(50)).cap(MS(400));
        let (shortest, longest) = extremes(Jitter::Decorrelated, MS(400), &backoff, MS(400));
        assert!(shortest < MS(80), "{shortest:?}");
        assert_eq!(longest, MS(400));
    }

    #[test]
    fn none_changes_nothing_and_asks_nobody() {
        let backoff = from_fn(|_, _| panic!("asked"));
        assert_eq!(Jitter::None.apply(MS(7), &backoff, MS(9)), MS(7));
    }

    #[test]
    fn the_longest_duration_is_no_problem() {
        let backoff = Constant::new(Duration::MAX);
        for jitter in [Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::None] {
            for delay in [Duration::ZERO, Duration::MAX] {
                for previous in [Duration::ZERO, Duration::MAX] {
                    let _: Duration = jitter.apply(delay, &backoff, previous);
                }
            }
        }
        assert_eq!(between(&mut Rng::with_seed(1), Duration::MAX, Duration::MAX), Duration::MAX);
    }

    #[test]
    fn the_same_seed_gives_the_same_pauses() {
        let pauses = |seed| {
            let mut rng = Rng::with_seed(seed);
            let backoff = Exponential::default();
            [1, 2, 3]
                .map(|retry| Jitter::Full.apply_with(&mut rng, backoff.delay(retry, MS(0)), &backoff, MS(0)))
        };
        assert_eq!(pauses(7), pauses(7));
        assert_ne!(pauses(7), pauses(8));
    }
}
