//! `tokio-retry2`: retry alone. It has no budget and no timeout per attempt.

use std::io;

use tokio_retry2::strategy::ExponentialFactorBackoff;
use tokio_retry2::{Retry, RetryError};

use crate::body::{ATTEMPTS, Body, FailsOnce, Ready, Suspends, is_transient};
use crate::{Case, Policy, Side, Subject};

/// Of [`SHORT`](crate::body::SHORT), in this crate's unit.
const SHORT_MILLIS: u64 = 1;

async fn attempt<B: Body>(input: u64) -> Result<u64, RetryError<io::Error>> {
    B::run(input).await.map_err(|error| {
        if is_transient(&error) { RetryError::transient(error) } else { RetryError::permanent(error) }
    })
}

async fn retry<B: Body>(input: u64) -> io::Result<u64> {
    let backoff = ExponentialFactorBackoff::from_millis(SHORT_MILLIS, 2.0).take(ATTEMPTS as usize - 1);
    Retry::spawn(backoff, || attempt::<B>(input)).await
}

pub(super) fn subjects() -> Vec<Subject> {
    let side = Side::TokioRetry2;
    vec![
        Subject::new(side, Case::Ready(Policy::Retry), retry::<Ready>),
        Subject::new(side, Case::Suspends(Policy::Retry), retry::<Suspends>),
        Subject::new(side, Case::OneRetry, retry::<FailsOnce>),
    ]
}
