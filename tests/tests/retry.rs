//! `#[retry]`: how often, how long, and what else ends it.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use steadfast::backoff::{self, Backoff, Constant, Exponential};
use steadfast::{Budget, Retrying, retry, timeout};
use steadfast_tests::{Attempts, ms, record, secs, timed};
use tokio::time::{advance, sleep};
use tokio_util::sync::CancellationToken;

#[path = "retry/arguments.rs"]
mod arguments;
#[path = "retry/backoffs.rs"]
mod backoffs;
#[path = "retry/budgets.rs"]
mod budgets;
#[path = "retry/cancel.rs"]
mod cancel;
#[path = "retry/hints.rs"]
mod hints;
#[path = "retry/hooks.rs"]
mod hooks;
#[path = "retry/jitters.rs"]
mod jitters;
#[path = "retry/limits.rs"]
mod limits;
#[path = "retry/nested.rs"]
mod nested;
#[path = "retry/nonsense.rs"]
mod nonsense;
#[path = "retry/unlimited.rs"]
mod unlimited;
#[path = "retry/within.rs"]
mod within;

#[retry(on = any)]
async fn plain(attempts: &Attempts, good: u32) -> io::Result<u32> {
    attempts.fail_before(good)
}

#[tokio::test(start_paused = true)]
async fn a_call_that_succeeds_is_made_once() {
    let attempts = Attempts::new();
    assert_eq!(plain(&attempts, 1).await.unwrap(), 1);
    assert_eq!(attempts.at(), [secs(0)]);
}

#[tokio::test(start_paused = true)]
async fn the_first_success_is_returned() {
    let attempts = Attempts::new();
    assert_eq!(plain(&attempts, 2).await.unwrap(), 2);
    assert_eq!(attempts.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn three_attempts_unless_said() {
    let attempts = Attempts::new();
    plain(&attempts, 9).await.unwrap_err();
    assert_eq!(attempts.count(), 3);
}

/// Not a copy, not a wrapper: the very value.
#[tokio::test(start_paused = true)]
async fn the_last_real_error_is_returned_unchanged() {
    #[derive(Debug)]
    struct Unique(Box<u32>);

    #[retry(on = any, budget = none)]
    async fn fails(addresses: &Mutex<Vec<usize>>) -> Result<(), Unique> {
        let mut addresses = addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let error = Unique(Box::new(u32::try_from(addresses.len()).expect("few") + 1));
        addresses.push(std::ptr::from_ref(&*error.0).addr());
        Err(error)
    }

    let addresses = Mutex::default();
    let error = fails(&addresses).await.unwrap_err();
    assert_eq!(*error.0, 3);
    let addresses = addresses.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(addresses.last(), Some(&std::ptr::from_ref(&*error.0).addr()));
}

/// So that an error which holds a connection, say, does not hold it through the pause.
#[tokio::test(start_paused = true)]
async fn the_error_of_a_failed_attempt_is_dropped_before_the_pause() {
    #[derive(Debug)]
    struct Holds<'a>(&'a Mutex<Vec<Duration>>, tokio::time::Instant);

    impl Drop for Holds<'_> {
        fn drop(&mut self) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(self.1.elapsed());
        }
    }

    #[retry(on = any, attempts = 2, backoff = constant(5s), jitter = none)]
    async fn fails(dropped: &Mutex<Vec<Duration>>) -> Result<(), Holds<'_>> {
        Err(Holds(dropped, tokio::time::Instant::now()))
    }

    let dropped = Mutex::default();
    let error = fails(&dropped).await.unwrap_err();
    assert_eq!(*dropped.lock().unwrap_or_else(PoisonError::into_inner), [secs(0)]);
    drop(error);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_is_not_retried() {
    #[retry(on = any, backoff = constant(1s), jitter = none)]
    async fn abandoned(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    {
        let mut call = Box::pin(abandoned(&attempts));
        assert!(futures::poll!(call.as_mut()).is_pending());
    }
    sleep(secs(60)).await;
    assert_eq!(attempts.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_not_retried() {
    #[retry(on = any)]
    async fn panics(attempts: &Attempts) -> io::Result<()> {
        attempts.begin();
        panic!("of its own");
    }

    let attempts = std::sync::Arc::new(Attempts::new());
    let call = {
        let attempts = std::sync::Arc::clone(&attempts);
        tokio::spawn(async move { panics(&attempts).await })
    };
    assert!(call.await.unwrap_err().is_panic());
    assert_eq!(attempts.count(), 1);
}
