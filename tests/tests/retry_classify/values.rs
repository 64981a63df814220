//! `retry_if_ok`: a value that asks for another try.

use super::*;

#[derive(Debug, PartialEq)]
enum Job {
    Pending(u32),
    Done,
}

impl Job {
    fn is_pending(&self) -> bool {
        matches!(self, Self::Pending(_))
    }
}

fn poll_job(attempts: &Attempts, done_at: u32) -> Job {
    let attempt = attempts.begin();
    if attempt < done_at { Job::Pending(attempt) } else { Job::Done }
}

#[retry(on = any, retry_if_ok = |job| *job != Job::Done, attempts = 4, backoff = constant(1s), jitter = none)]
async fn by_closure(attempts: &Attempts, done_at: u32) -> Result<Job, Error> {
    Ok(poll_job(attempts, done_at))
}

#[retry(on = any, retry_if_ok = Job::is_pending, attempts = 4, backoff = constant(1s), jitter = none)]
async fn by_path(attempts: &Attempts, done_at: u32) -> Result<Job, Error> {
    Ok(poll_job(attempts, done_at))
}

#[tokio::test(start_paused = true)]
async fn a_value_that_asks_for_it_is_tried_again() {
    let attempts = Attempts::new();
    assert_eq!(by_closure(&attempts, 3).await, Ok(Job::Done));
    assert_eq!(attempts.at(), [secs(0), secs(1), secs(2)]);
    let attempts = Attempts::new();
    assert_eq!(by_path(&attempts, 3).await, Ok(Job::Done));
    assert_eq!(attempts.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn exhausted_it_returns_the_last_value() {
    let attempts = Attempts::new();
    assert_eq!(by_closure(&attempts, 99).await, Ok(Job::Pending(4)));
    assert_eq!(attempts.count(), 4);
}

/// "Adding a result condition does not replace the error condition."
#[tokio::test(start_paused = true)]
async fn errors_are_classified_as_ever() {
    #[retry(on(Error::Io(_)), retry_if_ok = Job::is_pending, attempts = 9, backoff = constant(1ms), jitter = none)]
    async fn mixed(attempts: &Attempts) -> Result<Job, Error> {
        match attempts.begin() {
            1 => Ok(Job::Pending(1)),
            2 => Err(Error::Io("reset")),
            3 => Ok(Job::Pending(3)),
            _ => Err(Error::Auth),
        }
    }

    let attempts = Attempts::new();
    assert_eq!(mixed(&attempts).await, Err(Error::Auth));
    assert_eq!(attempts.count(), 4);
}

#[tokio::test(start_paused = true)]
async fn with_a_bare_retry_it_is_beside_the_trait() {
    #[retry(retry_if_ok = Job::is_pending, backoff = constant(1ms), jitter = none)]
    async fn bare(attempts: &Attempts) -> Result<Job, Error> {
        Ok(poll_job(attempts, 2))
    }

    assert_eq!(bare(&Attempts::new()).await, Ok(Job::Done));
}

#[tokio::test(start_paused = true)]
async fn the_events_tell_it_as_a_retry() {
    #[retry(on = any, retry_if_ok = Job::is_pending, attempts = 2, backoff = constant(1s), jitter = none)]
    async fn told(attempts: &Attempts) -> Result<Job, Error> {
        Ok(poll_job(attempts, 9))
    }

    let events = record!(told);
    told(&Attempts::new()).await.unwrap();
    assert_eq!(
        events.take(),
        [
            "started",
            "attempt 1",
            "attempt 1 failed: a value that asks for another try; the next in 1s",
            "attempt 2",
            "gave up after 2 in 1s: a value that asks for another try; Attempts",
            "finished Succeeded in 1s",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn it_is_retried_without_idempotent_since_the_function_says_so_itself() {
    #[timeout(attempt = 1s, map_err = |_| Error::Auth)]
    #[retry(on = any, retry_if_ok = Job::is_pending, backoff = constant(1ms), jitter = none)]
    async fn beside_a_timeout(attempts: &Attempts) -> Result<Job, Error> {
        sleep(ms(1)).await;
        Ok(poll_job(attempts, 3))
    }

    assert_eq!(beside_a_timeout(&Attempts::new()).await, Ok(Job::Done));
}
