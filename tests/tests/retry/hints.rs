//! `Retry-After`: a floor for the pause, within bounds.

use super::*;

#[derive(Debug)]
struct Throttled(Option<Duration>);

impl Throttled {
    fn retry_after(&self) -> Option<Duration> {
        self.0
    }
}

#[retry(on = any, attempts = 2, backoff = constant(1s), jitter = none, retry_after = Throttled::retry_after)]
async fn by_path(attempts: &Attempts, hint: Option<Duration>) -> Result<(), Throttled> {
    attempts.begin();
    Err(Throttled(hint))
}

#[retry(on = any, attempts = 2, backoff = constant(1s), jitter = none, retry_after = |error| error.0.map(|hint| hint * factor))]
async fn by_closure(attempts: &Attempts, hint: Option<Duration>, factor: u32) -> Result<(), Throttled> {
    attempts.begin();
    Err(Throttled(hint))
}

#[retry(
    on = any,
    attempts = 2,
    backoff = constant(1s),
    jitter = none,
    retry_after = Throttled::retry_after,
    retry_after_max = 30s
)]
async fn with_max(attempts: &Attempts, hint: Option<Duration>) -> Result<(), Throttled> {
    attempts.begin();
    Err(Throttled(hint))
}

#[retry(
    on = any,
    attempts = 2,
    backoff = constant(1s),
    jitter = none,
    retry_after = Throttled::retry_after,
    retry_after_max = most
)]
async fn with_max_by_parameter(attempts: &Attempts, hint: Duration, most: Duration) -> Result<(), Throttled> {
    attempts.begin();
    Err(Throttled(Some(hint)))
}

async fn pause<'a, F: Future<Output = Result<(), Throttled>>>(
    call: impl FnOnce(&'a Attempts) -> F,
) -> Duration {
    let attempts: &'static Attempts = Box::leak(Box::new(Attempts::new()));
    call(attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 2);
    attempts.pauses()[0]
}

#[tokio::test(start_paused = true)]
async fn without_a_max_the_hint_is_kept_between_the_pause_and_five_seconds_more() {
    for (hint, expected) in [
        (None, secs(1)),
        (Some(secs(0)), secs(1)),
        (Some(ms(200)), secs(1)),
        (Some(secs(2)), secs(2)),
        (Some(secs(6)), secs(6)),
        (Some(secs(7)), secs(6)),
        (Some(secs(3_600)), secs(6)),
        (Some(Duration::MAX), secs(6)),
    ] {
        assert_eq!(pause(|attempts| by_path(attempts, hint)).await, expected, "{hint:?}");
    }
    assert_eq!(pause(|attempts| by_closure(attempts, Some(secs(2)), 2)).await, secs(4));
    assert_eq!(pause(|attempts| by_closure(attempts, None, 2)).await, secs(1));
}

#[tokio::test(start_paused = true)]
async fn retry_after_max_takes_the_place_of_the_five_seconds() {
    for (hint, expected) in [(None, 1), (Some(0), 1), (Some(20), 20), (Some(30), 30), (Some(60), 30)] {
        assert_eq!(pause(|attempts| with_max(attempts, hint.map(secs))).await, secs(expected), "{hint:?}");
    }
    assert_eq!(pause(|attempts| with_max_by_parameter(attempts, secs(60), secs(40))).await, secs(40));
    assert_eq!(
        pause(|attempts| with_max_by_parameter(attempts, secs(60), ms(10))).await,
        secs(1),
        "the backoff stays the floor"
    );
}

#[tokio::test(start_paused = true)]
async fn a_hint_longer_than_what_is_left_of_within_gives_up_now_with_the_hint_in_the_event() {
    #[retry(on = any, within = 10s, backoff = constant(1s), jitter = none, retry_after = Throttled::retry_after)]
    async fn hint_past_within(attempts: &Attempts) -> Result<(), Throttled> {
        attempts.begin();
        Err(Throttled(Some(secs(3_600))))
    }

    let events = record!(hint_past_within);
    let (outcome, took) = timed(hint_past_within(&Attempts::new())).await;
    assert_eq!(outcome.unwrap_err().0, Some(secs(3_600)), "and in the error, as it was");
    assert_eq!(took, secs(0));
    let expected = "gave up after 1 in 0ns: Throttled(Some(3600s)); RetryAfter, asked for 3600s";
    assert!(events.take().iter().any(|line| line == expected));
}

#[tokio::test(start_paused = true)]
async fn a_hint_longer_than_what_is_left_of_the_deadline_gives_up_now_with_the_hint_in_the_event() {
    #[timeout(total = 10s, map_err = |_| Throttled(None))]
    #[retry(on = any, attempts = 5, backoff = constant(1s), jitter = none, retry_after = Throttled::retry_after)]
    async fn hint_past_deadline(attempts: &Attempts, hints: &[u64]) -> Result<(), Throttled> {
        sleep(secs(1)).await;
        let attempt = usize::try_from(attempts.begin()).expect("few");
        Err(Throttled(Some(secs(hints[attempt - 1]))))
    }

    let events = record!(hint_past_deadline);
    let attempts = Attempts::new();
    let (outcome, took) = timed(hint_past_deadline(&attempts, &[2, 3, 4])).await;
    // 1 s, 2 s of pause, 1 s, 3 s of pause, 1 s: 2 s are left, and 4 s were asked for.
    assert_eq!(outcome.unwrap_err().0, Some(secs(4)));
    assert_eq!((attempts.count(), took), (3, secs(8)));
    let expected = "gave up after 3 in 8s: Throttled(Some(4s)); RetryAfter, asked for 4s";
    assert!(events.take().iter().any(|line| line == expected));
}

#[tokio::test(start_paused = true)]
async fn a_hint_as_long_as_what_is_left_is_too_long() {
    #[retry(on = any, within = 3s, backoff = constant(1s), jitter = none, retry_after = Throttled::retry_after)]
    async fn hint_to_the_end(attempts: &Attempts, hint: Duration) -> Result<(), Throttled> {
        attempts.begin();
        Err(Throttled(Some(hint)))
    }

    let events = record!(hint_to_the_end);
    for (hint, expected) in [(secs(3), 1), (ms(2_999), 2)] {
        let attempts = Attempts::new();
        hint_to_the_end(&attempts, hint).await.unwrap_err();
        assert_eq!(attempts.count(), expected, "{hint:?}");
        // The second attempt begins a millisecond before the end, so its hint does not fit either.
        let told = events.take();
        assert!(told.iter().any(|line| line.contains("; RetryAfter, asked for ")), "{told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_scheduled_event_carries_the_hint() {
    #[retry(on = any, attempts = 2, backoff = constant(1s), jitter = none, retry_after = Throttled::retry_after)]
    async fn hinted(attempts: &Attempts) -> Result<(), Throttled> {
        attempts.begin();
        Err(Throttled(Some(secs(4))))
    }

    let events = record!(hinted);
    hinted(&Attempts::new()).await.unwrap_err();
    let expected = "attempt 1 failed: Throttled(Some(4s)); the next in 4s, asked for 4s";
    assert!(events.take().iter().any(|line| line == expected));
}
