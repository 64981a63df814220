//! Rows 54 and 55: functions that call themselves.
//!
//! Under `bounded` each level of the recursion holds a permit, so here it goes by way of another function, and not
//! deeper than the limit. A direct call is refused: ui-tests/bounded/fail/recursion.rs.

use steadfast_tests_stamp::under_each_policy;

/// Through `Pin<Box<dyn Future + Send>>`.
#[under_each_policy]
mod shape_054 {
    use std::pin::Pin;

    use crate::trial::{Error, attempt, pause, tried};

    type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

    fn plain_boxed(n: u32) -> Boxed<u32> {
        Box::pin(plain(n))
    }

    #[policies(on_elapsed = 0)]
    async fn plain(n: u32) -> u32 {
        pause().await;
        if n == 0 { 0 } else { 1 + plain_boxed(n - 1).await }
    }

    fn fallible_boxed(n: u32) -> Boxed<Result<u32, Error>> {
        Box::pin(fallible(n))
    }

    #[policies]
    async fn fallible(n: u32) -> Result<u32, Error> {
        if n == 0 {
            attempt().await?;
            return Ok(0);
        }
        Ok(1 + fallible_boxed(n - 1).await?)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(2).await, 2);
        assert_eq!(tried(FAILURES, fallible(2)).await.unwrap(), 2);
        assert_eq!(tokio::spawn(fallible(2)).await.unwrap().unwrap(), 2);
    }
}

/// Through an inline `Box::pin(f(n - 1))`.
#[under_each_policy]
mod shape_055 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(n: u32) -> u32 {
        pause().await;
        if n == 0 { 0 } else { 1 + Box::pin(between(n - 1)).await }
    }

    async fn between(n: u32) -> u32 {
        plain(n).await
    }

    #[policies]
    async fn fallible(n: u32) -> Result<u32, Error> {
        if n == 0 {
            attempt().await?;
            return Ok(0);
        }
        Ok(1 + Box::pin(fallible_between(n - 1)).await?)
    }

    async fn fallible_between(n: u32) -> Result<u32, Error> {
        fallible(n).await
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(2).await, 2);
        assert_eq!(tried(FAILURES, fallible(2)).await.unwrap(), 2);
    }

    /// Without `bounded` a direct call is fine.
    mod direct {
        use crate::trial::{Error, attempt, tried};

        #[steadfast::timeout(attempt = 1s, total = 10s)]
        #[steadfast::retry(on = any, attempts = 3)]
        async fn fallible(n: u32) -> Result<u32, Error> {
            if n == 0 {
                attempt().await?;
                return Ok(0);
            }
            Ok(1 + Box::pin(fallible(n - 1)).await?)
        }

        #[tokio::test(start_paused = true)]
        async fn behaves() {
            assert_eq!(tried(1, fallible(3)).await.unwrap(), 3);
        }
    }
}
