//! `cancel = token`: ends the waiting at once, with the last error.

use super::*;

struct Client {
    shutdown: CancellationToken,
}

impl Client {
    #[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = self.shutdown)]
    async fn by_field(&self, attempts: &Attempts) -> io::Result<u32> {
        attempts.fail_before(3)
    }

    #[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = self.shutdown.child_token())]
    async fn by_expression(&self, attempts: &Attempts) -> io::Result<u32> {
        attempts.fail_before(3)
    }
}

#[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = token)]
async fn by_reference(attempts: &Attempts, token: &CancellationToken) -> io::Result<u32> {
    attempts.fail_before(3)
}

#[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = token)]
async fn by_value(attempts: &Attempts, token: CancellationToken) -> io::Result<u32> {
    attempts.fail_before(3)
}

async fn cancelled_after<T>(
    time: Duration,
    token: &CancellationToken,
    call: impl Future<Output = T>,
) -> (T, Duration) {
    let cancel = async {
        sleep(time).await;
        token.cancel();
    };
    timed(async { futures::join!(call, cancel).0 }).await
}

#[tokio::test(start_paused = true)]
async fn it_ends_the_pause_at_once_with_the_last_error() {
    let (attempts, token) = (Attempts::new(), CancellationToken::new());
    let (outcome, took) = cancelled_after(secs(13), &token, by_reference(&attempts, &token)).await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 2");
    assert_eq!((attempts.count(), took), (2, secs(13)));

    let (attempts, token) = (Attempts::new(), CancellationToken::new());
    let (outcome, took) = cancelled_after(secs(3), &token, by_value(&attempts, token.clone())).await;
    assert_eq!((outcome.unwrap_err().to_string(), took), ("attempt 1".to_owned(), secs(3)));

    for by_field in [true, false] {
        let (attempts, client) = (Attempts::new(), Client { shutdown: CancellationToken::new() });
        let call = async {
            if by_field { client.by_field(&attempts).await } else { client.by_expression(&attempts).await }
        };
        let (outcome, took) = cancelled_after(secs(3), &client.shutdown, call).await;
        assert_eq!((outcome.unwrap_err().to_string(), took), ("attempt 1".to_owned(), secs(3)));
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_cancellation_nothing_changes() {
    let (attempts, token) = (Attempts::new(), CancellationToken::new());
    let (outcome, took) = timed(by_reference(&attempts, &token)).await;
    assert_eq!((outcome.unwrap(), took), (3, secs(20)));
}

#[tokio::test(start_paused = true)]
async fn a_running_attempt_is_not_interrupted_but_is_the_last() {
    #[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = token)]
    async fn slow(attempts: &Attempts, good: u32, token: &CancellationToken) -> io::Result<u32> {
        sleep(secs(5)).await;
        attempts.fail_before(good)
    }

    let (attempts, token) = (Attempts::new(), CancellationToken::new());
    let (outcome, took) = cancelled_after(secs(1), &token, slow(&attempts, 9, &token)).await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 1");
    assert_eq!((attempts.count(), took), (1, secs(5)));

    let (attempts, token) = (Attempts::new(), CancellationToken::new());
    let (outcome, _) = cancelled_after(secs(1), &token, slow(&attempts, 1, &token)).await;
    assert_eq!(outcome.unwrap(), 1, "a success stays one");
}

#[tokio::test(start_paused = true)]
async fn the_token_of_the_budget_comes_back() {
    #[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = token, budget = budget)]
    async fn paid(attempts: &Attempts, token: &CancellationToken, budget: &Budget) -> io::Result<()> {
        attempts.fail()
    }

    let (attempts, token, budget) = (Attempts::new(), CancellationToken::new(), Budget::new());
    let before = budget.balance();
    cancelled_after(secs(3), &token, paid(&attempts, &token, &budget)).await.0.unwrap_err();
    assert!((budget.balance() - before).abs() < f64::EPSILON);
}

#[tokio::test(start_paused = true)]
async fn the_event_says_so_and_shows_the_last_error() {
    #[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = token)]
    async fn told(attempts: &Attempts, token: &CancellationToken) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(told);
    let (attempts, token) = (Attempts::new(), CancellationToken::new());
    cancelled_after(secs(3), &token, told(&attempts, &token)).await.0.unwrap_err();
    assert_eq!(
        events.take(),
        [
            "started",
            "attempt 1",
            "attempt 1 failed: attempt 1; the next in 10s",
            "gave up after 1 in 3s: attempt 1; Cancelled",
            "finished Failed in 3s",
        ]
    );
}

/// A value that is sent back is no error; cancelled, it is what the caller gets.
#[tokio::test(start_paused = true)]
async fn a_value_that_asks_for_another_try_is_returned_when_cancelled() {
    #[retry(on = any, retry_if_ok = |value| *value < 9, backoff = constant(10s), jitter = none, cancel = token)]
    async fn pending(attempts: &Attempts, token: &CancellationToken) -> io::Result<u32> {
        Ok(attempts.begin())
    }

    let (attempts, token) = (Attempts::new(), CancellationToken::new());
    let (outcome, took) = cancelled_after(secs(3), &token, pending(&attempts, &token)).await;
    assert_eq!((outcome.unwrap(), took), (1, secs(3)));
}

#[tokio::test(start_paused = true)]
async fn it_ends_the_pause_inside_of_a_timeout_too() {
    #[timeout(attempt = 30s, total = 60s)]
    #[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = token)]
    async fn inside_of_a_timeout(attempts: &Attempts, token: &CancellationToken) -> io::Result<()> {
        sleep(secs(1)).await;
        attempts.fail()
    }

    let events = record!(inside_of_a_timeout);
    let (attempts, token) = (Attempts::new(), CancellationToken::new());
    let (outcome, took) = cancelled_after(secs(15), &token, inside_of_a_timeout(&attempts, &token)).await;
    assert_eq!((outcome.unwrap_err().to_string(), took), ("attempt 2".to_owned(), secs(15)));
    let told = events.take();
    assert_eq!(
        told[told.len() - 2..],
        ["gave up after 2 in 15s: attempt 2; Cancelled", "finished Failed in 15s"]
    );
}
