//! Observers that panic: the call ends as if its body had, and nothing is lost.

use std::panic::AssertUnwindSafe;
use std::process::Command;

use futures::FutureExt;
use steadfast::Budget;

use super::*;

pub(super) async fn some_error() -> PolicyError {
    let limit = Bulkhead::new(1);
    let _held = limit.try_acquire();
    limit.acquire_with(&steadfast::Admission::reject()).await.expect_err("it is held")
}

type At = fn(&Event<'_>) -> bool;

/// Panics at one kind of event of one function.
struct Panics {
    function: &'static str,
    at: At,
}

impl Observer for Panics {
    fn on_event(&self, function: &'static str, event: &Event<'_>) {
        assert!(function != self.function || !(self.at)(event), "in the observer");
    }
}

#[timeout(attempt = 1s, total = 60s)]
#[retry(on = any, attempts = 3, backoff = constant(1s), jitter = none, idempotent, budget = budget)]
#[bounded(by = limit, max_wait = 1s)]
async fn full_stack(attempts: &Attempts, limit: &Bulkhead, budget: &Budget) -> io::Result<()> {
    if attempts.begin() == 2 {
        pending::<()>().await;
    }
    Err(io::ErrorKind::BrokenPipe.into())
}

#[tokio::test(start_paused = true)]
async fn at_any_event_no_permit_no_place_and_no_token_is_lost() {
    let kinds: [(&str, At, u32); 6] = [
        ("started", |event| matches!(event, Event::Started), 0),
        ("attempt", |event| matches!(event, Event::Attempt { attempt: 2, .. }), 1),
        ("admitted", |event| matches!(event, Event::Admitted { .. }), 0),
        ("scheduled", |event| matches!(event, Event::Scheduled { .. }), 0),
        ("timed out", |event| matches!(event, Event::TimedOut { .. }), 1),
        ("gave up", |event| matches!(event, Event::GaveUp { .. }), 2),
    ];
    for (name, at, retries) in kinds {
        let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
        let budget = Budget::new().ratio(0.0).min_per_sec(60).ttl(secs(60));
        let before = budget.balance();
        let function = concat!(module_path!(), "::full_stack");
        let subscription = observe::subscribe(Arc::new(Panics { function, at }));
        let call = AssertUnwindSafe(full_stack(&attempts, &limit, &budget)).catch_unwind().await;
        drop(subscription);
        assert!(call.is_err(), "{name}: it passes through");
        assert_eq!((limit.available(), limit.waiting()), (1, 0), "{name}");
        assert!((before - budget.balance() - f64::from(retries)).abs() < 1e-6, "{name}: {budget:?}");
        assert_eq!(steadfast::deadline::current(), None, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn at_a_refusal() {
    #[bounded(by = limit, queue = 1, max_wait = 1s)]
    async fn refused(limit: &Bulkhead) -> Result<(), PolicyError> {
        unreachable!("a permit of {limit:?} is held")
    }

    let limit = Bulkhead::new(1);
    let held = limit.try_acquire();
    let function = concat!(module_path!(), "::refused");
    let at: At = |event| matches!(event, Event::Rejected { .. });
    let subscription = observe::subscribe(Arc::new(Panics { function, at }));
    assert!(AssertUnwindSafe(refused(&limit)).catch_unwind().await.is_err());
    drop(subscription);
    assert_eq!((limit.available(), limit.waiting()), (0, 0));
    drop(held);
    assert_eq!(limit.available(), 1);
}

#[tokio::test(start_paused = true)]
async fn when_the_call_is_finished() {
    #[bounded(by = limit)]
    async fn finished(limit: &Bulkhead) -> usize {
        limit.available()
    }

    let limit = Bulkhead::new(1);
    let function = concat!(module_path!(), "::finished");
    let at: At = |event| matches!(event, Event::Finished { .. });
    let subscription = observe::subscribe(Arc::new(Panics { function, at }));
    assert!(AssertUnwindSafe(finished(&limit)).catch_unwind().await.is_err());
    drop(subscription);
    assert_eq!(limit.available(), 1);
}

/// A panic while another one unwinds would abort the process, so this one runs in its own.
#[test]
fn at_every_event_of_a_call_the_process_lives_on() {
    const CHILD: &str = "STEADFAST_TEST_OBSERVER_CHILD";

    #[timeout(9s)]
    #[bounded(by = limit)]
    async fn observed(limit: &Bulkhead, panics: bool) -> Result<(), PolicyError> {
        assert!(!panics, "in the body");
        pending::<()>().await;
        unreachable!("{limit:?}")
    }

    if std::env::var_os(CHILD).is_none() {
        let name = "panics::at_every_event_of_a_call_the_process_lives_on";
        let child = Command::new(std::env::current_exe().expect("this binary"))
            .args([name, "--exact"])
            .env(CHILD, "1")
            .env("RUST_BACKTRACE", "0")
            .output()
            .expect("it was started a moment ago");
        let told = String::from_utf8_lossy(&child.stdout);
        assert!(child.status.success() && told.contains("1 passed"), "{:?}: {told}", child.status);
        return;
    }

    let limit = Bulkhead::new(1);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("no I/O").block_on(async {
        for at in [(|_| true) as At, |event| !matches!(event, Event::Started)] {
            let function = concat!(module_path!(), "::observed");
            let subscription = observe::subscribe(Arc::new(Panics { function, at }));
            for panics in [false, true] {
                assert!(AssertUnwindSafe(observed(&limit, panics)).catch_unwind().await.is_err());
            }
            drop(subscription);
            assert_eq!((limit.available(), limit.waiting()), (1, 0));
        }
    });
}
