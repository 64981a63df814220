//! The pauses between attempts: how they grow, where they stop, how they are spread.

use proptest::prelude::*;
use std::fmt::Debug;
use std::time::Duration;
use steadfast::Jitter;
use steadfast::backoff::{Backoff, Constant, Exponential, Fibonacci, Linear, List, from_fn};

const JITTERS: [Jitter; 4] = [Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::None];

/// Durations of every size, and not only the huge ones that an even choice would give.
fn durations() -> impl Strategy<Value = Duration> {
    prop_oneof![
        Just(Duration::ZERO),
        Just(Duration::MAX),
        (0..1_000_u64).prop_map(Duration::from_nanos),
        (0..100_000_u64).prop_map(Duration::from_millis),
        any::<u64>().prop_map(Duration::from_nanos),
        (any::<u64>(), 0..1_000_000_000_u32).prop_map(|(secs, nanos)| Duration::new(secs, nanos)),
    ]
}

/// A backoff that a failed property can print.
trait Shown: Backoff + Debug {}

impl<B: Backoff + Debug> Shown for B {}

/// Growing backoffs with any settings, sensible or not, and the cap that each was given.
fn growing() -> impl Strategy<Value = (Box<dyn Shown>, Duration)> {
    let factors = prop_oneof![1.0..4.0, any::<f64>(), Just(1.0 + f64::EPSILON), Just(f64::NAN)];
    (durations(), durations(), durations(), factors, 0..4).prop_map(|(base, step, cap, factor, kind)| {
        let backoff: Box<dyn Shown> = match kind {
            0 => Box::new(Exponential::new(base).factor(factor).cap(cap)),
            1 => Box::new(Linear::new(base).step(step).cap(cap)),
            2 => Box::new(Linear::new(base).cap(cap)),
            _ => Box::new(Fibonacci::new(base).cap(cap)),
        };
        (backoff, cap)
    })
}

fn any_backoff() -> impl Strategy<Value = Box<dyn Shown>> {
    prop_oneof![
        4 => growing().prop_map(|(backoff, _)| backoff),
        1 => durations().prop_map(|delay| Box::new(Constant::new(delay)) as Box<dyn Shown>),
        1 => proptest::collection::vec(durations(), 0..5)
            .prop_map(|delays| Box::new(List::new(delays.leak())) as Box<dyn Shown>),
        1 => durations().prop_map(|step| {
            Box::new(from_fn(move |retry, previous| previous.saturating_add(step.saturating_mul(retry))))
                as Box<dyn Shown>
        }),
    ]
}

/// The retries that tend to break a backoff, and everything between.
fn retries() -> impl Iterator<Item = u32> {
    (0..=300).chain([1023, 1024, 1025, 2000, 1 << 31, (1 << 31) + 1, u32::MAX - 1, u32::MAX])
}

