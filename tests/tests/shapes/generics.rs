//! Rows 1 to 9: plain functions, generics and lifetimes.

use steadfast_tests_stamp::under_each_policy;

/// A free function with an argument that is `Copy`.
#[under_each_policy]
mod shape_001 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: u32) -> u32 {
        pause().await;
        x + 1
    }

    #[policies]
    async fn fallible(x: u32) -> Result<u32, Error> {
        attempt().await?;
        Ok(x + 1)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 2);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 2);
    }
}

/// A unit return; an empty body, which no timeout can interrupt.
#[under_each_policy]
mod shape_002 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(only_bounded)]
    async fn empty() {}

    #[policies(on_elapsed = ())]
    async fn unit() {
        pause().await;
    }

    #[policies(on_elapsed = ())]
    async fn said() -> () {
        pause().await;
    }

    #[policies]
    async fn fallible() -> Result<(), Error> {
        attempt().await?;
        Ok(())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let () = empty().await;
        let () = unit().await;
        let () = said().await;
        let () = tried(FAILURES, fallible()).await.unwrap();
    }
}

/// Generics with a `where` clause, and arguments that are moved out.
#[under_each_policy]
mod shape_003 {
    use std::fmt::Display;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = (None, String::new()))]
    async fn plain<T, U>(first: T, second: U) -> (Option<T>, String)
    where
        T: Clone + Send,
        U: Into<String> + Send,
    {
        pause().await;
        (Some(first), second.into())
    }

    // Moved out, so under `retry` cloned: the bound is what a user has to add.
    #[policies]
    async fn fallible<T, U>(first: T, second: U) -> Result<(T, String), Error>
    where
        T: Clone + Display,
        U: Into<String> + Clone,
    {
        let second = second.into();
        attempt().await?;
        Ok((first, second))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1, "b").await, (Some(1), "b".to_owned()));
        assert_eq!(tried(FAILURES, fallible(1, "b")).await.unwrap(), (1, "b".to_owned()));
    }
}

/// A generic by reference.
#[under_each_policy]
mod shape_004 {
    use std::fmt::Display;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = String::new())]
    async fn plain<T: Display>(x: &T) -> String {
        pause().await;
        x.to_string()
    }

    #[policies]
    async fn fallible<T: Display + ?Sized>(x: &T) -> Result<String, Error> {
        attempt().await?;
        Ok(x.to_string())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(&1).await, "1");
        assert_eq!(tried(FAILURES, fallible("x")).await.unwrap(), "x");
    }
}

/// Const generics.
#[under_each_policy]
mod shape_005 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = [0; N])]
    async fn plain<const N: usize>(x: [u8; N]) -> [u8; N] {
        pause().await;
        x
    }

    #[policies]
    async fn fallible<const N: usize, T: Copy>(mut x: [T; N], first: T) -> Result<([T; N], usize), Error> {
        let before = x;
        x[0] = first;
        attempt().await?;
        x[1] = before[0];
        Ok((x, N))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain([1, 2]).await, [1, 2]);
        assert_eq!(tried(FAILURES, fallible([1, 2, 3], 9)).await.unwrap(), ([9, 1, 3], 3));
    }
}

/// One lifetime, in and out.
#[under_each_policy]
mod shape_006 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = x)]
    async fn plain<'a>(x: &'a str, _y: &str) -> &'a str {
        pause().await;
        &x[1..]
    }

    #[policies]
    async fn fallible<'a>(x: &'a str, y: &str) -> Result<&'a str, Error> {
        attempt().await?;
        Ok(&x[y.len()..])
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("ab", "c").await, "b");
        assert_eq!(tried(FAILURES, fallible("ab", "c")).await.unwrap(), "b");
    }
}

/// An elided lifetime, in and out.
#[under_each_policy]
mod shape_007 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = "")]
    async fn plain(x: &str) -> &str {
        pause().await;
        &x[1..]
    }

    #[policies]
    async fn fallible(x: &str) -> Result<&str, Error> {
        attempt().await?;
        Ok(&x[1..])
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("ab").await, "b");
        assert_eq!(tried(FAILURES, fallible("ab")).await.unwrap(), "b");
    }
}

/// A type with `'_` as an argument.
#[under_each_policy]
mod shape_008 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Clone)]
    struct Slice<'a>(&'a [u32]);

    #[policies(on_elapsed = 0)]
    async fn plain(x: Slice<'_>) -> usize {
        pause().await;
        x.0.len()
    }

    #[policies]
    async fn fallible(x: Slice<'_>) -> Result<usize, Error> {
        attempt().await?;
        Ok(x.0.len())
    }

    #[policies]
    async fn moved(x: Slice<'_>) -> Result<usize, Error> {
        let taken = x;
        attempt().await?;
        Ok(taken.0.len())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(Slice(&[1, 2])).await, 2);
        assert_eq!(tried(FAILURES, fallible(Slice(&[1, 2]))).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, moved(Slice(&[1, 2]))).await.unwrap(), 2);
    }
}

/// A type with `'_` returned.
#[under_each_policy]
mod shape_009 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Debug, PartialEq)]
    struct Slice<'a>(&'a [u32]);

    #[policies(on_elapsed = Slice(x))]
    async fn plain(x: &[u32]) -> Slice<'_> {
        pause().await;
        Slice(&x[1..])
    }

    #[policies]
    async fn fallible(x: &[u32]) -> Result<Slice<'_>, Error> {
        attempt().await?;
        Ok(Slice(&x[1..]))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(&[1, 2]).await, Slice(&[2]));
        assert_eq!(tried(FAILURES, fallible(&[1, 2])).await.unwrap(), Slice(&[2]));
    }
}
