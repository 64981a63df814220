//! `#[retry]` on a plain function: it sleeps its thread.
//!
//! The thread's own clock cannot be paused, so the pauses here are real and short. They are never compared with a
//! longest time, and with a shortest only where that is what the backoff promises.

use std::io;
use std::time::{Duration, Instant};

use steadfast::{Budget, Retrying, retry};
use steadfast_tests::{Attempts, ms, record};
use tokio_util::sync::CancellationToken;

#[retry(on = any, backoff = constant(1ms))]
fn plain(attempts: &Attempts, good: u32) -> io::Result<u32> {
    attempts.fail_before(good)
}

#[test]
fn it_works_without_a_runtime() {
    let attempts = Attempts::new();
    assert_eq!(plain(&attempts, 3).unwrap(), 3);
    assert_eq!(attempts.count(), 3);
    let attempts = Attempts::new();
    assert_eq!(plain(&attempts, 9).unwrap_err().to_string(), "attempt 3");
}

#[test]
fn it_sleeps_the_thread_between_attempts() {
    #[retry(on = any, attempts = 3, backoff = list[20ms, 30ms], jitter = none)]
    fn slow(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let started = Instant::now();
    slow(&Attempts::new()).unwrap_err();
    assert!(started.elapsed() >= ms(50), "it slept both pauses");
}

#[test]
fn bare_retry_asks_the_error() {
    #[retry(backoff = constant(1ms))]
    fn bare(attempts: &Attempts, kind: io::ErrorKind) -> io::Result<()> {
        attempts.begin();
        Err(kind.into())
    }

    for (kind, expected) in [(io::ErrorKind::ConnectionReset, 3), (io::ErrorKind::NotFound, 1)] {
        let attempts = Attempts::new();
        bare(&attempts, kind).unwrap_err();
        assert_eq!(attempts.count(), expected, "{kind:?}");
    }
}

#[test]
fn return_and_question_mark_end_the_attempt_and_not_the_call() {
    #[retry(on = any, backoff = constant(1ms))]
    fn leaves_early(attempts: &Attempts) -> io::Result<u32> {
        let attempt = attempts.fail_before(2)?;
        if attempt == 2 {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(attempt)
    }

    assert_eq!(leaves_early(&Attempts::new()).unwrap(), 3);
}

#[test]
fn each_attempt_sees_the_callers_arguments() {
    struct Counter {
        calls: u32,
    }

    impl Counter {
        #[retry(on = any, backoff = constant(1ms))]
        fn count(&mut self, mut list: Vec<u32>, good: u32) -> io::Result<Vec<u32>> {
            self.calls += 1;
            list.push(self.calls);
            if self.calls < good { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(list) }
        }
    }

    let mut counter = Counter { calls: 0 };
    assert_eq!(counter.count(vec![7], 3).unwrap(), [7, 3]);
    assert_eq!(counter.calls, 3, "what stands behind `&mut self` stays changed");
}

#[test]
fn within_value_hint_hook_and_budget_work_as_ever() {
    #[retry(
        on = any,
        within = limit,
        backoff = constant(1ms),
        jitter = none,
        retry_after = |_| hint,
        budget = budget,
        on_retry = |retrying: &Retrying<'_, io::Error>| pauses.push(retrying.delay())
    )]
    fn everything(
        attempts: &Attempts,
        limit: Duration,
        hint: Option<Duration>,
        budget: &Budget,
        pauses: &mut Vec<Duration>,
    ) -> io::Result<u32> {
        attempts.fail_before(4)
    }

    let budget = || Budget::new().ratio(0.0).min_per_sec(2).ttl(Duration::from_secs(1));
    let hour = Duration::from_secs(3_600);

    let (attempts, mut pauses) = (Attempts::new(), Vec::new());
    everything(&attempts, hour, None, &budget(), &mut pauses).unwrap_err();
    assert_eq!((attempts.count(), pauses), (3, vec![ms(1); 2]), "two tokens, two retries");

    let (attempts, mut pauses) = (Attempts::new(), Vec::new());
    everything(&attempts, hour, Some(ms(5)), &Budget::new(), &mut pauses).unwrap();
    assert_eq!(pauses, [ms(5); 3]);

    let (attempts, mut pauses) = (Attempts::new(), Vec::new());
    everything(&attempts, hour, Some(hour), &budget(), &mut pauses).unwrap_err();
    assert_eq!((attempts.count(), pauses.len()), (1, 0), "a hint that does not fit");
}

