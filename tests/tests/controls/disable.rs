//! `disable(kind)`: policies of one kind stand aside, and the others stay.

use super::*;

#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any, attempts = 3, backoff = constant(2s), jitter = none, idempotent)]
#[bounded(by = limit, max_wait = 500ms)]
async fn full_stack(attempts: &Attempts, limit: &Bulkhead) -> io::Result<Option<std::time::Duration>> {
    attempts.begin();
    let left = deadline::remaining();
    sleep(secs(3)).await;
    Ok(left)
}

#[tokio::test(start_paused = true)]
async fn without_controls_all_of_them_act() {
    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    let (outcome, took) = timed(full_stack(&attempts, &limit)).await;
    assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::TimedOut);
    assert_eq!((attempts.count(), took), (3, secs(7)));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_never_fires_and_sets_no_deadline() {
    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    let (outcome, took) =
        timed(Controls::new().disable(PolicyKind::Timeout).scope(full_stack(&attempts, &limit))).await;
    assert_eq!((outcome.unwrap(), took), (None, secs(3)));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_that_stands_aside_still_hands_an_outer_deadline_down() {
    #[timeout(20s)]
    async fn outer(attempts: &Attempts, limit: &Bulkhead) -> io::Result<Option<std::time::Duration>> {
        Controls::new().disable(PolicyKind::Timeout).scope(full_stack(attempts, limit)).await
    }

    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    assert_eq!(outer(&attempts, &limit).await.unwrap(), Some(secs(20)));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_is_moved_is_none_either() {
    let call = deadline::within(secs(1), async |limit| {
        limit.reschedule(tokio::time::Instant::now());
        sleep(secs(3)).await;
        (limit.at(), deadline::current())
    });
    let (outcome, took) = timed(Controls::new().disable(PolicyKind::Timeout).scope(call)).await;
    assert_eq!((outcome.unwrap(), took), ((None, None), secs(3)));
}

#[tokio::test(start_paused = true)]
async fn a_retry_makes_one_attempt() {
    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    let (outcome, took) =
        timed(Controls::new().disable(PolicyKind::Retry).scope(full_stack(&attempts, &limit))).await;
    assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::TimedOut);
    assert_eq!((attempts.count(), took), (1, secs(1)));
}

#[tokio::test(start_paused = true)]
async fn a_bulkhead_lets_all_in() {
    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    let _held = limit.try_acquire();
    let controls = Controls::new().disable(PolicyKind::Bounded).disable(PolicyKind::Timeout);
    let calls = (0..5).map(|_| controls.scope(full_stack(&attempts, &limit)));
    let (outcomes, took) = timed(futures::future::join_all(calls)).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!((attempts.count(), took), (5, secs(3)));
}

/// Each form of `bounded` has its own way in.
#[tokio::test(start_paused = true)]
async fn every_form_of_a_bulkhead_lets_all_in() {
    #[bounded(1)]
    async fn waits() {
        sleep(secs(1)).await;
    }

    #[bounded(limit)]
    async fn by_expression(limit: usize) {
        sleep(secs(1)).await;
    }

    #[bounded(1, reject)]
    async fn rejects() -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        Ok(())
    }

    #[bounded(1, key = 7)]
    async fn keyed() {
        sleep(secs(1)).await;
    }

    #[bounded(1, key = 7, reject)]
    async fn keyed_and_rejects() -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        Ok(())
    }

    async fn all() -> Result<(), PolicyError> {
        let ((), (), first, (), second) =
            futures::join!(waits(), by_expression(1), rejects(), keyed(), keyed_and_rejects());
        first.and(second)
    }

    let controls = Controls::new().disable(PolicyKind::Bounded);
    let (outcomes, took) = timed(controls.scope(futures::future::join_all([all(), all(), all()]))).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(took, secs(1));
    // And without the controls they do not.
    let (outcomes, took) = timed(futures::future::join_all([all(), all(), all()])).await;
    assert_eq!((outcomes.iter().filter(|outcome| outcome.is_ok()).count(), took), (1, secs(3)));
}

#[tokio::test(start_paused = true)]
async fn on_elapsed_and_fallback_values_do_not_come_into_play() {
    #[timeout(1s, on_elapsed = 0)]
    async fn late() -> u32 {
        sleep(secs(5)).await;
        1
    }

    assert_eq!(late().await, 0);
    assert_eq!(Controls::new().disable(PolicyKind::Timeout).scope(late()).await, 1);
}
