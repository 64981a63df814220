//! "A run-time value that makes no sense never panics: it is clamped to the nearest sensible one, and an event tells."

use super::*;

fn clamped(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).filter(|line| line.starts_with("clamped")).collect()
}

#[tokio::test(start_paused = true)]
async fn zero_attempts_are_one_and_told() {
    #[retry(on = any, attempts = tries)]
    async fn none_at_all(attempts: &Attempts, tries: u32) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(none_at_all);
    let attempts = Attempts::new();
    none_at_all(&attempts, 0).await.unwrap_err();
    assert_eq!(attempts.count(), 1);
    assert_eq!(clamped(&events.take()), ["clamped attempts"]);
    none_at_all(&attempts, 2).await.unwrap_err();
    assert!(clamped(&events.take()).is_empty(), "a sensible one is not told of");
}

#[tokio::test(start_paused = true)]
async fn the_most_retries_there_can_be_do_not_overflow() {
    #[retry(on = any, retries = tries, backoff = constant(1ms), jitter = none, budget = none)]
    async fn very_many(attempts: &Attempts, tries: u32) -> io::Result<u32> {
        attempts.fail_before(50)
    }

    assert_eq!(very_many(&Attempts::new(), u32::MAX).await.unwrap(), 50);
}

#[tokio::test(start_paused = true)]
async fn no_time_at_all_is_one_attempt_and_told() {
    #[retry(on = any, within = limit)]
    async fn no_time(attempts: &Attempts, limit: Duration) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(no_time);
    let attempts = Attempts::new();
    no_time(&attempts, Duration::ZERO).await.unwrap_err();
    assert_eq!(attempts.count(), 1);
    assert_eq!(clamped(&events.take()), ["clamped within"]);
}

#[tokio::test(start_paused = true)]
async fn more_time_than_a_clock_has_is_no_limit() {
    #[retry(on = any, within = limit, backoff = constant(1s), jitter = none, budget = none)]
    async fn all_the_time(attempts: &Attempts, limit: Duration) -> io::Result<u32> {
        attempts.fail_before(50)
    }

    assert_eq!(all_the_time(&Attempts::new(), Duration::MAX).await.unwrap(), 50);
}

#[tokio::test(start_paused = true)]
async fn a_backoff_without_end_waits_without_end_and_does_not_panic() {
    #[retry(on = any, backoff = constant(pause), jitter = none)]
    async fn never_again(attempts: &Attempts, pause: Duration) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, backoff = constant(pause), jitter = none, cancel = token)]
    async fn never_unless_cancelled(
        attempts: &Attempts,
        pause: Duration,
        token: &CancellationToken,
    ) -> io::Result<()> {
        attempts.fail()
    }

    let year = secs(365 * 86_400);
    let attempts = Attempts::new();
    let waited = tokio::time::timeout(year, never_again(&attempts, Duration::MAX)).await;
    assert!(waited.is_err(), "still waiting");
    assert_eq!(attempts.count(), 1);
    let token = CancellationToken::new();
    let waited = tokio::time::timeout(year, never_unless_cancelled(&attempts, Duration::MAX, &token)).await;
    assert!(waited.is_err(), "still waiting");
}

#[tokio::test(start_paused = true)]
async fn a_base_above_its_cap_is_cut_to_the_cap_and_told() {
    #[retry(on = any, backoff = exp(base, cap = cap), jitter = none)]
    async fn swapped(attempts: &Attempts, base: Duration, cap: Duration) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(swapped);
    let attempts = Attempts::new();
    swapped(&attempts, secs(20), ms(50)).await.unwrap_err();
    assert_eq!(attempts.pauses(), [ms(50), ms(50)]);
    assert_eq!(clamped(&events.take()).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_factor_below_one_is_one_and_told() {
    #[retry(on = any, backoff = exp(50ms, factor = factor), jitter = none)]
    async fn by_factor(attempts: &Attempts, factor: f64) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(by_factor);
    for (factor, expected) in [(0.5, [50, 50]), (-1.0, [50, 50])] {
        let attempts = Attempts::new();
        by_factor(&attempts, factor).await.unwrap_err();
        assert_eq!(attempts.pauses(), expected.map(ms), "{factor}");
        assert_eq!(clamped(&events.take()).len(), 1, "{factor}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_factor_that_is_no_number_never_panics() {
    #[retry(on = any, backoff = exp(50ms, factor = factor), jitter = none)]
    async fn by(attempts: &Attempts, factor: f64) -> io::Result<()> {
        attempts.fail()
    }

    for factor in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let attempts = Attempts::new();
        by(&attempts, factor).await.unwrap_err();
        assert!(attempts.pauses().iter().all(|pause| (ms(50)..=secs(20)).contains(pause)), "{factor}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_budget_beyond_its_bounds_is_clamped() {
    #[retry(on = any, attempts = 9, backoff = constant(1ms), jitter = none, budget = budget)]
    async fn generous(attempts: &Attempts, good: u32, budget: &Budget) -> io::Result<u32> {
        attempts.fail_before(good)
    }

    let budget = Budget::new().ratio(2.0).min_per_sec(0);
    for _ in 0..3 {
        generous(&Attempts::new(), 1, &budget).await.unwrap();
    }
    let attempts = Attempts::new();
    generous(&attempts, 99, &budget).await.unwrap_err();
    assert_eq!(attempts.count(), 4, "one retry for each call that ended well, and not two");
}
