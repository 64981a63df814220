//! `backon`: retry alone. It has no budget and no timeout per attempt.

use std::io;

use backon::{ExponentialBuilder, Retryable};

use crate::body::{ATTEMPTS, Body, FailsOnce, Ready, SHORT, Suspends, is_transient};
use crate::{Case, Policy, Side, Subject};

const BACKOFF: ExponentialBuilder =
    ExponentialBuilder::new().with_min_delay(SHORT).with_max_times(ATTEMPTS as usize - 1);

async fn retry<B: Body>(input: u64) -> io::Result<u64> {
    (|| B::run(input)).retry(BACKOFF).when(is_transient).await
}

pub(super) fn subjects() -> Vec<Subject> {
    let side = Side::Backon;
    vec![
        Subject::new(side, Case::Ready(Policy::Retry), retry::<Ready>),
        Subject::new(side, Case::Suspends(Policy::Retry), retry::<Suspends>),
        Subject::new(side, Case::OneRetry, retry::<FailsOnce>),
    ]
}
