//! Policies together: one order, whatever the order of the attributes.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use steadfast::{Bulkhead, PolicyError, PolicyErrorKind, bounded, retry, timeout};
use steadfast_tests::{Attempts, ms, record, secs, timed};
use tokio::time::sleep;

#[path = "combined/order.rs"]
mod order;
#[path = "combined/waits.rs"]
mod waits;

/// The kind of what a policy raised, if one did.
fn kind<T: std::fmt::Debug>(outcome: io::Result<T>) -> PolicyErrorKind {
    let error = outcome.expect_err("a policy ended it");
    let policy = error.get_ref().and_then(|error| error.downcast_ref::<PolicyError>());
    policy.unwrap_or_else(|| panic!("no policy's error: {error:?}")).kind()
}

#[timeout(attempt = 100ms, total = 10s)]
#[retry(on = any, backoff = exp(10ms, factor = 3, cap = 1s), jitter = none, idempotent)]
#[bounded(8, queue = 10, max_wait = 50ms)]
async fn full_stack(attempts: &Attempts, mut list: Vec<u32>, name: String) -> io::Result<Vec<u32>> {
    let attempt = attempts.begin();
    list.push(attempt);
    if attempt < 3 {
        sleep(secs(1)).await;
    }
    drop(name);
    Ok(list)
}

#[tokio::test(start_paused = true)]
async fn the_full_stack_works() {
    let attempts = Attempts::new();
    assert_eq!(full_stack(&attempts, vec![7], "a".into()).await.unwrap(), [7, 3]);
    assert_eq!(attempts.at(), [ms(0), ms(110), ms(240)]);
}

