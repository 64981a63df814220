//! Rows 32 to 37: opaque types, `!`, and bodies without a value.

use steadfast_tests_stamp::under_each_policy;

/// `-> impl Trait`.
#[under_each_policy]
mod shape_032 {
    use std::fmt::Display;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: u32) -> impl Display + Send + 'static {
        pause().await;
        x
    }

    #[policies(only_bounded)]
    async fn of_a_result(x: u32) -> impl Into<Result<u32, Error>> {
        pause().await;
        Ok(x)
    }

    // Its argument needs a type: what the signature says of it does not reach into a block.
    #[policies(only_bounded)]
    async fn closure(x: u32) -> impl Fn(u32) -> Option<u32> {
        pause().await;
        move |n: u32| n.checked_add(x)
    }

    #[policies]
    async fn fallible(x: u32) -> Result<impl Display + Send, Error> {
        attempt().await?;
        Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await.to_string(), "1");
        assert_eq!((closure(1).await)(2), Some(3));
        assert_eq!(of_a_result(1).await.into().unwrap(), 1);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap().to_string(), "1");
    }
}

/// `-> Result<impl Iterator, E>`, also nested in a tuple and beside other arguments.
#[under_each_policy]
mod shape_033 {
    use std::fmt::Display;

    use crate::trial::{Error, attempt, tried};

    #[policies]
    async fn fallible(n: u32) -> Result<impl Iterator<Item = u32> + Clone, Error> {
        attempt().await?;
        Ok((0..n).map(|n| n + 1))
    }

    #[policies]
    async fn nested(n: u32) -> Result<(impl Fn(u32) -> Option<u32>, Vec<impl Display>, [u8; 2]), Error> {
        attempt().await?;
        Ok((move |m: u32| m.checked_add(n), vec![n], [0, 1]))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(tried(FAILURES, fallible(2)).await.unwrap().collect::<Vec<_>>(), [1, 2]);
        let (add, list, array) = tried(FAILURES, nested(2)).await.unwrap();
        assert_eq!((add(1), list[0].to_string(), array), (Some(3), "2".to_owned(), [0, 1]));
    }
}

/// `-> impl Iterator<Item = &T>` that borrows an argument.
#[under_each_policy]
mod shape_034 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(only_bounded)]
    async fn plain(x: &[u32]) -> impl Iterator<Item = &u32> {
        pause().await;
        x.iter().skip(1)
    }

    #[policies]
    async fn fallible(x: &[u32]) -> Result<impl Iterator<Item = &u32>, Error> {
        attempt().await?;
        Ok(x.iter().skip(1))
    }

    #[policies]
    async fn named<'a>(x: &'a [u32], n: &usize) -> Result<impl Iterator<Item = &'a u32> + use<'a>, Error> {
        attempt().await?;
        Ok(x.iter().skip(*n))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(&[1, 2]).await.collect::<Vec<_>>(), [&2]);
        assert_eq!(tried(FAILURES, fallible(&[1, 2])).await.unwrap().collect::<Vec<_>>(), [&2]);
        assert_eq!(tried(FAILURES, named(&[1, 2], &1)).await.unwrap().collect::<Vec<_>>(), [&2]);
    }
}

/// `-> !`. Under `retry`, and under a `timeout` that has no value to give: ui-tests/retry/fail/signature.rs,
/// ui-tests/timeout/fail/never_returns.rs.
#[under_each_policy]
mod shape_035 {
    use std::cell::Cell;
    use std::time::Duration;

    use crate::trial::pause;

    #[policies(on_elapsed = panic!("elapsed"))]
    async fn plain(turns: &Cell<u32>) -> ! {
        loop {
            pause().await;
            turns.set(turns.get() + 1);
            if turns.get() == 3 {
                std::future::pending::<()>().await;
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let turns = Cell::new(0);
        assert!(tokio::time::timeout(Duration::from_secs(1), plain(&turns)).await.is_err());
        assert_eq!(turns.get(), 3);
    }
}

/// A body that is not written yet.
#[under_each_policy]
mod shape_036 {
    use futures::FutureExt as _;

    use crate::trial::Error;

    #[policies(on_elapsed = 0)]
    async fn plain(_x: u32) -> u32 {
        unimplemented!()
    }

    #[policies]
    async fn fallible(_x: u32) -> Result<u32, Error> {
        todo!("later")
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let panics = |result: Result<(), _>| -> String {
            let payload: Box<dyn std::any::Any + Send> = result.expect_err("panics");
            payload
                .downcast_ref::<String>()
                .cloned()
                .unwrap_or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string).expect("a text"))
        };
        let plain = std::panic::AssertUnwindSafe(plain(1)).catch_unwind().await;
        assert_eq!(panics(plain.map(drop)), "not implemented");
        let fallible = std::panic::AssertUnwindSafe(fallible(1)).catch_unwind().await;
        assert_eq!(panics(fallible.map(drop)), "not yet implemented: later");
    }
}

/// A `loop` that is only left by `return`.
#[under_each_policy]
mod shape_037 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(mut x: u32) -> u32 {
        loop {
            pause().await;
            if x > 3 {
                return x;
            }
            x += 1;
        }
    }

    #[policies]
    async fn fallible(mut x: u32) -> Result<u32, Error> {
        loop {
            if x > 3 {
                attempt().await?;
                return Ok(x);
            }
            x += 1;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 4);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 4);
    }
}