#[test]
fn retry_if_ok_returns_the_last_value() {
    #[retry(on = any, retry_if_ok = |value| *value < good, backoff = constant(1ms))]
    fn value(attempts: &Attempts, good: u32) -> io::Result<u32> {
        let _ = good;
        Ok(attempts.begin())
    }

    assert_eq!(value(&Attempts::new(), 2).unwrap(), 2);
    assert_eq!(value(&Attempts::new(), 9).unwrap(), 3);
}

/// The pause is an hour, and the test is over at once.
#[test]
fn cancel_wakes_the_thread_at_once() {
    #[retry(on = any, backoff = constant(1h), jitter = none, cancel = token)]
    fn cancellable(attempts: &Attempts, token: &CancellationToken) -> io::Result<()> {
        attempts.fail()
    }

    let token = CancellationToken::new();
    let attempts = Attempts::new();
    let error = std::thread::scope(|scope| {
        let call = scope.spawn(|| cancellable(&attempts, &token));
        while attempts.count() == 0 {
            std::thread::yield_now();
        }
        token.cancel();
        call.join().expect("no panic").unwrap_err()
    });
    assert_eq!((error.to_string().as_str(), attempts.count()), ("attempt 1", 1));

    // Cancelled before: no pause at all.
    cancellable(&attempts, &token).unwrap_err();
    assert_eq!(attempts.count(), 2);
}

#[test]
fn a_cancel_that_never_comes_changes_nothing() {
    #[retry(on = any, backoff = constant(1ms), jitter = none, cancel = token)]
    fn cancellable(attempts: &Attempts, token: &CancellationToken) -> io::Result<u32> {
        attempts.fail_before(3)
    }

    assert_eq!(cancellable(&Attempts::new(), &CancellationToken::new()).unwrap(), 3);
}

#[test]
fn events_come_in_the_same_order() {
    #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
    fn recorded(attempts: &Attempts, good: u32) -> io::Result<u32> {
        attempts.fail_before(good)
    }

    let without_times = |lines: Vec<String>| -> Vec<String> {
        lines.iter().map(|line| line.split(" in ").next().expect("there is one").to_owned()).collect()
    };
    let events = record!(recorded);
    recorded(&Attempts::new(), 2).unwrap();
    let lines = without_times(events.take());
    assert_eq!(
        lines,
        ["started", "attempt 1", "attempt 1 failed: attempt 1; the next", "attempt 2", "finished Succeeded"]
    );
    recorded(&Attempts::new(), 9).unwrap_err();
    assert_eq!(without_times(events.take())[4..], ["gave up after 2", "finished Failed"]);
}

#[test]
fn nested_is_seen_through_plain_calls() {
    #[retry(on = any, nested = once, backoff = constant(1ms))]
    fn inner(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 2, backoff = constant(1ms))]
    fn outer(attempts: &Attempts) -> io::Result<()> {
        inner(attempts)
    }

    let attempts = Attempts::new();
    outer(&attempts).unwrap_err();
    assert_eq!(attempts.count(), 2);
    inner(&attempts).unwrap_err();
    assert_eq!(attempts.count(), 5);
}

#[test]
fn a_panic_passes_through_and_leaves_nothing_behind() {
    #[retry(on = any, backoff = constant(1ms))]
    fn panics(attempts: &Attempts) -> io::Result<()> {
        attempts.begin();
        panic!("of its own");
    }

    #[retry(on = any, nested = once, backoff = constant(1ms))]
    fn alone(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    std::panic::catch_unwind(|| panics(&attempts)).unwrap_err();
    assert_eq!(attempts.count(), 1);

    let attempts = Attempts::new();
    alone(&attempts).unwrap_err();
    assert_eq!(attempts.count(), 3, "it is nested in nothing");
}