#[tokio::test(start_paused = true)]
async fn the_attempts_timeout_starts_before_queueing() {
    #[timeout(attempt = 2s)]
    #[bounded(by = limit)]
    async fn queued(limit: &Bulkhead) -> io::Result<()> {
        sleep(ms(1_500)).await;
        Ok(())
    }

    let limit = Bulkhead::new(1);
    // The second has half a second left when its turn comes.
    let (first, second) = futures::join!(timed(queued(&limit)), timed(queued(&limit)));
    first.0.unwrap();
    assert_eq!((kind(second.0), second.1), (PolicyErrorKind::TimedOut, secs(2)));
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_the_whole_of_its_limit() {
    #[timeout(attempt = 2s)]
    #[retry(on = any, backoff = constant(1s), jitter = none, idempotent)]
    async fn slow(attempts: &Attempts) -> io::Result<()> {
        attempts.begin();
        pending().await
    }

    let attempts = Attempts::new();
    let (outcome, took) = timed(slow(&attempts)).await;
    assert_eq!((kind(outcome), took), (PolicyErrorKind::TimedOut, secs(8)));
    assert_eq!(attempts.at(), [secs(0), secs(3), secs(6)]);
}

#[tokio::test(start_paused = true)]
async fn the_total_bounds_attempts_pauses_and_queueing_together() {
    #[timeout(attempt = 2s, total = 7s)]
    #[retry(on = any, attempts = unlimited, backoff = constant(1s), jitter = none, idempotent)]
    #[bounded(by = limit)]
    async fn slow(attempts: &Attempts, limit: &Bulkhead) -> io::Result<()> {
        attempts.begin();
        pending().await
    }

    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    let (outcome, took) = timed(slow(&attempts, &limit)).await;
    assert_eq!((kind(outcome), took), (PolicyErrorKind::TimedOut, secs(7)));
    assert_eq!(attempts.at(), [secs(0), secs(3), secs(6)]);

    let (attempts, _held) = (Attempts::new(), limit.try_acquire());
    let (outcome, took) = timed(slow(&attempts, &limit)).await;
    assert_eq!((kind(outcome), took), (PolicyErrorKind::TimedOut, secs(7)));
    assert_eq!((attempts.count(), limit.waiting()), (0, 0), "all of it was queueing");
}

/// The total is over for all attempts, so it is never retried.
#[tokio::test(start_paused = true)]
async fn the_totals_timeout_is_not_retried() {
    #[timeout(total = 2s)]
    #[retry(on = any, idempotent)]
    async fn slow(attempts: &Attempts) -> io::Result<()> {
        attempts.begin();
        pending().await
    }

    let attempts = Attempts::new();
    assert_eq!(kind(slow(&attempts).await), PolicyErrorKind::TimedOut);
    assert_eq!(attempts.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_permit_is_released_during_a_backoff() {
    #[retry(on = any, attempts = 2, backoff = constant(10s), jitter = none)]
    #[bounded(by = limit)]
    async fn fails(attempts: &Attempts, limit: &Bulkhead) -> io::Result<()> {
        sleep(secs(1)).await;
        attempts.fail()
    }

    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    let look = async {
        let mut free = Vec::new();
        for at in [500, 1_500, 10_500, 11_500] {
            sleep(ms(at).saturating_sub(attempts.age())).await;
            free.push(limit.available());
        }
        free
    };
    let (outcome, free) = futures::join!(fails(&attempts, &limit), look);
    outcome.unwrap_err();
    assert_eq!(free, [0, 1, 1, 0], "inside, in the pause, in the pause, inside");
    assert_eq!(limit.available(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_retried_call_goes_to_the_back_of_the_queue() {
    #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
    #[bounded(by = limit)]
    async fn in_turn(
        name: &'static str,
        fails: bool,
        order: &std::sync::Mutex<Vec<&'static str>>,
        limit: &Bulkhead,
    ) -> io::Result<()> {
        let first = {
            let mut order = order.lock().expect("no panic");
            order.push(name);
            order.iter().filter(|seen| **seen == name).count() == 1
        };
        sleep(secs(1)).await;
        if fails && first { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }

    let (limit, order) = (Bulkhead::new(1), std::sync::Mutex::default());
    let calls = ["a", "b", "c", "d"].map(|name| in_turn(name, name == "a", &order, &limit));
    for outcome in futures::future::join_all(calls).await {
        outcome.unwrap();
    }
    assert_eq!(order.into_inner().expect("no panic"), ["a", "b", "c", "d", "a"]);
}

/// `Full` comes from inside of the attempt, so it is an attempt, and the next one queues again.
#[tokio::test(start_paused = true)]
async fn a_refusal_costs_an_attempt_and_its_limit_starts_anew() {
    #[timeout(attempt = 5s)]
    #[retry(on(io::Error { .. } if false), attempts = 3, backoff = constant(1s), jitter = none)]
    #[bounded(by = limit, max_wait = 2s)]
    async fn refused(attempts: &Attempts, limit: &Bulkhead) -> io::Result<()> {
        attempts.begin();
        sleep(ms(1)).await;
        Ok(())
    }

    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    let held = limit.try_acquire();
    let release = async {
        sleep(secs(7)).await;
        drop(held);
    };
    let (outcome, ()) = futures::join!(refused(&attempts, &limit), release);
    outcome.unwrap();
    assert_eq!(attempts.at(), [secs(7)], "refused at 2 and 5 s, waiting again from 6 s on");
}

#[tokio::test(start_paused = true)]
async fn each_policy_has_its_own_map_err() {
    #[timeout(total = 1s, map_err = |_| "late")]
    #[bounded(by = limit, reject, map_err = |_| "full")]
    async fn both(limit: &Bulkhead) -> Result<(), &'static str> {
        pending().await
    }

    let limit = Bulkhead::new(1);
    let (first, second) = futures::join!(both(&limit), both(&limit));
    assert_eq!((first, second), (Err("late"), Err("full")));
}

/// "`map_err = ..` on any policy": one is enough for a function whose policies raise more than one kind.
#[tokio::test(start_paused = true)]
async fn one_map_err_serves_all_policies() {
    #[timeout(attempt = 1s)]
    #[retry(on = any, attempts = 2, map_err = |error| error.kind())]
    #[bounded(by = limit, reject)]
    async fn all(limit: &Bulkhead) -> Result<(), PolicyErrorKind> {
        pending().await
    }

    #[timeout(1s, map_err = |error| error.kind())]
    #[bounded(by = limit, reject)]
    async fn from_the_timeout(limit: &Bulkhead) -> Result<(), PolicyErrorKind> {
        pending().await
    }

    let limit = Bulkhead::new(1);
    let (first, second) = futures::join!(all(&limit), all(&limit));
    assert_eq!((first, second), (Err(PolicyErrorKind::TimedOut), Err(PolicyErrorKind::Full)));
    let (first, second) = futures::join!(from_the_timeout(&limit), from_the_timeout(&limit));
    assert_eq!((first, second), (Err(PolicyErrorKind::TimedOut), Err(PolicyErrorKind::Full)));
}

#[tokio::test(start_paused = true)]
async fn on_elapsed_of_an_attempt_is_a_value_like_any_other() {
    #[timeout(attempt = 1s, on_elapsed = Ok(0))]
    #[retry(on = any, retry_if_ok = |value| *value == 0, backoff = constant(1s), jitter = none)]
    async fn guessed(attempts: &Attempts) -> io::Result<u32> {
        let attempt = attempts.begin();
        if attempt < 3 {
            sleep(secs(9)).await;
        }
        Ok(attempt)
    }

    let (outcome, took) = timed(guessed(&Attempts::new())).await;
    assert_eq!((outcome.unwrap(), took), (3, secs(4)));
}

#[tokio::test(start_paused = true)]
async fn the_events_of_a_full_stack_come_in_order() {
    #[timeout(attempt = 2s, total = 60s)]
    #[retry(on = any, backoff = constant(1s), jitter = none, idempotent)]
    #[bounded(by = limit, max_wait = 1s)]
    async fn recorded(attempts: &Attempts, limit: Arc<Bulkhead>) -> io::Result<&'static str> {
        if attempts.begin() == 1 {
            pending::<()>().await;
        }
        Ok("done")
    }

    let events = record!(recorded);
    let limit = Arc::new(Bulkhead::new(1));
    let held = {
        let limit = Arc::clone(&limit);
        async move {
            let permit = limit.try_acquire();
            sleep(ms(1_500)).await;
            drop(permit);
        }
    };
    let attempts = Attempts::new();
    let ((), outcome) = futures::join!(held, recorded(&attempts, Arc::clone(&limit)));
    assert_eq!(outcome.unwrap(), "done");
    let full = "`combined::recorded` is full: no permit came free within 1s";
    let late = "`combined::recorded` timed out after 2s";
    assert_eq!(
        events.take(),
        [
            "started".to_owned(),
            "attempt 1".to_owned(),
            "rejected: Full after 1s".to_owned(),
            format!("attempt 1 failed: {full}; the next in 1s"),
            "attempt 2".to_owned(),
            "admitted after 0ns".to_owned(),
            "timed out after 2s".to_owned(),
            format!("attempt 2 failed: {late}; the next in 1s"),
            "attempt 3".to_owned(),
            "admitted after 0ns".to_owned(),
            "finished Succeeded in 5s".to_owned(),
        ]
    );
}
