//! `on_retry`: told when a retry is scheduled, before the pause.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use steadfast::{Bulkhead, bounded};

use super::*;

type Told = Mutex<Vec<String>>;

fn push(told: &Told, retrying: &Retrying<'_, io::Error>) {
    let line =
        format!("{} {} {:?} {}", retrying.function(), retrying.attempt(), retrying.delay(), retrying.error());
    told.lock().unwrap_or_else(PoisonError::into_inner).push(line);
}

fn lines(told: Told) -> Vec<String> {
    told.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[tokio::test(start_paused = true)]
async fn a_path_is_told() {
    static TOLD: Told = Mutex::new(Vec::new());

    fn log(retrying: &Retrying<'_, io::Error>) {
        push(&TOLD, retrying);
    }

    #[retry(on = any, backoff = exp(50ms), jitter = none, on_retry = log)]
    async fn by_path(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    by_path(&Attempts::new()).await.unwrap_err();
    let told = TOLD.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert_eq!(told, ["retry::hooks::by_path 1 50ms attempt 1", "retry::hooks::by_path 2 100ms attempt 2"]);
}

#[tokio::test(start_paused = true)]
async fn a_closure_is_told_and_sees_the_arguments() {
    #[retry(on = any, backoff = exp(50ms), jitter = none, on_retry = |retrying| push(told, retrying))]
    async fn by_closure(attempts: &Attempts, told: &Told) -> io::Result<()> {
        let _ = told;
        attempts.fail()
    }

    let told = Told::default();
    by_closure(&Attempts::new(), &told).await.unwrap_err();
    assert_eq!(
        lines(told),
        ["retry::hooks::by_closure 1 50ms attempt 1", "retry::hooks::by_closure 2 100ms attempt 2"]
    );
}

#[tokio::test(start_paused = true)]
async fn it_is_told_before_the_pause_and_only_of_retries() {
    #[retry(on = any, attempts = 2, backoff = constant(10s), jitter = none, on_retry = |_| { told.begin(); })]
    async fn hooked(attempts: &Attempts, good: u32, told: &Attempts) -> io::Result<u32> {
        let _ = told;
        attempts.fail_before(good)
    }

    let told = Attempts::new();
    hooked(&Attempts::new(), 2, &told).await.unwrap();
    assert_eq!(told.at(), [secs(0)], "when the pause begins, and not when it is over");
    hooked(&Attempts::new(), 9, &told).await.unwrap_err();
    assert_eq!(told.count(), 2, "not of the failure that is returned");
    hooked(&Attempts::new(), 1, &told).await.unwrap();
    assert_eq!(told.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_hook_that_panics_loses_no_permit_and_no_token() {
    #[retry(on = any, backoff = constant(1s), budget = budget, on_retry = |_| panic!("in the hook"))]
    #[bounded(by = bulkhead)]
    async fn hooked(attempts: &Attempts, bulkhead: &Bulkhead, budget: &Budget) -> io::Result<()> {
        attempts.fail()
    }

    let (bulkhead, budget) = (Bulkhead::new(1), Budget::new());
    let before = budget.balance();
    let attempts = Attempts::new();
    let panic = AssertUnwindSafe(hooked(&attempts, &bulkhead, &budget)).catch_unwind().await.unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"in the hook"), "it passes through");
    assert_eq!((attempts.count(), bulkhead.available(), bulkhead.waiting()), (1, 1, 0));
    assert!((budget.balance() - before).abs() < f64::EPSILON);
    assert_eq!(steadfast::deadline::current(), None);
}

#[tokio::test(start_paused = true)]
async fn predicates_that_panic_lose_no_permit_and_no_token() {
    #[retry(on = |_| panic!("in the predicate"), budget = budget)]
    #[bounded(by = bulkhead)]
    async fn predicate(attempts: &Attempts, bulkhead: &Bulkhead, budget: &Budget) -> io::Result<()> {
        attempts.fail()
    }

    let (bulkhead, budget) = (Bulkhead::new(1), Budget::new());
    let before = budget.balance();
    let attempts = Attempts::new();
    AssertUnwindSafe(predicate(&attempts, &bulkhead, &budget)).catch_unwind().await.unwrap_err();
    assert_eq!(bulkhead.available(), 1);
    assert!((budget.balance() - before).abs() < f64::EPSILON);
}
