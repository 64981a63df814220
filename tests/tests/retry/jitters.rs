//! Every jitter, within its bounds and not always at the same place.

use super::*;

type Pauses = Mutex<Vec<Duration>>;

fn note(pauses: &Pauses, retrying: &Retrying<'_, io::Error>) {
    pauses.lock().unwrap_or_else(PoisonError::into_inner).push(retrying.delay());
}

macro_rules! functions {
    ($($name:ident: [$($jitter:tt)*],)*) => {$(
        #[retry(on = any, attempts = 4, backoff = exp(100ms), budget = none, on_retry = |retrying| note(pauses, retrying) $($jitter)*)]
        async fn $name(pauses: &Pauses) -> io::Result<()> {
            let _ = pauses;
            Err(io::ErrorKind::ConnectionReset.into())
        }
    )*};
}

functions! {
    unsaid: [],
    full: [, jitter = full],
    equal: [, jitter = equal],
    decorrelated: [, jitter = decorrelated],
    none: [, jitter = none],
}

/// The three pauses of each of 200 calls.
async fn calls<'a, F: Future<Output = io::Result<()>>>(call: impl Fn(&'a Pauses) -> F) -> Vec<[Duration; 3]> {
    let mut all = Vec::new();
    for _ in 0..200 {
        let pauses: &'static Pauses = Box::leak(Box::default());
        call(pauses).await.unwrap_err();
        let pauses = pauses.lock().unwrap_or_else(PoisonError::into_inner).clone();
        all.push(pauses.try_into().expect("three retries"));
    }
    all
}

/// Lowest and highest of the pauses before one retry.
fn range(calls: &[[Duration; 3]], retry: usize) -> (Duration, Duration) {
    let pauses = calls.iter().map(|pauses| pauses[retry]);
    (pauses.clone().min().expect("200"), pauses.max().expect("200"))
}

#[tokio::test(start_paused = true)]
async fn full_spreads_from_nothing_to_the_pause_and_is_the_default() {
    for calls in [calls(unsaid).await, calls(full).await] {
        for (retry, pause) in [ms(100), ms(200), ms(400)].into_iter().enumerate() {
            let (low, high) = range(&calls, retry);
            assert!(low < pause / 5 && high > pause * 4 / 5 && high <= pause, "{retry}: {low:?} to {high:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn equal_keeps_half_of_the_pause() {
    let calls = calls(equal).await;
    for (retry, pause) in [ms(100), ms(200), ms(400)].into_iter().enumerate() {
        let (low, high) = range(&calls, retry);
        assert!(low >= pause / 2 && high <= pause, "{retry}: {low:?} to {high:?}");
        assert!(low < pause * 6 / 10 && high > pause * 9 / 10, "{retry}: {low:?} to {high:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn decorrelated_goes_from_the_base_to_thrice_the_last_pause() {
    let calls = calls(decorrelated).await;
    let mut widest = ms(0);
    for pauses in &calls {
        let mut previous = ms(100);
        for pause in pauses {
            assert!((ms(100)..=previous * 3).contains(pause), "{pause:?} after {previous:?}");
            previous = *pause;
            widest = widest.max(*pause);
        }
    }
    assert!(widest > ms(400), "it never went beyond the plain backoff: {widest:?}");
}

#[tokio::test(start_paused = true)]
async fn none_changes_nothing() {
    for pauses in calls(none).await {
        assert_eq!(pauses, [ms(100), ms(200), ms(400)]);
    }
}
