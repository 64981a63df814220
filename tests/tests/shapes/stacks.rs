//! The attributes themselves: in any order, from any path, under a `cfg_attr`, with foreign ones between them.
//!
//! Each of these functions is written in another way and has to come out as the same stack, which three facts show:
//! a retry that follows a limit of the attempt, the permit that is free during the pause, and the limit of the whole.

use std::time::Duration;

use steadfast::{Bulkhead, PolicyErrorKind, bounded, retry, timeout};
use tokio::time::Instant;

use crate::trial::Error;

static ONE: Bulkhead = Bulkhead::new(1);

/// Hangs in its first attempts, and ends at once after them.
async fn hangs(attempts: &mut Vec<Duration>, since: Instant, hanging: usize) -> Result<usize, Error> {
    attempts.push(since.elapsed());
    assert_eq!(ONE.available(), 0, "the attempt has no permit");
    if attempts.len() <= hanging {
        std::future::pending::<()>().await;
    }
    Ok(attempts.len())
}

macro_rules! stacks {
    ($($(#[$policy:meta])* fn $name:ident;)*) => {$(
        mod $name {
            use super::*;

            $(#[$policy])*
            async fn call(attempts: &mut Vec<Duration>, since: Instant, hanging: usize) -> Result<usize, Error> {
                hangs(attempts, since, hanging).await
            }

            #[tokio::test(start_paused = true)]
            async fn is_the_same_stack() {
                check(async |attempts, since, hanging| call(attempts, since, hanging).await).await;
            }
        }
    )*};
}

/// One test at a time, for there is one permit.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

async fn check(call: impl AsyncFn(&mut Vec<Duration>, Instant, usize) -> Result<usize, Error>) {
    let _alone = ALONE.lock().await;
    let start = Instant::now();
    let mut attempts = Vec::new();
    assert_eq!(call(&mut attempts, start, 1).await.unwrap(), 2);
    assert_eq!(
        attempts,
        [0, 1500].map(Duration::from_millis),
        "an attempt of a second, and half a second's pause"
    );

    let start = Instant::now();
    let mut attempts = Vec::new();
    let Err(Error::Policy(error)) = call(&mut attempts, start, 9).await else { panic!("it hangs") };
    assert_eq!(error.kind(), PolicyErrorKind::TimedOut);
    assert_eq!(start.elapsed(), Duration::from_millis(2250), "the limit of the whole");
    assert_eq!(attempts, [0, 1500].map(Duration::from_millis));
    assert_eq!(ONE.available(), 1);
}

stacks! {
    #[timeout(attempt = 1s, total = 2250ms)]
    #[retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
    #[bounded(by = ONE)]
    fn canonical;

    #[bounded(by = ONE)]
    #[retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
    #[timeout(attempt = 1s, total = 2250ms)]
    fn reversed;

    #[retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
    #[bounded(by = ONE)]
    #[timeout(total = 2250ms, attempt = 1s)]
    fn mixed;

    #[::steadfast::timeout(attempt = 1s, total = 2250ms)]
    #[steadfast::retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
    #[bounded(by = ONE)]
    fn by_path;

    #[timeout(attempt = 1s, total = 2250ms)]
    #[allow(unused_variables)]
    #[doc = "Between."]
    #[retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
    #[inline]
    #[bounded(by = ONE)]
    #[must_use]
    fn with_others_between;

    #[timeout(attempt = 1s, total = 2250ms)]
    #[tracing::instrument(skip_all)]
    #[retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
    #[bounded(by = ONE)]
    fn with_a_foreign_macro_between;

    #[tracing::instrument(skip_all)]
    #[timeout(attempt = 1s, total = 2250ms)]
    #[retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
    #[bounded(by = ONE)]
    fn with_a_foreign_macro_above;

    #[cfg_attr(all(), timeout(attempt = 1s, total = 2250ms))]
    #[retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
    #[bounded(by = ONE)]
    fn configured_above;

    #[timeout(attempt = 1s, total = 2250ms)]
    #[cfg_attr(all(), retry(on = any, backoff = constant(500ms), jitter = none, idempotent), bounded(by = ONE))]
    fn configured_below;

    #[cfg_attr(any(), timeout(1ms))]
    #[timeout(attempt = 1s, total = 2250ms)]
    #[cfg_attr(any(), bounded(9))]
    #[retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
    #[bounded(by = ONE)]
    #[cfg_attr(any(), retry)]
    fn with_some_configured_away;
}

/// `#[async_trait]` on the method's `impl` expands first, and leaves ours as they were.
mod under_async_trait {
    use super::*;

    #[async_trait::async_trait]
    trait Call {
        async fn call(
            &self,
            attempts: &mut Vec<Duration>,
            since: Instant,
            hanging: usize,
        ) -> Result<usize, Error>;
    }

    struct Client;

    #[async_trait::async_trait]
    impl Call for Client {
        #[bounded(by = ONE)]
        #[tracing::instrument(skip_all)]
        #[retry(on = any, backoff = constant(500ms), jitter = none, idempotent)]
        #[timeout(attempt = 1s, total = 2250ms)]
        async fn call(
            &self,
            attempts: &mut Vec<Duration>,
            since: Instant,
            hanging: usize,
        ) -> Result<usize, Error> {
            hangs(attempts, since, hanging).await
        }
    }

    #[tokio::test(start_paused = true)]
    async fn is_the_same_stack() {
        check(async |attempts, since, hanging| Client.call(attempts, since, hanging).await).await;
    }
}
