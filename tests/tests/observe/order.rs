//! The events of one call, from the first to the last.

use super::*;

#[tokio::test(start_paused = true)]
async fn of_a_success() {
    #[timeout(attempt = 1s, total = 9s)]
    #[retry(on = any)]
    #[bounded(2)]
    async fn succeeds() -> io::Result<()> {
        sleep(ms(5)).await;
        Ok(())
    }

    let events = record!(succeeds);
    succeeds().await.unwrap();
    assert_eq!(events.take(), ["started", "attempt 1", "admitted after 0ns", "finished Succeeded in 5ms"]);
}

#[tokio::test(start_paused = true)]
async fn of_a_retry_that_helps() {
    #[retry(on = any, backoff = exp(10ms), jitter = none)]
    async fn retried(attempts: &Attempts) -> io::Result<u32> {
        attempts.fail_before(3)
    }

    let events = record!(retried);
    retried(&Attempts::new()).await.unwrap();
    assert_eq!(
        events.take(),
        [
            "started",
            "attempt 1",
            "attempt 1 failed: attempt 1; the next in 10ms",
            "attempt 2",
            "attempt 2 failed: attempt 2; the next in 20ms",
            "attempt 3",
            "finished Succeeded in 30ms",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_retry_that_does_not() {
    #[retry(on = any, attempts = 2, backoff = constant(10ms), jitter = none)]
    async fn fails(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(fails);
    fails(&Attempts::new()).await.unwrap_err();
    assert_eq!(
        events.take(),
        [
            "started",
            "attempt 1",
            "attempt 1 failed: attempt 1; the next in 10ms",
            "attempt 2",
            "gave up after 2 in 10ms: attempt 2; Attempts",
            "finished Failed in 10ms",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_refusal() {
    #[bounded(by = limit, reject)]
    async fn refused(limit: &Bulkhead) -> Result<(), PolicyError> {
        unreachable!("a permit of {limit:?} is held")
    }

    let events = record!(refused);
    let limit = Bulkhead::new(1);
    let _held = limit.try_acquire();
    refused(&limit).await.unwrap_err();
    assert_eq!(events.take(), ["started", "rejected: Full after 0ns", "finished Rejected in 0ns"]);
}

/// "The call was refused before its body ran", whatever else is around it.
#[tokio::test(start_paused = true)]
async fn of_a_refusal_inside_of_a_timeout() {
    #[timeout(1s)]
    #[bounded(by = limit, reject)]
    async fn refused_in_time(limit: &Bulkhead) -> Result<(), PolicyError> {
        pending::<()>().await;
        unreachable!("a permit of {limit:?} is held")
    }

    let events = record!(refused_in_time);
    let limit = Bulkhead::new(1);
    let _held = limit.try_acquire();
    refused_in_time(&limit).await.unwrap_err();
    assert_eq!(events.take(), ["started", "rejected: Full after 0ns", "finished Rejected in 0ns"]);
}

#[tokio::test(start_paused = true)]
async fn of_a_timeout() {
    #[timeout(1s)]
    async fn late() -> Result<(), PolicyError> {
        pending().await
    }

    let events = record!(late);
    late().await.unwrap_err();
    assert_eq!(events.take(), ["started", "timed out after 1s", "finished TimedOut in 1s"]);
}

#[tokio::test(start_paused = true)]
async fn of_a_timeout_that_gives_a_value() {
    #[timeout(1s, on_elapsed = 7)]
    async fn replaced() -> u32 {
        pending().await
    }

    let events = record!(replaced);
    assert_eq!(replaced().await, 7);
    assert_eq!(events.take(), ["started", "timed out after 1s", "finished TimedOut in 1s"]);
}

#[tokio::test(start_paused = true)]
async fn of_a_total_timeout_during_an_attempt() {
    #[timeout(total = 1s)]
    #[retry(on = any, backoff = constant(400ms), jitter = none)]
    async fn late_in_total(attempts: &Attempts) -> io::Result<()> {
        if attempts.begin() == 2 {
            pending::<()>().await;
        }
        Err(io::ErrorKind::BrokenPipe.into())
    }

    let events = record!(late_in_total);
    late_in_total(&Attempts::new()).await.unwrap_err();
    assert_eq!(
        events.take(),
        [
            "started",
            "attempt 1",
            "attempt 1 failed: broken pipe; the next in 400ms",
            "attempt 2",
            "timed out after 1s",
            "finished TimedOut in 1s",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_call_whose_caller_goes_away() {
    #[retry(on = any, backoff = constant(1s), jitter = none)]
    async fn abandoned(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[bounded(1)]
    async fn abandoned_inside() {
        pending::<()>().await;
    }

    let events = [record!(abandoned), record!(abandoned_inside)];
    {
        let attempts = Attempts::new();
        let mut calls = (Box::pin(abandoned(&attempts)), Box::pin(abandoned_inside()));
        assert!(futures::poll!(&mut calls.0).is_pending() && futures::poll!(&mut calls.1).is_pending());
        sleep(ms(300)).await;
    }
    let [retried, inside] = events.map(|events| events.take());
    let expected = [
        "started",
        "attempt 1",
        "attempt 1 failed: attempt 1; the next in 1s",
        "finished Cancelled in 300ms",
    ];
    assert_eq!(retried, expected);
    assert_eq!(inside, ["started", "admitted after 0ns", "finished Ended in 300ms"]);
}

#[tokio::test(start_paused = true)]
async fn of_a_call_that_was_never_polled_there_are_none() {
    #[bounded(1)]
    async fn never_polled() {}

    let events = record!(never_polled);
    drop(never_polled());
    assert!(events.take().is_empty());
}

#[tokio::test(start_paused = true)]
async fn of_a_panic() {
    #[timeout(9s)]
    async fn panics_in_time() -> Result<(), PolicyError> {
        sleep(ms(2)).await;
        panic!("of its own");
    }

    #[bounded(1)]
    async fn panics_inside() {
        sleep(ms(2)).await;
        panic!("of its own");
    }

    let events = [record!(panics_in_time), record!(panics_inside)];
    tokio::spawn(panics_in_time()).await.unwrap_err();
    tokio::spawn(panics_inside()).await.unwrap_err();
    let [in_time, inside] = events.map(|events| events.take());
    assert_eq!(in_time, ["started", "finished Panicked in 2ms"]);
    assert_eq!(inside, ["started", "admitted after 0ns", "finished Panicked in 2ms"]);
}

#[tokio::test(start_paused = true)]
async fn of_a_body_that_is_only_timed() {
    #[timeout(9s)]
    async fn returned(fails: bool) -> Result<(), PolicyError> {
        sleep(ms(2)).await;
        if fails { Err(panics::some_error().await) } else { Ok(()) }
    }

    let events = record!(returned);
    let _ = (returned(false).await, returned(true).await);
    let once = ["started", "finished Returned in 2ms"];
    assert_eq!(events.take(), [once, once].concat());
}
