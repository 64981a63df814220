//! `within`: no attempt starts, and no sleep extends, past it.

use super::*;

#[retry(on = any, within = 3s, backoff = constant(1s), jitter = none)]
async fn three_seconds(attempts: &Attempts) -> io::Result<()> {
    attempts.fail()
}

#[tokio::test(start_paused = true)]
async fn no_attempt_starts_at_or_after_it_and_no_sleep_goes_past_it() {
    let attempts = Attempts::new();
    let (outcome, took) = timed(three_seconds(&attempts)).await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 3");
    assert_eq!(attempts.at(), [secs(0), secs(1), secs(2)]);
    assert_eq!(took, secs(2), "it does not wait for the end");
}

#[tokio::test(start_paused = true)]
async fn without_a_number_the_attempts_are_unlimited_inside_of_it() {
    #[retry(on = any, within = 30s, backoff = constant(1s), jitter = none, budget = none)]
    async fn as_many_as_fit(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    as_many_as_fit(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 30);
}

#[tokio::test(start_paused = true)]
async fn with_a_number_the_earlier_of_the_two_counts() {
    #[retry(on = any, attempts = tries, within = 3s, backoff = constant(1s), jitter = none)]
    async fn both(attempts: &Attempts, tries: u32) -> io::Result<()> {
        attempts.fail()
    }

    for (tries, expected) in [(2, 2), (9, 3)] {
        let attempts = Attempts::new();
        both(&attempts, tries).await.unwrap_err();
        assert_eq!(attempts.count(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_running_attempt_is_not_ended_by_it() {
    #[retry(on = any, within = 3s, backoff = constant(1s), jitter = none)]
    async fn slow(attempts: &Attempts) -> io::Result<u32> {
        sleep(secs(2)).await;
        attempts.fail_before(2)
    }

    #[retry(on = any, within = 3s, backoff = constant(500ms), jitter = none)]
    async fn slow_with_a_short_pause(attempts: &Attempts) -> io::Result<u32> {
        sleep(secs(2)).await;
        attempts.fail_before(2)
    }

    // The first attempt ends at 2 s, when a pause of 1 s does not fit any more.
    let attempts = Attempts::new();
    let (outcome, took) = timed(slow(&attempts)).await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 1");
    assert_eq!((attempts.count(), took), (1, secs(2)));

    // One of half a second does, and the attempt behind it runs to its end at 4.5 s.
    let (outcome, took) = timed(slow_with_a_short_pause(&Attempts::new())).await;
    assert_eq!((outcome.unwrap(), took), (2, ms(4_500)));
}

#[tokio::test(start_paused = true)]
async fn every_form_of_a_limit_is_the_limit() {
    const LONG: Duration = secs(5);

    struct Client {
        patience: Duration,
    }

    impl Client {
        const LONG: Duration = secs(6);

        #[retry(on = any, within = Self::LONG, backoff = constant(1s), jitter = none)]
        async fn by_associated_constant(&self, attempts: &Attempts) -> io::Result<()> {
            attempts.fail()
        }

        #[retry(on = any, within = self.patience + 1s, backoff = constant(1s), jitter = none)]
        async fn by_expression(&self, attempts: &Attempts) -> io::Result<()> {
            attempts.fail()
        }
    }

    #[retry(on = any, within = LONG, backoff = constant(1s), jitter = none)]
    async fn by_constant(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let (first, second, third) = (Attempts::new(), Attempts::new(), Attempts::new());
    let client = Client { patience: secs(3) };
    by_constant(&first).await.unwrap_err();
    client.by_associated_constant(&second).await.unwrap_err();
    client.by_expression(&third).await.unwrap_err();
    assert_eq!([first.count(), second.count(), third.count()], [5, 6, 4]);
}

#[tokio::test(start_paused = true)]
async fn the_event_says_that_it_was_the_reason() {
    #[retry(on = any, within = 2s, backoff = constant(1500ms), jitter = none)]
    async fn too_long_a_pause(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(too_long_a_pause);
    too_long_a_pause(&Attempts::new()).await.unwrap_err();
    let expected = "gave up after 2 in 1.5s: attempt 2; Within";
    assert!(events.take().iter().any(|line| line == expected));
}
