//! Rows 20 to 22 and 29 to 31: what arguments are.

use steadfast_tests_stamp::under_each_policy;

/// A value that is not `Clone`, consumed. Under `retry`: ui-tests/retry/fail/consumed_argument.rs.
#[under_each_policy]
mod shape_020 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Debug, PartialEq)]
    struct Unique(u32);

    impl Unique {
        fn get(&self) -> u32 {
            self.0
        }
    }

    #[policies(on_elapsed = None)]
    async fn plain(n: Unique) -> Option<Unique> {
        pause().await;
        Some(n)
    }

    #[policies(not_retry)]
    async fn consumed(n: Unique) -> Result<Unique, Error> {
        attempt().await?;
        Ok(n)
    }

    #[policies]
    async fn read(n: Unique) -> Result<u32, Error> {
        attempt().await?;
        Ok(n.get())
    }

    // A field in the place of a value could be a move as well as a copy, so it has to be said.
    #[policies(retry(borrow(n)))]
    async fn copied(n: Unique) -> Result<u32, Error> {
        attempt().await?;
        Ok(n.0)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(Unique(1)).await, Some(Unique(1)));
        assert_eq!(tried(0, consumed(Unique(1))).await.unwrap(), Unique(1));
        assert_eq!(tried(FAILURES, read(Unique(1))).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, copied(Unique(1))).await.unwrap(), 1);
    }
}

/// A `String`, consumed: each attempt has its own.
#[under_each_policy]
mod shape_021 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = String::new())]
    async fn plain(n: String) -> String {
        pause().await;
        n
    }

    #[policies]
    async fn consumed(n: String) -> Result<String, Error> {
        let taken = n;
        attempt().await?;
        Ok(taken)
    }

    #[policies]
    async fn into_bytes(n: String) -> Result<Vec<u8>, Error> {
        let bytes = n.into_bytes();
        attempt().await?;
        Ok(bytes)
    }

    // Neither is visible to the macro, so both need to be said.
    #[policies(retry(clone(n)))]
    async fn named(n: String) -> Result<String, Error> {
        macro_rules! take {
            ($it:expr) => {
                $it
            };
        }
        let taken: String = take!(n);
        attempt().await?;
        Ok(taken)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("x".to_owned()).await, "x");
        assert_eq!(tried(FAILURES, consumed("x".to_owned())).await.unwrap(), "x");
        assert_eq!(tried(FAILURES, into_bytes("x".to_owned())).await.unwrap(), b"x");
        assert_eq!(tried(FAILURES, named("x".to_owned())).await.unwrap(), "x");
    }
}

/// `mut x: T`: what an attempt did to it does not leak into the next one.
#[under_each_policy]
mod shape_022 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = Vec::new())]
    async fn plain(mut x: Vec<u32>) -> Vec<u32> {
        pause().await;
        x.push(1);
        x
    }

    #[policies]
    async fn pushed(mut x: Vec<u32>) -> Result<Vec<u32>, Error> {
        x.push(1);
        attempt().await?;
        x.push(2);
        Ok(x)
    }

    #[policies]
    async fn counted(mut n: u32) -> Result<u32, Error> {
        n += 1;
        attempt().await?;
        Ok(n)
    }

    #[policies]
    async fn eaten(mut x: &[u32]) -> Result<&[u32], Error> {
        x = &x[1..];
        attempt().await?;
        Ok(x)
    }

    #[policies]
    async fn eaten_exclusively(mut x: &mut [u32]) -> Result<usize, Error> {
        x = &mut x[1..];
        attempt().await?;
        Ok(x.len())
    }

    #[policies]
    async fn read_at_the_end(mut x: Vec<u32>) -> Result<usize, Error> {
        x.push(1);
        attempt().await?;
        Ok(x.len())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(vec![0]).await, [0, 1]);
        assert_eq!(tried(FAILURES, pushed(vec![0])).await.unwrap(), [0, 1, 2]);
        assert_eq!(tried(FAILURES, counted(0)).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, eaten(&[0, 1, 2])).await.unwrap(), [1, 2]);
        assert_eq!(tried(FAILURES, eaten_exclusively(&mut [0, 1, 2])).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, read_at_the_end(vec![0])).await.unwrap(), 2);
    }
}

/// `impl Trait` as an argument.
#[under_each_policy]
mod shape_029 {
    use std::fmt::Display;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = String::new())]
    async fn plain(x: impl Into<String>) -> String {
        pause().await;
        x.into()
    }

    #[policies]
    async fn consumed(x: impl Into<String> + Clone) -> Result<String, Error> {
        let x = x.into();
        attempt().await?;
        Ok(x)
    }

    #[policies]
    async fn read(x: impl Display) -> Result<String, Error> {
        attempt().await?;
        Ok(format!("{x}"))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("x").await, "x");
        assert_eq!(tried(FAILURES, consumed("x")).await.unwrap(), "x");
        assert_eq!(tried(FAILURES, read("x")).await.unwrap(), "x");
    }
}

/// `mut f: impl FnMut(..)`.
#[under_each_policy]
mod shape_030 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(mut f: impl FnMut(u32) -> u32) -> u32 {
        pause().await;
        f(1) + f(2)
    }

    // A clone of the closure for each attempt, with what it has captured.
    #[policies]
    async fn fallible(mut f: impl FnMut(u32) -> u32 + Clone) -> Result<u32, Error> {
        f(1);
        attempt().await?;
        Ok(f(2))
    }

    // Lent to each attempt, where the closure cannot be cloned.
    #[policies(retry(borrow(f)))]
    async fn lent(mut f: impl FnMut(u32) -> u32) -> Result<u32, Error> {
        f(1);
        attempt().await?;
        Ok(f(2))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut sum = 0;
        let add = move |n| {
            sum += n;
            sum
        };
        assert_eq!(plain(add).await, 4);
        assert_eq!(tried(FAILURES, fallible(add)).await.unwrap(), 3);
        let mut sum = 0;
        let add = |n| {
            sum += n;
            sum
        };
        assert_eq!(tried(FAILURES, lent(add)).await.unwrap(), 3 + FAILURES);
    }
}

/// `&dyn Trait` and `Box<dyn Trait>`.
#[under_each_policy]
mod shape_031 {
    use std::fmt::Display;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = String::new())]
    async fn plain(a: &dyn Display, b: Box<dyn Display>) -> String {
        pause().await;
        format!("{a}{b}")
    }

    #[policies]
    async fn fallible(a: &dyn Display, b: Box<dyn Display>) -> Result<String, Error> {
        attempt().await?;
        Ok(format!("{a}{b}"))
    }

    #[policies]
    async fn called(f: Box<dyn Fn(u32) -> u32>, mut g: &mut dyn FnMut(u32)) -> Result<u32, Error> {
        g(1);
        let again = &mut g;
        again(1);
        attempt().await?;
        Ok(f(1))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(&1, Box::new(2)).await, "12");
        assert_eq!(tried(FAILURES, fallible(&1, Box::new(2))).await.unwrap(), "12");
        let mut seen = 0;
        assert_eq!(tried(FAILURES, called(Box::new(|n| n + 1), &mut |n| seen += n)).await.unwrap(), 2);
        assert_eq!(seen, 2 + 2 * FAILURES);
    }
}
