//! "Our own refusals were not executed and are always safe; a timeout may have executed and is retried only with
//! `idempotent`."

use std::future::pending;

use super::*;

/// The classification does not know `PolicyError`, and would not retry what is made of it.
fn foreign(_: PolicyError) -> Error {
    Error::Auth
}

#[tokio::test(start_paused = true)]
async fn full_is_always_retried() {
    #[retry(on(Error::Io(_)), attempts = 5, backoff = constant(1s), jitter = none)]
    #[bounded(1, reject, map_err = foreign)]
    async fn one_at_a_time(attempts: &Attempts) -> Result<(), Error> {
        attempts.begin();
        sleep(ms(2_500)).await;
        Ok(())
    }

    let (first, second) = (Attempts::new(), Attempts::new());
    let (a, b) = futures::join!(one_at_a_time(&first), one_at_a_time(&second));
    assert_eq!((a, b), (Ok(()), Ok(())));
    assert_eq!((first.at(), second.at()), (vec![secs(0)], vec![secs(3)]), "refused at 0, 1 and 2 s");
}

#[tokio::test(start_paused = true)]
async fn full_is_retried_as_often_as_there_are_attempts() {
    #[retry(on(io::Error { .. } if false), attempts = 3, backoff = constant(1s), jitter = none)]
    #[bounded(1, reject)]
    async fn refused(never: bool) -> io::Result<()> {
        if never { pending().await } else { Ok(()) }
    }

    let holder = tokio::spawn(refused(true));
    tokio::task::yield_now().await;
    let (outcome, took) = timed(refused(false)).await;
    let error = outcome.unwrap_err();
    let policy =
        error.get_ref().and_then(|error| error.downcast_ref::<PolicyError>()).expect("the last refusal");
    assert_eq!((policy.kind(), took), (PolicyErrorKind::Full, secs(2)));
    holder.abort();
}

#[timeout(attempt = 1s, map_err = foreign)]
#[retry(on(Error::Io(_)), backoff = constant(1ms), jitter = none)]
async fn not_idempotent(attempts: &Attempts, slow_until: u32) -> Result<u32, Error> {
    let attempt = attempts.begin();
    if attempt < slow_until {
        sleep(secs(60)).await;
    }
    Ok(attempt)
}

#[timeout(attempt = 1s, map_err = foreign)]
#[retry(on(Error::Io(_)), idempotent, backoff = constant(1ms), jitter = none)]
async fn idempotent(attempts: &Attempts, slow_until: u32) -> Result<u32, Error> {
    let attempt = attempts.begin();
    if attempt < slow_until {
        sleep(secs(60)).await;
    }
    Ok(attempt)
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_timed_out_is_retried_only_with_idempotent() {
    let attempts = Attempts::new();
    assert_eq!(not_idempotent(&attempts, 3).await, Err(Error::Auth));
    assert_eq!(attempts.count(), 1);
    let attempts = Attempts::new();
    assert_eq!(idempotent(&attempts, 3).await, Ok(3));
    assert_eq!(attempts.at(), [ms(0), ms(1_001), ms(2_002)]);
}

/// `any` classifies errors, and says nothing about whether the body may run twice.
#[tokio::test(start_paused = true)]
async fn any_is_not_idempotent() {
    #[timeout(attempt = 1s)]
    #[retry(on = any, backoff = constant(1ms), jitter = none)]
    async fn retried_for_any_error(attempts: &Attempts) -> io::Result<()> {
        attempts.begin();
        pending().await
    }

    let events = record!(retried_for_any_error);
    let attempts = Attempts::new();
    assert_eq!(retried_for_any_error(&attempts).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    assert_eq!(attempts.count(), 1);
    assert!(events.take().iter().any(|line| line.contains("MayHaveExecuted")));
}

#[tokio::test(start_paused = true)]
async fn abort_wins_over_refusals_and_over_idempotent() {
    #[timeout(attempt = 1s, map_err = foreign)]
    #[retry(on = any, abort(Error::Auth), idempotent, backoff = constant(1ms), jitter = none)]
    async fn aborts(attempts: &Attempts) -> Result<(), Error> {
        attempts.begin();
        pending().await
    }

    #[retry(on = any, abort(Error::Auth), backoff = constant(1ms), jitter = none)]
    #[bounded(1, reject, map_err = foreign)]
    async fn aborts_when_full() -> Result<(), Error> {
        pending().await
    }

    let attempts = Attempts::new();
    assert_eq!(aborts(&attempts).await, Err(Error::Auth));
    assert_eq!(attempts.count(), 1);

    let holder = tokio::spawn(aborts_when_full());
    tokio::task::yield_now().await;
    let (outcome, took) = timed(aborts_when_full()).await;
    assert_eq!((outcome, took), (Err(Error::Auth), secs(0)));
    holder.abort();
}

/// An inner function's timeout, in an error that knows what it stands for.
#[tokio::test(start_paused = true)]
async fn a_bare_retry_asks_the_error_whether_the_body_may_have_run() {
    #[timeout(1s)]
    async fn inner(attempts: &Attempts) -> Result<(), PolicyError> {
        attempts.begin();
        pending().await
    }

    #[retry(backoff = constant(1ms), jitter = none)]
    async fn careful(attempts: &Attempts) -> Result<(), PolicyError> {
        inner(attempts).await
    }

    #[retry(idempotent, backoff = constant(1ms), jitter = none)]
    async fn carefree(attempts: &Attempts) -> io::Result<()> {
        Ok(inner(attempts).await?)
    }

    let attempts = Attempts::new();
    careful(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 1);
    let attempts = Attempts::new();
    carefree(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 3);
}

/// What one attempt ended with says nothing about the next one.
#[tokio::test(start_paused = true)]
async fn a_refusal_does_not_make_the_next_error_safe() {
    #[retry(on(Error::Io(_)), attempts = 5, backoff = constant(1s), jitter = none)]
    #[bounded(1, reject, map_err = foreign)]
    async fn refused_first(attempts: &Attempts, fails: bool) -> Result<(), Error> {
        attempts.begin();
        sleep(ms(500)).await;
        if fails { Err(Error::Http { status: 404 }) } else { Ok(()) }
    }

    let (first, second) = (Attempts::new(), Attempts::new());
    let (a, b) = futures::join!(refused_first(&first, false), refused_first(&second, true));
    assert_eq!((a, b), (Ok(()), Err(Error::Http { status: 404 })));
    assert_eq!(second.at(), [secs(1)], "one run of the body, after one refusal");
}