proptest! {
    #[test]
    fn delays_never_shrink_and_never_pass_the_cap((backoff, cap) in growing()) {
        let mut before = Duration::ZERO;
        for retry in retries() {
            let delay = backoff.delay(retry, before);
            prop_assert!(delay >= before, "retry {}: {:?} after {:?}", retry, delay, before);
            prop_assert!(delay <= cap, "retry {}: {:?} past {:?}", retry, delay, cap);
            before = delay;
        }
        prop_assert_eq!(backoff.cap(), cap);
    }

    #[test]
    fn the_first_delay_is_the_base(base in (0..u64::MAX / 4096).prop_map(Duration::from_nanos), factor in any::<f64>()) {
        prop_assert_eq!(Exponential::new(base).factor(factor).cap(Duration::MAX).base(), base);
        prop_assert_eq!(Linear::new(base).cap(Duration::MAX).base(), base);
        prop_assert_eq!(Fibonacci::new(base).cap(Duration::MAX).base(), base);
        prop_assert_eq!(Constant::new(base).base(), base);
        prop_assert_eq!(List::new(&[base, Duration::MAX]).base(), base);
    }

    #[test]
    fn a_delay_that_grows_reaches_its_cap(base in 1..10_000_u64, cap in 10_000..100_000_u64) {
        let (base, cap) = (Duration::from_millis(base), Duration::from_millis(cap));
        let last = |backoff: &dyn Backoff| [2000, u32::MAX].map(|retry| backoff.delay(retry, cap));
        prop_assert_eq!(last(&Exponential::new(base).cap(cap)), [cap; 2]);
        prop_assert_eq!(last(&Fibonacci::new(base).cap(cap)), [cap; 2]);
        prop_assert_eq!(Linear::new(base).cap(cap).delay(u32::MAX, cap), cap);
    }

    #[test]
    fn exponential_is_exact_for_whole_factors(base in 1..100_000_u32, factor in 1..=16_u32, retry in 1..=8_u32) {
        let base = Duration::from_micros(u64::from(base));
        let cap = Duration::from_secs(10 * 24 * 60 * 60);
        let exact = base.saturating_mul(factor.pow(retry - 1)).min(cap);
        let backoff = Exponential::new(base).factor(f64::from(factor)).cap(cap);
        prop_assert_eq!(backoff.delay(retry, Duration::ZERO), exact);
    }

    #[test]
    fn fibonacci_is_the_recurrence(base in 0..10_000_u64, retry in 3..60_u32) {
        let backoff = Fibonacci::new(Duration::from_millis(base)).cap(Duration::MAX);
        let delay = |retry| backoff.delay(retry, Duration::ZERO);
        prop_assert_eq!(delay(retry), delay(retry - 1) + delay(retry - 2));
    }

    #[test]
    fn jitter_stays_in_its_range(backoff in any_backoff(), retry in any::<u32>(), previous in durations()) {
        let delay = backoff.delay(retry, previous);
        for _ in 0..20 {
            let full = Jitter::Full.apply(delay, &*backoff, previous);
            prop_assert!(full <= delay);

            let equal = Jitter::Equal.apply(delay, &*backoff, previous);
            prop_assert!(equal >= delay / 2 && equal <= delay);

            let decorrelated = Jitter::Decorrelated.apply(delay, &*backoff, previous);
            let (base, cap) = (backoff.base(), backoff.cap());
            prop_assert!(decorrelated >= base.min(cap), "{:?} below {:?}", decorrelated, base);
            prop_assert!(decorrelated <= base.max(previous).saturating_mul(3));
            prop_assert!(decorrelated <= cap, "{:?} past {:?}", decorrelated, cap);

            prop_assert_eq!(Jitter::None.apply(delay, &*backoff, previous), delay);
        }
    }

    #[test]
    fn a_whole_call_stays_below_the_cap((backoff, cap) in growing()) {
        for jitter in JITTERS {
            let mut previous = Duration::ZERO;
            for retry in 1..=50 {
                let delay = backoff.delay(retry, previous);
                previous = jitter.apply(delay, &*backoff, previous);
                prop_assert!(previous <= cap, "{:?}, retry {}: {:?} past {:?}", jitter, retry, previous, cap);
            }
        }
    }
}

#[test]
fn at_the_cap_full_jitter_still_spreads() {
    let cap = Duration::from_secs(20);
    for backoff in [Exponential::default(), Exponential::default().factor(10.0)] {
        let delay = backoff.delay(2000, cap);
        assert_eq!(delay, cap);
        let samples: Vec<_> = (0..1000).map(|_| Jitter::Full.apply(delay, &backoff, cap)).collect();
        let (min, max) = (samples.iter().min().unwrap(), samples.iter().max().unwrap());
        assert!(*min < cap / 2, "none below half of the cap: {min:?}");
        assert!(*max > cap / 2, "none above half of the cap: {max:?}");
        assert!(*max <= cap, "past the cap: {max:?}");
        assert!(samples.iter().filter(|sample| **sample == cap).count() < 10, "cut off at the cap");
    }
}

#[test]
fn decorrelated_jitter_grows_from_the_base_to_the_cap() {
    let (base, cap) = (Duration::from_millis(50), Duration::from_secs(20));
    let backoff = Exponential::new(base).cap(cap);
    let mut previous = Duration::ZERO;
    let pauses: Vec<_> = (1..=1000)
        .map(|retry| {
            previous = Jitter::Decorrelated.apply(backoff.delay(retry, previous), &backoff, previous);
            previous
        })
        .collect();
    assert!(pauses[0] >= base && pauses[0] <= base * 3);
    assert!(pauses.iter().all(|pause| (base..=cap).contains(pause)));
    assert!(pauses.contains(&cap), "it never grew");
}

#[test]
fn the_default_jitter_is_full() {
    assert_eq!(Jitter::default(), Jitter::Full);
}

#[test]
fn every_built_in_backoff_can_be_a_constant() {
    const SECOND: Duration = Duration::from_secs(1);
    const BACKOFFS: [&dyn Backoff; 5] = [
        &Exponential::new(SECOND).factor(1.5).cap(SECOND),
        &Constant::new(SECOND),
        &Linear::new(SECOND).step(SECOND).cap(SECOND),
        &Fibonacci::new(SECOND).cap(SECOND),
        &List::new(&[SECOND]),
    ];
    for backoff in BACKOFFS {
        assert_eq!((backoff.delay(9, SECOND), backoff.cap(), backoff.base()), (SECOND, SECOND, SECOND));
    }
}

#[test]
fn backoffs_are_shared_between_calls() {
    fn shared<T: Send + Sync + Copy + Debug + 'static>() {}
    shared::<Exponential>();
    shared::<Constant>();
    shared::<Linear>();
    shared::<Fibonacci>();
    shared::<List<'static>>();
    shared::<Jitter>();
}
