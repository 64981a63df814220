//! What the policies add to a future, in bytes, beside the same thing by hand.

use std::time::Duration;

use steadfast::__private::{Attempt, Call, Retry, Timeout};
use steadfast::{bounded, retry, timeout};
use tokio::sync::Semaphore;
use tokio::time::Sleep;

use crate::trial::Error;

/// Waits for something while it holds a kilobyte, so that the body is larger than any wait of a policy.
async fn body(seed: u8) -> Result<u8, Error> {
    let bytes = [seed; 1024];
    tokio::task::yield_now().await;
    Ok(bytes[usize::from(seed)])
}

static PERMITS: Semaphore = Semaphore::const_new(4);

macro_rules! sides {
    ($module:ident, |$x:ident: $argument:ty| $call:expr) => {
        mod $module {
            use super::*;

            pub(super) async fn plain($x: $argument) -> Result<u8, Error> {
                $call
            }

            #[bounded(4)]
            pub(super) async fn under_bounded($x: $argument) -> Result<u8, Error> {
                $call
            }

            #[timeout(5s)]
            pub(super) async fn under_timeout($x: $argument) -> Result<u8, Error> {
                $call
            }

            #[retry(on = any)]
            pub(super) async fn under_retry($x: $argument) -> Result<u8, Error> {
                $call
            }

            #[timeout(attempt = 1s, total = 10s)]
            #[retry(on = any)]
            #[bounded(4)]
            pub(super) async fn under_all($x: $argument) -> Result<u8, Error> {
                $call
            }

            pub(super) async fn bounded_by_hand($x: $argument) -> Result<u8, Error> {
                let _permit = PERMITS.acquire().await.expect("never closed");
                $call
            }

            pub(super) async fn timeout_by_hand($x: $argument) -> Result<u8, Error> {
                match tokio::time::timeout(Duration::from_secs(5), async move { $call }).await {
                    Ok(outcome) => outcome,
                    Err(_) => Err(Error::NotYet),
                }
            }

            pub(super) async fn retry_by_hand($x: $argument) -> Result<u8, Error> {
                let mut attempt = 1;
                loop {
                    match async { $call }.await {
                        Err(_) if attempt < 3 => {}
                        outcome => return outcome,
                    }
                    tokio::time::sleep(Duration::from_millis(50 * attempt)).await;
                    attempt += 1;
                }
            }

            pub(super) async fn all_by_hand($x: $argument) -> Result<u8, Error> {
                let retried = async move {
                    let mut attempt = 1;
                    loop {
                        let limited = tokio::time::timeout(Duration::from_secs(1), async {
                            let _permit = PERMITS.acquire().await.expect("never closed");
                            $call
                        });
                        match limited.await.unwrap_or_else(|_| Err(Error::NotYet)) {
                            Err(_) if attempt < 3 => {}
                            outcome => return outcome,
                        }
                        tokio::time::sleep(Duration::from_millis(50 * attempt)).await;
                        attempt += 1;
                    }
                };
                tokio::time::timeout(Duration::from_secs(10), retried)
                    .await
                    .unwrap_or_else(|_| Err(Error::NotYet))
            }
        }
    };
}

sides!(of_a_call, |seed: u8| body(seed).await);
sides!(of_a_reference, |bytes: &[u8; 1024]| {
    let seed = bytes[0];
    let outcome = body(seed).await;
    outcome.map(|n| n + bytes[1])
});
sides!(of_an_argument, |bytes: [u8; 1024]| {
    let outcome = body(bytes[0]).await;
    outcome.map(|n| n + bytes[1])
});

/// The sizes of one body's futures: ours and by hand.
#[derive(Debug)]
struct Sizes {
    plain: usize,
    bounded: [usize; 2],
    timeout: [usize; 2],
    retry: [usize; 2],
    all: [usize; 2],
}

macro_rules! sizes {
    ($module:ident, $argument:expr) => {
        Sizes {
            plain: size_of_val(&$module::plain($argument)),
            bounded: [
                size_of_val(&$module::under_bounded($argument)),
                size_of_val(&$module::bounded_by_hand($argument)),
            ],
            timeout: [
                size_of_val(&$module::under_timeout($argument)),
                size_of_val(&$module::timeout_by_hand($argument)),
            ],
            retry: [
                size_of_val(&$module::under_retry($argument)),
                size_of_val(&$module::retry_by_hand($argument)),
            ],
            all: [size_of_val(&$module::under_all($argument)), size_of_val(&$module::all_by_hand($argument))],
        }
    };
}

fn all_sizes() -> [Sizes; 3] {
    [sizes!(of_a_call, 1), sizes!(of_a_reference, &[0; 1024]), sizes!(of_an_argument, [0; 1024])]
}

const TIMER: usize = size_of::<Sleep>();

/// The attempts that were made and the policy's settings, the call's event, and the mark on an attempt.
const RETRY: usize = size_of::<Retry<'static>>() + size_of::<Call>() + size_of::<Attempt<()>>();

/// What a limit holds beside its timer: more than tokio's, since it knows whose it is and what encloses it.
const LIMIT: usize = size_of::<Timeout<()>>() - size_of::<tokio::time::Timeout<()>>();

/// States and flags of the blocks around the body, and what aligns them.
const SEAMS: usize = 16;

#[test]
fn bounded_adds_its_permit() {
    for sizes in all_sizes() {
        let [ours, by_hand] = sizes.bounded;
        let added = ours - sizes.plain;
        assert!(added <= 16, "`bounded` adds {added} B: {sizes:?}");
        assert!(ours <= by_hand, "more than a permit by hand: {sizes:?}");
    }
}

#[test]
fn timeout_adds_its_timer_and_little_else() {
    for sizes in all_sizes() {
        let [ours, by_hand] = sizes.timeout;
        let added = ours - sizes.plain - TIMER;
        assert!(added <= 96, "`timeout` adds {added} B beside its timer of {TIMER} B: {sizes:?}");
        assert!(ours <= by_hand + LIMIT + SEAMS, "more than a timeout of tokio's and {LIMIT} B: {sizes:?}");
    }
}

#[test]
fn retry_adds_its_state() {
    for sizes in all_sizes() {
        let [ours, by_hand] = sizes.retry;
        assert!(ours <= by_hand + RETRY + SEAMS, "more than a loop by hand and {RETRY} B: {sizes:?}");
    }
}

#[test]
fn all_add_up() {
    for sizes in all_sizes() {
        let [ours, by_hand] = sizes.all;
        let state = RETRY + 2 * LIMIT;
        assert!(ours <= by_hand + state + 2 * SEAMS, "more than all by hand and {state} B: {sizes:?}");
    }
}
