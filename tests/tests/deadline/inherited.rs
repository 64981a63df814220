//! "A deadline set by an outer call is inherited by nested calls, backoff sleeps and queue waits."

use super::*;

#[timeout(2s)]
async fn caller<F: Future>(work: F) -> Result<F::Output, PolicyError> {
    Ok(work.await)
}

#[tokio::test(start_paused = true)]
async fn by_nested_calls() {
    #[timeout(5s)]
    async fn nested() -> Result<(), PolicyError> {
        pending().await
    }

    let (outcome, took) = timed(caller(nested())).await;
    assert_eq!(outcome.unwrap_err().function(), "deadline::inherited::caller");
    assert_eq!(took, secs(2));
}

#[tokio::test(start_paused = true)]
async fn by_calls_that_are_nested_deeply() {
    #[timeout(5s)]
    async fn first() -> Result<(), PolicyError> {
        second().await
    }

    #[timeout(3s)]
    async fn second() -> Result<(), PolicyError> {
        third().await
    }

    #[timeout(4s)]
    async fn third() -> Result<(), PolicyError> {
        pending().await
    }

    assert_eq!(first().await.unwrap_err().function(), "deadline::inherited::second");
    assert_eq!(timed(caller(first())).await.1, secs(2));
}

/// No sleep goes past the deadline: the pause that does not fit is not begun, and the error is there at once.
#[tokio::test(start_paused = true)]
async fn by_backoff_sleeps() {
    #[retry(on = any, attempts = 9, backoff = constant(700ms), jitter = none)]
    async fn pauses_into_the_deadline(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(pauses_into_the_deadline);
    let attempts = Attempts::new();
    let (outcome, took) = timed(caller(pauses_into_the_deadline(&attempts))).await;
    assert_eq!(outcome.unwrap().unwrap_err().to_string(), "attempt 3");
    assert_eq!(attempts.at(), [ms(0), ms(700), ms(1_400)]);
    assert_eq!(took, ms(1_400));
    let gave_up = "gave up after 3 in 1.4s: attempt 3; Deadline";
    assert!(events.take().iter().any(|line| line == gave_up), "{gave_up}");
}

/// No attempt starts at the deadline either.
#[tokio::test(start_paused = true)]
async fn by_attempts_that_would_start_at_the_deadline() {
    #[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none)]
    async fn every_second(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    let (outcome, took) = timed(caller(every_second(&attempts))).await;
    outcome.unwrap().unwrap_err();
    assert_eq!((attempts.at(), took), (vec![secs(0), secs(1)], secs(1)));
}

#[tokio::test(start_paused = true)]
async fn by_the_backoff_of_the_same_function() {
    #[timeout(total = 2s)]
    #[retry(on = any, attempts = 9, backoff = constant(700ms), jitter = none)]
    async fn total(attempts: &Attempts) -> io::Result<()> {
        yield_now().await;
        attempts.fail()
    }

    let attempts = Attempts::new();
    let (outcome, took) = timed(total(&attempts)).await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 3");
    assert_eq!((attempts.count(), took), (3, ms(1_400)));
}

#[tokio::test(start_paused = true)]
async fn by_queue_waits() {
    static ONE: Bulkhead = Bulkhead::new(1);

    #[bounded(by = ONE)]
    async fn queues() {
        unreachable!("it never came to its turn");
    }

    let held = ONE.try_acquire();
    let (outcome, took) = timed(caller(queues())).await;
    assert_eq!(outcome.unwrap_err().function(), "deadline::inherited::caller");
    assert_eq!((took, ONE.waiting()), (secs(2), 0));
    drop(held);
    assert_eq!(ONE.available(), 1);
}

#[tokio::test(start_paused = true)]
async fn by_apply() {
    let attempts = Attempts::new();
    let retried = apply!(retry(on = any, attempts = 9, backoff = constant(1500ms), jitter = none); async { attempts.fail::<()>() });
    let (outcome, took) = timed(caller(retried)).await;
    outcome.unwrap().unwrap_err();
    assert_eq!((attempts.count(), took), (2, ms(1_500)));
}

#[tokio::test(start_paused = true)]
async fn not_by_a_call_that_does_not_inherit() {
    #[timeout(total = 10s, inherit = false)]
    #[retry(on = any, attempts = 3, backoff = constant(1500ms), jitter = none)]
    async fn on_its_own(attempts: &Attempts) -> io::Result<()> {
        yield_now().await;
        attempts.fail()
    }

    let attempts = Attempts::new();
    let (outcome, took) = timed(caller(on_its_own(&attempts))).await;
    // It plans a pause past the caller's deadline, and the caller ends it there.
    assert_eq!(outcome.unwrap_err().function(), "deadline::inherited::caller");
    assert_eq!((attempts.count(), took), (2, secs(2)));
}

/// A task that was busy elsewhere wakes up late. No attempt starts at or after the deadline, and the last error stands.
#[tokio::test(start_paused = true)]
async fn by_a_pause_that_ends_too_late() {
    #[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none)]
    async fn wakes_late(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    let mut call = pin!(caller(wakes_late(&attempts)));
    assert!(futures::poll!(call.as_mut()).is_pending());
    advance(secs(5)).await;
    let outcome = call.await;
    assert_eq!(attempts.at(), [secs(0)], "no second attempt at 5 s, with a deadline at 2 s");
    assert!(!matches!(outcome, Ok(Ok(()))));
}
