//! Duration literals, through real attributes: the limit that is written is the deadline that holds.
//!
//! The reading of literals has property tests of its own in the macro crate; here each one goes all the way.

use std::cell::Cell;
use std::future::{pending, ready};
use std::io;
use std::time::Duration;

use proptest::prelude::*;
use steadfast::{PolicyError, apply, bounded, deadline, retry, timeout};
use steadfast_tests::{Attempts, ms, timed};
use tokio::time::sleep;

/// One call for each literal: what is left of its limit when it begins, in nanoseconds.
macro_rules! remaining {
    ($($literal:literal,)*) => {
        [$((stringify!($literal), {
            #[timeout($literal)]
            async fn limited() -> Result<Option<Duration>, PolicyError> {
                if deadline::remaining().is_none() {
                    pending::<()>().await;
                }
                Ok(deadline::remaining())
            }

            let by_attribute = limited().await.expect("in time").expect("there is a deadline");
            let by_apply = apply!(timeout(total = $literal); async {
                Ok::<_, PolicyError>(deadline::remaining())
            });
            assert_eq!(by_apply.await.expect("in time"), Some(by_attribute), stringify!($literal));
            by_attribute.as_nanos()
        }),)*]
    };
}

#[tokio::test(start_paused = true)]
async fn what_is_written_is_what_remains() {
    const MS: u128 = 1_000_000;
    const S: u128 = 1_000 * MS;
    const M: u128 = 60 * S;
    const H: u128 = 60 * M;
    const D: u128 = 24 * H;

    let written = remaining![
        1ns,
        1us,
        1ms,
        1s,
        1m,
        1h,
        1d,
        250ms,
        2s,
        0.5s,
        1.5s,
        0.25,
        5,
        1.5m,
        0.001s,
        0.5ms,
        2.5us,
        1m30s,
        1h30m,
        2h45m30s,
        1d12h,
        1s500ms,
        1h2m3s4ms5us6ns,
        90s,
        1_000ms,
        1_0s,
        7d,
        365d,
        0.1s,
        0.3s,
        0.7s,
        1.1s,
        00005s,
    ];
    let expected = [
        1,
        1_000,
        MS,
        S,
        M,
        H,
        D,
        250 * MS,
        2 * S,
        500 * MS,
        1_500 * MS,
        250 * MS,
        5 * S,
        90 * S,
        MS,
        MS / 2,
        2_500,
        90 * S,
        90 * M,
        2 * H + 45 * M + 30 * S,
        36 * H,
        1_500 * MS,
        H + 2 * M + 3 * S + 4 * MS + 5_006,
        90 * S,
        S,
        10 * S,
        7 * D,
        365 * D,
        100 * MS,
        300 * MS,
        700 * MS,
        1_100 * MS,
        5 * S,
    ];
    assert_eq!(written.len(), expected.len());
    for ((literal, remaining), expected) in written.into_iter().zip(expected) {
        assert_eq!(remaining, expected, "{literal}");
    }
}

#[tokio::test(start_paused = true)]
async fn literals_inside_of_expressions_are_durations_too() {
    struct Config {
        base: Duration,
    }

    #[timeout(config.base.max(1m30s).saturating_sub(500ms) + 2 * 1s)]
    async fn computed(config: &Config) -> Result<Option<Duration>, PolicyError> {
        ready(()).await;
        Ok(deadline::remaining())
    }

    #[timeout(match tier { 0 => 1s, 1 => 2.5s, _ => pair.1 })]
    async fn chosen(tier: u8, pair: (u8, Duration)) -> Result<Option<Duration>, PolicyError> {
        ready(()).await;
        Ok(deadline::remaining())
    }

    assert_eq!(computed(&Config { base: ms(1) }).await.unwrap(), Some(ms(91_500)));
    let left = [chosen(0, (1, ms(7))).await, chosen(1, (1, ms(7))).await, chosen(2, (1, ms(7))).await];
    assert_eq!(left.map(|left| left.unwrap()), [1_000, 2_500, 7].map(|millis| Some(ms(millis))));
}

/// Everywhere that a duration may stand.
#[tokio::test(start_paused = true)]
async fn every_argument_reads_them_alike() {
    #[retry(on = any, attempts = 2, backoff = constant(1m30s), jitter = none)]
    async fn pause(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, within = 1m30s, backoff = constant(30s), jitter = none)]
    async fn within(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 2, backoff = constant(1s), jitter = none, retry_after = |_| Some(Duration::MAX), retry_after_max = 1m30s)]
    async fn hint(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[bounded(1, max_wait = 1m30s)]
    async fn wait() -> Result<(), PolicyError> {
        sleep(Duration::from_secs(600)).await;
        Ok(())
    }

    let minute_and_a_half = Duration::from_secs(90);
    let attempts = Attempts::new();
    pause(&attempts).await.unwrap_err();
    assert_eq!(attempts.pauses(), [minute_and_a_half]);
    let attempts = Attempts::new();
    within(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 3);
    let attempts = Attempts::new();
    hint(&attempts).await.unwrap_err();
    assert_eq!(attempts.pauses(), [minute_and_a_half]);
    assert_eq!(futures::join!(wait(), timed(wait())).1.1, minute_and_a_half);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A run-time limit is the deadline to the nanosecond, and the end to the millisecond of the timer.
    #[test]
    fn a_run_time_limit_is_the_deadline(nested in 1_u64..10_000_000_000_000, outer in 1_u64..10_000_000_000_000) {
        #[timeout(limit, on_elapsed = ())]
        async fn inner(limit: Duration, left: &Cell<Option<Duration>>) {
            left.set(deadline::remaining());
            pending::<()>().await;
        }

        #[timeout(limit, on_elapsed = ())]
        async fn around(limit: Duration, nested: Duration, left: &Cell<Option<Duration>>) {
            inner(nested, left).await;
        }

        let (nested, outer, left) = (Duration::from_nanos(nested), Duration::from_nanos(outer), Cell::new(None));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
        let ((), took) = runtime.block_on(timed(around(outer, nested, &left)));
        // Whichever is earlier ends it; its timer rounds up.
        let earlier = nested.min(outer);
        prop_assert_eq!(left.get(), Some(earlier));
        prop_assert!(took >= earlier && took <= earlier + ms(1), "{:?} of {:?}", took, earlier);
    }
}
