//! "Textual order never matters."

use super::*;

async fn body(attempts: &Attempts, limit: &Bulkhead) -> io::Result<u32> {
    let attempt = attempts.begin();
    if attempt == 1 {
        pending::<()>().await;
    }
    assert_eq!(limit.available(), 0, "inside");
    attempts.fail_before(9)
}

#[timeout(attempt = 1s, total = 5s)]
#[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none, idempotent)]
#[bounded(by = limit, max_wait = 1s)]
async fn trb(attempts: &Attempts, limit: &Bulkhead) -> io::Result<u32> {
    body(attempts, limit).await
}

#[timeout(attempt = 1s, total = 5s)]
#[bounded(by = limit, max_wait = 1s)]
#[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none, idempotent)]
async fn tbr(attempts: &Attempts, limit: &Bulkhead) -> io::Result<u32> {
    body(attempts, limit).await
}

#[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none, idempotent)]
#[timeout(attempt = 1s, total = 5s)]
#[bounded(by = limit, max_wait = 1s)]
async fn rtb(attempts: &Attempts, limit: &Bulkhead) -> io::Result<u32> {
    body(attempts, limit).await
}

#[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none, idempotent)]
#[bounded(by = limit, max_wait = 1s)]
#[timeout(attempt = 1s, total = 5s)]
async fn rbt(attempts: &Attempts, limit: &Bulkhead) -> io::Result<u32> {
    body(attempts, limit).await
}

#[bounded(by = limit, max_wait = 1s)]
#[timeout(attempt = 1s, total = 5s)]
#[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none, idempotent)]
async fn btr(attempts: &Attempts, limit: &Bulkhead) -> io::Result<u32> {
    body(attempts, limit).await
}

#[bounded(by = limit, max_wait = 1s)]
#[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none, idempotent)]
#[timeout(attempt = 1s, total = 5s)]
async fn brt(attempts: &Attempts, limit: &Bulkhead) -> io::Result<u32> {
    body(attempts, limit).await
}

/// What a call does: its error, how long it takes, and when the body began.
async fn run<'a, F>(call: impl FnOnce(&'a Attempts, &'a Bulkhead) -> F) -> (String, Duration, Vec<Duration>)
where
    F: Future<Output = io::Result<u32>>,
{
    let attempts: &'static Attempts = Box::leak(Box::new(Attempts::new()));
    let limit: &'static Bulkhead = Box::leak(Box::new(Bulkhead::new(1)));
    let (outcome, took) = timed(call(attempts, limit)).await;
    assert_eq!(limit.available(), 1);
    (outcome.unwrap_err().to_string(), took, attempts.at())
}

#[tokio::test(start_paused = true)]
async fn every_order_of_the_attributes_is_the_same_stack() {
    let ended =
        [run(trb).await, run(tbr).await, run(rtb).await, run(rbt).await, run(btr).await, run(brt).await];
    // The first attempt ends at 1 s; each of the others begins twice in the count of `attempts`, and fails at once.
    let expected = ("attempt 7".to_owned(), secs(4), [0, 2, 2, 3, 3, 4, 4].map(secs).to_vec());
    for outcome in ended {
        assert_eq!(outcome, expected);
    }
}

/// A foreign attribute between them is none of ours, and the ones below it are found all the same.
#[tokio::test(start_paused = true)]
async fn a_foreign_attribute_between_them_does_not_part_them() {
    #[bounded(by = limit)]
    #[allow(clippy::needless_pass_by_ref_mut)]
    #[retry(on = any, attempts = 2, backoff = constant(10s), jitter = none)]
    #[inline]
    #[timeout(attempt = 1s, total = 60s)]
    async fn mixed(attempts: &Attempts, limit: &Bulkhead) -> io::Result<()> {
        sleep(ms(1)).await;
        assert_eq!(limit.available(), 0);
        attempts.fail()
    }

    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    let call = mixed(&attempts, &limit);
    let look = async {
        sleep(secs(5)).await;
        limit.available()
    };
    let (outcome, free) = futures::join!(call, look);
    outcome.unwrap_err();
    assert_eq!((attempts.count(), free), (2, 1), "the retry is outside of the limit");
}
