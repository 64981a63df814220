//! A body that never awaits, inside of policies that do.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_timeout_fires_in_the_queue_of_a_body_that_never_awaits() {
    #[timeout(2s)]
    #[bounded(by = limit)]
    async fn quick(limit: &Bulkhead) -> io::Result<usize> {
        Ok(limit.available())
    }

    let limit = Bulkhead::new(1);
    assert_eq!(quick(&limit).await.unwrap(), 0);
    let _held = limit.try_acquire();
    let (outcome, took) = timed(quick(&limit)).await;
    assert_eq!((kind(outcome), took), (PolicyErrorKind::TimedOut, secs(2)));
}

#[tokio::test(start_paused = true)]
async fn an_attempts_timeout_fires_in_the_queue_of_a_body_that_never_awaits() {
    #[timeout(attempt = 2s)]
    #[retry(on = any, attempts = 2, idempotent, backoff = constant(1s), jitter = none)]
    #[bounded(by = limit)]
    async fn quick(limit: &Bulkhead) -> io::Result<usize> {
        Ok(limit.available())
    }

    let limit = Bulkhead::new(1);
    let _held = limit.try_acquire();
    let (outcome, took) = timed(quick(&limit)).await;
    assert_eq!((kind(outcome), took), (PolicyErrorKind::TimedOut, secs(5)));
}

#[tokio::test(start_paused = true)]
async fn a_total_bounds_the_pauses_of_a_body_that_never_awaits() {
    #[timeout(total = 5s)]
    #[retry(on = any, attempts = unlimited, backoff = constant(2s), jitter = none)]
    async fn quick(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    let (outcome, took) = timed(quick(&attempts)).await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 3");
    assert_eq!((attempts.count(), took), (3, secs(4)));
}
