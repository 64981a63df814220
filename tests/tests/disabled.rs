//! `STEADFAST_DISABLED`: one environment switch turns every policy off.
//!
//! It is read once per process, so each test runs its body in a process of its own, with the variable set.

use std::io;
use std::process::Command;

use steadfast::testing::Controls;
use steadfast::{Bulkhead, PolicyError, PolicyErrorKind, apply, bounded, deadline, retry, timeout};
use steadfast_tests::{Attempts, secs, timed};
use tokio::time::sleep;

/// Says to a test that it is the child.
const CHILD: &str = "STEADFAST_TEST_CHILD";

/// Runs the test of this name again, in a process where the switch has this value; `body` is what it does there.
fn with_switch<F: Future<Output = ()>>(name: &str, values: &[&str], body: impl FnOnce() -> F) {
    if std::env::var_os(CHILD).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        return runtime.expect("no I/O").block_on(body());
    }
    for value in values {
        let child = Command::new(std::env::current_exe().expect("this binary"))
            .args([name, "--exact"])
            .env(CHILD, "1")
            .env("STEADFAST_DISABLED", value)
            .output()
            .expect("it was started a moment ago");
        let told = String::from_utf8_lossy(&child.stdout);
        assert!(child.status.success() && told.contains("1 passed"), "{value:?}: {told}");
    }
}

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any, attempts = 3, backoff = constant(2s), jitter = none, idempotent)]
#[bounded(by = limit, max_wait = 500ms)]
async fn full_stack(attempts: &Attempts, limit: &Bulkhead, good: u32) -> io::Result<u32> {
    assert_eq!(deadline::remaining().is_some(), good == 0);
    sleep(secs(3)).await;
    attempts.fail_before(good)
}

#[test]
fn on_it_turns_all_policies_off() {
    with_switch("on_it_turns_all_policies_off", &["1", "true", "yes", "on"], || async {
        let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
        let _held = limit.try_acquire();
        let (outcome, took) = timed(full_stack(&attempts, &limit, 2)).await;
        assert_eq!(outcome.unwrap_err().to_string(), "attempt 1", "no retry");
        assert_eq!(took, secs(3), "no timeout, no wait for the permit that is held");
    });
}

#[test]
fn off_it_changes_nothing() {
    with_switch("off_it_changes_nothing", &["", "0", "false", "no", "off"], || async {
        let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
        let (outcome, took) = timed(full_stack(&attempts, &limit, 0)).await;
        assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert_eq!(took, secs(7));
    });
}

#[test]
fn on_it_holds_for_every_form() {
    #[bounded(1)]
    async fn waits() {
        sleep(secs(1)).await;
    }

    #[bounded(limit)]
    async fn by_expression(limit: usize) {
        sleep(secs(1)).await;
    }

    #[bounded(1, key = 7, reject)]
    async fn keyed() -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        Ok(())
    }

    #[timeout(1s, on_elapsed = 0)]
    async fn replaced() -> u32 {
        sleep(secs(1)).await;
        1
    }

    #[retry(on = any, attempts = unlimited, backoff = constant(1h))]
    fn blocking(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    with_switch("on_it_holds_for_every_form", &["1"], || async {
        let calls = async {
            let ((), (), outcome, value) = futures::join!(waits(), by_expression(1), keyed(), replaced());
            (outcome.is_ok(), value)
        };
        let again = async {
            let ((), (), outcome, value) = futures::join!(waits(), by_expression(1), keyed(), replaced());
            (outcome.is_ok(), value)
        };
        let (ended, took) = timed(async { futures::join!(calls, again) }).await;
        assert_eq!((ended, took), (((true, 1), (true, 1)), secs(1)));

        let attempts = Attempts::new();
        blocking(&attempts).unwrap_err();
        assert_eq!(attempts.count(), 1);
        let outcome = apply!(retry(on = any), timeout(attempt = 1s); async {
            sleep(secs(5)).await;
            attempts.fail::<()>()
        });
        assert_eq!(outcome.await.unwrap_err().to_string(), "attempt 2");
        assert_eq!(attempts.count(), 2);
    });
}

/// Controls are for what is on; they turn nothing on again.
#[test]
fn on_it_wins_over_controls() {
    with_switch("on_it_wins_over_controls", &["1"], || async {
        let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
        let call = Controls::new().max_attempts(3).scope(full_stack(&attempts, &limit, 2));
        assert_eq!(call.await.unwrap_err().to_string(), "attempt 1");
    });
}

/// The value that attributes are made of is not a policy: who takes a permit by hand gets what it asks for.
#[test]
fn on_it_leaves_a_bulkhead_alone_that_is_used_as_a_value() {
    with_switch("on_it_leaves_a_bulkhead_alone_that_is_used_as_a_value", &["1"], || async {
        let limit = Bulkhead::new(1);
        let held = limit.acquire().await;
        let refused = limit.acquire_with(&steadfast::Admission::reject()).await.unwrap_err();
        assert_eq!(refused.kind(), PolicyErrorKind::Full);
        drop(held);
    });
}
