//! A body's own lints still fire below the policies: every `expect` here has to be met.
//!
//! Not so those about a function's last expression, as `clippy::needless_return`: it is not the last one any more.
#![deny(unfulfilled_lint_expectations)]

use steadfast_tests_stamp::under_each_policy;

#[under_each_policy]
mod of_rustc {
    use crate::trial::{Error, attempt, tried};

    #[policies]
    #[expect(unused_variables, unused_mut)]
    async fn argument(x: String, y: &str, (a, b): (u32, Vec<u32>), mut z: u32) -> Result<u32, Error> {
        attempt().await
    }

    #[policies]
    #[expect(unused_mut)]
    async fn mutable(mut x: Vec<u32>, mut n: u32) -> Result<usize, Error> {
        attempt().await?;
        Ok(x.len() + n as usize)
    }

    #[policies]
    #[expect(unused_mut)]
    async fn mutable_and_moved(mut x: Vec<u32>) -> Result<Vec<u32>, Error> {
        attempt().await?;
        Ok(x)
    }

    // Under `retry` the attempt borrows its copy, and rustc does not follow an assignment through a borrow.
    #[policies(not_retry)]
    #[expect(unused_assignments)]
    async fn assigned(mut n: u32) -> Result<u32, Error> {
        attempt().await?;
        let m = n;
        n = 1;
        Ok(m)
    }

    #[policies]
    #[expect(unused_assignments)]
    async fn assigned_local() -> Result<u32, Error> {
        let mut n = attempt().await?;
        let m = n;
        n = 1;
        Ok(m)
    }

    #[policies]
    #[expect(unused_must_use)]
    async fn dropped() -> Result<(), Error> {
        attempt().await.map(drop)?;
        Ok::<u32, Error>(1);
        Ok(())
    }

    #[policies]
    #[expect(unreachable_code)]
    async fn unreachable() -> Result<u32, Error> {
        let n = attempt().await?;
        return Ok(n);
        Ok(1)
    }

    #[policies]
    #[expect(dead_code)]
    async fn dead() -> Result<u32, Error> {
        attempt().await
    }

    #[policies]
    #[expect(unused_imports, unused_labels, unused_parens, path_statements)]
    async fn local() -> Result<u32, Error> {
        use std::fmt::Write;
        let unused = 1;
        'label: loop {
            if (unused == 1) {
                break;
            }
        }
        let n = 1;
        n;
        attempt().await
    }

    #[policies]
    #[must_use = "here"]
    async fn must_use() -> Result<u32, Error> {
        attempt().await
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let call = argument("x".to_owned(), "", (1, vec![]), 1);
        assert_eq!(tried(FAILURES, call).await.unwrap(), 1 + FAILURES);
        assert_eq!(tried(FAILURES, mutable(vec![1], 1)).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, mutable_and_moved(vec![1])).await.unwrap(), [1]);
        assert_eq!(tried(0, assigned(3)).await.unwrap(), 3);
        assert_eq!(tried(FAILURES, assigned_local()).await.unwrap(), 1 + FAILURES);
        tried(FAILURES, dropped()).await.unwrap();
        assert_eq!(tried(FAILURES, unreachable()).await.unwrap(), 1 + FAILURES);
        assert_eq!(tried(FAILURES, local()).await.unwrap(), 1 + FAILURES);
        #[expect(unused_must_use)]
        must_use();
    }
}

#[under_each_policy]
#[allow(dead_code)]
mod of_clippy {
    use crate::trial::{Error, attempt};

    #[policies]
    #[expect(clippy::await_holding_lock)]
    #[steadfast::allow(guard_across_await, reason = "clippy's lint is the one under test")]
    async fn await_holding_lock(lock: &std::sync::Mutex<u32>) -> Result<u32, Error> {
        let guard = lock.lock().unwrap();
        attempt().await?;
        Ok(*guard)
    }

    #[policies]
    #[expect(clippy::len_zero, clippy::bool_comparison)]
    async fn style(list: &[u32]) -> Result<u32, Error> {
        if list.len() == 0 || list.is_empty() == true {
            return Ok(0);
        }
        attempt().await
    }

    #[policies]
    #[expect(clippy::unwrap_used)]
    async fn unwrapped(x: Option<u32>) -> Result<u32, Error> {
        attempt().await?;
        Ok(x.unwrap())
    }
}
