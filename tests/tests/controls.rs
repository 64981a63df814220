//! `testing::Controls`: for one task, never for the process.

use std::future::pending;
use std::io;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;

use futures::FutureExt;
use steadfast::testing::Controls;
use steadfast::{Budget, Bulkhead, PolicyError, PolicyKind, apply, bounded, deadline, retry, timeout};
use steadfast_tests::{Attempts, record, secs, timed};
use tokio::time::sleep;

#[path = "controls/disable.rs"]
mod disable;

#[retry(on = any, attempts = 5, backoff = constant(30s), jitter = none, budget = none)]
async fn slow(attempts: &Attempts) -> io::Result<()> {
    tokio::task::yield_now().await;
    attempts.fail()
}

#[tokio::test(start_paused = true)]
async fn no_sleep_retries_at_once() {
    let attempts = Attempts::new();
    let (outcome, took) = timed(Controls::new().no_sleep().scope(slow(&attempts))).await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 5");
    assert_eq!((attempts.count(), took), (5, secs(0)));
}

/// Without a pause there would be nothing to end, and nothing to wait for.
#[tokio::test(start_paused = true)]
async fn no_sleep_lets_other_tasks_run_between_attempts() {
    #[retry(on = any, attempts = unlimited, backoff = constant(30s), budget = none)]
    async fn endless(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    tokio::select! {
        biased;
        outcome = Controls::new().no_sleep().scope(endless(&attempts)) => panic!("{outcome:?}"),
        () = async { for _ in 0..100 { tokio::task::yield_now().await } } => {}
    }
    assert!(attempts.count() >= 50);
}

#[tokio::test(start_paused = true)]
async fn no_sleep_changes_neither_budgets_nor_deadlines() {
    #[timeout(total = 50s)]
    #[retry(on = any, attempts = 9, backoff = constant(30s), jitter = none, budget = budget)]
    async fn limited(attempts: &Attempts, budget: &Budget) -> io::Result<()> {
        sleep(secs(15)).await;
        attempts.fail()
    }

    let controls = Controls::new().no_sleep();
    let attempts = Attempts::new();
    // After 30 s a pause of 30 s would not fit any more.
    let (outcome, took) = timed(controls.scope(limited(&attempts, &Budget::new()))).await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 2");
    assert_eq!(took, secs(30));
    let attempts = Attempts::new();
    let empty = Budget::new().ratio(0.0).min_per_sec(0);
    controls.scope(limited(&attempts, &empty)).await.unwrap_err();
    assert_eq!(attempts.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn no_sleep_is_told_by_the_events() {
    #[retry(on = any, attempts = 2, backoff = constant(30s), jitter = none)]
    async fn recorded(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(recorded);
    Controls::new().no_sleep().scope(recorded(&Attempts::new())).await.unwrap_err();
    assert_eq!(events.take()[2], "attempt 1 failed: attempt 1; the next in 0ns");
}

#[tokio::test(start_paused = true)]
async fn max_attempts_caps_and_never_adds() {
    #[retry(on = any, attempts = unlimited, backoff = constant(30s), jitter = none, budget = none)]
    async fn endless(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    for (cap, of_five, of_any) in [(0, 1, 1), (1, 1, 1), (3, 3, 3), (99, 5, 99)] {
        let controls = Controls::new().no_sleep().max_attempts(cap);
        let (first, second) = (Attempts::new(), Attempts::new());
        controls.scope(slow(&first)).await.unwrap_err();
        controls.scope(endless(&second)).await.unwrap_err();
        assert_eq!((first.count(), second.count()), (of_five, of_any), "{cap}");
    }
}

/// An argument that the body takes is there for each attempt, however many are left.
#[tokio::test(start_paused = true)]
async fn max_attempts_keeps_the_arguments() {
    #[retry(on = any, attempts = 5, backoff = constant(1s))]
    async fn takes(attempts: &Attempts, name: String) -> io::Result<()> {
        assert_eq!(name, "a");
        drop(name);
        attempts.fail()
    }

    for cap in 1..=6 {
        let attempts = Attempts::new();
        Controls::new().max_attempts(cap).scope(takes(&attempts, "a".into())).await.unwrap_err();
        assert_eq!(attempts.count(), usize::try_from(cap.min(5)).expect("few"));
    }
}

#[tokio::test(start_paused = true)]
async fn they_reach_calls_of_calls_and_apply() {
    async fn service(attempts: &Attempts) -> io::Result<()> {
        let _ = slow(attempts).await;
        apply!(retry(on = any, attempts = 4, backoff = constant(30s)); async { attempts.fail() }).await
    }

    let attempts = Attempts::new();
    let controls = Controls::new().no_sleep().max_attempts(2);
    let (outcome, took) = timed(controls.scope(service(&attempts))).await;
    outcome.unwrap_err();
    assert_eq!((attempts.count(), took), (4, secs(0)));
}

#[tokio::test(start_paused = true)]
async fn tasks_beside_are_not_affected() {
    let (controlled, other) = (Arc::new(Attempts::new()), Arc::new(Attempts::new()));
    let task = {
        let other = Arc::clone(&other);
        tokio::spawn(async move { timed(slow(&other)).await.1 })
    };
    let scoped = {
        let controlled = Arc::clone(&controlled);
        tokio::spawn(
            Controls::new().no_sleep().max_attempts(2).scope(async move { timed(slow(&controlled)).await.1 }),
        )
    };
    assert_eq!((scoped.await.expect("no panic"), controlled.count()), (secs(0), 2));
    assert_eq!((task.await.expect("no panic"), other.count()), (secs(120), 5));
}

#[tokio::test(start_paused = true)]
async fn futures_beside_in_the_same_task_are_not_affected() {
    let (controlled, other) = (Attempts::new(), Attempts::new());
    let (inside, outside) =
        futures::join!(timed(Controls::new().no_sleep().scope(slow(&controlled))), timed(slow(&other)));
    assert_eq!((inside.1, outside.1), (secs(0), secs(120)));
}

#[tokio::test(start_paused = true)]
async fn a_task_that_is_spawned_inside_starts_without_them() {
    let attempts = Arc::new(Attempts::new());
    let spawned = {
        let attempts = Arc::clone(&attempts);
        async move { tokio::spawn(async move { timed(slow(&attempts)).await.1 }).await.expect("no panic") }
    };
    assert_eq!(Controls::new().no_sleep().scope(spawned).await, secs(120));
}

#[tokio::test(start_paused = true)]
async fn an_inner_scope_replaces_the_outer_one_and_gives_it_back() {
    let attempts = Attempts::new();
    let nested = async {
        let inner = timed(Controls::new().max_attempts(2).scope(slow(&attempts))).await.1;
        let outer = timed(slow(&attempts)).await.1;
        (inner, outer)
    };
    let took = Controls::new().no_sleep().max_attempts(3).scope(nested).await;
    assert_eq!((took, attempts.count()), ((secs(30), secs(0)), 5));
}

#[tokio::test(start_paused = true)]
async fn they_are_gone_after_a_panic_and_between_polls() {
    let controls = Controls::new().no_sleep();
    let panics = controls.scope(async { panic!("inside") });
    AssertUnwindSafe(panics).catch_unwind().await.unwrap_err();
    std::panic::catch_unwind(|| controls.run(|| panic!("inside"))).unwrap_err();
    let mut held = pin!(controls.scope(pending::<()>()));
    assert!(futures::poll!(held.as_mut()).is_pending());
    assert_eq!(timed(slow(&Attempts::new())).await.1, secs(120));
}

#[test]
fn run_is_for_plain_functions() {
    #[retry(on = any, attempts = 4, backoff = constant(1h), jitter = none)]
    fn blocking(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    let outcome = Controls::new().no_sleep().run(|| blocking(&attempts));
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 4");
    Controls::new().no_sleep().max_attempts(2).run(|| blocking(&attempts)).unwrap_err();
    assert_eq!(attempts.count(), 6);
    Controls::new().disable(PolicyKind::Retry).run(|| blocking(&attempts)).unwrap_err();
    assert_eq!(attempts.count(), 7);
}

#[test]
fn run_gives_what_the_call_gives_and_leaves_other_threads_alone() {
    #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
    fn blocking(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let value = Controls::new().max_attempts(1).run(|| {
        let attempts = Attempts::new();
        std::thread::scope(|scope| {
            scope.spawn(|| blocking(&attempts).unwrap_err());
        });
        attempts.count()
    });
    assert_eq!(value, 2);
}
