//! What the attributes on [`Client`](super::client::Client) expand to, in essence, written by hand.

use std::time::Duration;

use tokio::time::sleep;

use super::site::FetchError;
use super::tally::Tally;

const ATTEMPTS: u32 = 6;
const BASE: Duration = Duration::from_millis(40);
const CAP: Duration = Duration::from_secs(1);

/// Runs `attempt` until it succeeds, fails for good or has failed six times.
pub(crate) async fn retried<T>(
    tally: &Tally,
    attempt: impl AsyncFn() -> Result<T, FetchError>,
) -> Result<T, FetchError> {
    let mut attempts = 0;
    loop {
        let error = match attempt().await {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        attempts += 1;
        if attempts == ATTEMPTS || !is_transient(&error) {
            return Err(error);
        }
        tally.retry(&error);
        sleep(pause(attempts, error.retry_after())).await;
    }
}

fn is_transient(error: &FetchError) -> bool {
    match error {
        FetchError::Status { status, .. } => matches!(status.as_u16(), 429 | 503),
        FetchError::Transport(_) | FetchError::TimedOut(_) => true,
    }
}

/// Exponential with full jitter; what the server asked for is the least.
fn pause(attempts: u32, retry_after: Option<Duration>) -> Duration {
    let backoff = BASE.saturating_mul(1 << (attempts - 1)).min(CAP);
    backoff.mul_f64(fastrand::f64()).max(retry_after.unwrap_or_default())
}
