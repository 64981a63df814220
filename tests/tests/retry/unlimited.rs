//! `attempts = unlimited`, and `reset_after`.

use super::*;

#[tokio::test(start_paused = true)]
async fn unlimited_goes_on_until_it_succeeds() {
    #[retry(on = any, attempts = unlimited, backoff = constant(1s), jitter = none, budget = none)]
    async fn connect(attempts: &Attempts) -> io::Result<u32> {
        attempts.fail_before(5_000)
    }

    let attempts = Attempts::new();
    let (outcome, took) = timed(connect(&attempts)).await;
    assert_eq!((outcome.unwrap(), took), (5_000, secs(4_999)));
}

/// The loop has no stack to run out of, and without a pause it still lets others run.
#[tokio::test(start_paused = true)]
async fn unlimited_without_a_pause_starves_nobody() {
    #[retry(on = any, attempts = unlimited, backoff = backoff::from_fn(|_, _| Duration::ZERO), jitter = none, budget = none)]
    async fn eager(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    let others = async {
        for _ in 0..1_000 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        outcome = eager(&attempts) => panic!("it never succeeds: {outcome:?}"),
        () = others => {}
    }
    assert!(attempts.count() >= 500, "{}", attempts.count());
}

#[tokio::test(start_paused = true)]
async fn reset_after_starts_the_backoff_anew() {
    #[retry(on = any, attempts = unlimited, backoff = exp(1s, factor = 10), jitter = none, reset_after = 60s)]
    async fn consume(attempts: &Attempts, runs: &[u64]) -> io::Result<()> {
        let attempt = attempts.begin();
        let Some(run) = runs.get(usize::try_from(attempt - 1).expect("few")) else { return Ok(()) };
        sleep(secs(*run)).await;
        Err(io::ErrorKind::ConnectionReset.into())
    }

    let attempts = Attempts::new();
    let runs = [0, 0, 59, 60, 0, 100, 0];
    consume(&attempts, &runs).await.unwrap();
    let pauses: Vec<_> =
        attempts.pauses().iter().zip(runs).map(|(between, run)| between.as_secs() - run).collect();
    assert_eq!(pauses, [1, 10, 20, 1, 10, 1, 10]);
}

#[tokio::test(start_paused = true)]
async fn reset_after_counts_limited_attempts_anew_too() {
    #[retry(on = any, attempts = 2, backoff = constant(1s), jitter = none, reset_after = limit)]
    async fn consume(attempts: &Attempts, runs: &[u64], limit: Duration) -> io::Result<()> {
        let attempt = attempts.begin();
        sleep(secs(runs[usize::try_from(attempt - 1).expect("few")])).await;
        Err(io::ErrorKind::ConnectionReset.into())
    }

    let attempts = Attempts::new();
    // Each run of ten seconds is a first one again; two short ones in a row end it.
    consume(&attempts, &[10, 10, 0, 0], secs(10)).await.unwrap_err();
    assert_eq!(attempts.count(), 3);
}

/// An argument that the body takes is there for every attempt, also for those behind a reset.
#[tokio::test(start_paused = true)]
async fn reset_after_keeps_the_arguments() {
    #[retry(on = any, attempts = 2, backoff = constant(1s), jitter = none, reset_after = 10s)]
    async fn takes(attempts: &Attempts, runs: Vec<u64>) -> io::Result<()> {
        let attempt = attempts.begin();
        let run = runs.into_iter().nth(usize::try_from(attempt - 1).expect("few"));
        sleep(secs(run.expect("it is all there"))).await;
        Err(io::ErrorKind::ConnectionReset.into())
    }

    let attempts = Attempts::new();
    takes(&attempts, vec![0, 10, 10, 0]).await.unwrap_err();
    assert_eq!(attempts.count(), 4);
}

/// What was slept before the long run is forgotten too.
#[tokio::test(start_paused = true)]
async fn reset_after_forgets_the_last_pause() {
    #[retry(
        on = any,
        attempts = unlimited,
        backoff = backoff::from_fn(|_, previous| previous + secs(1)),
        jitter = none,
        reset_after = 60s
    )]
    async fn consume(attempts: &Attempts, runs: &[u64]) -> io::Result<()> {
        let attempt = attempts.begin();
        let Some(run) = runs.get(usize::try_from(attempt - 1).expect("few")) else { return Ok(()) };
        sleep(secs(*run)).await;
        Err(io::ErrorKind::ConnectionReset.into())
    }

    let attempts = Attempts::new();
    consume(&attempts, &[0, 0, 0, 60, 0]).await.unwrap();
    assert_eq!(attempts.pauses(), [1, 2, 3, 61, 2].map(secs));
}
