//! Rows 42 to 51: values that have to know the return type.

use steadfast_tests_stamp::under_each_policy;

/// `Ok(Box::new(closure))` as a boxed trait object.
#[under_each_policy]
mod shape_042 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = Box::new(|| 0))]
    async fn plain(x: u32) -> Box<dyn FnOnce() -> u32> {
        pause().await;
        Box::new(move || x)
    }

    #[policies]
    async fn fallible(x: u32) -> Result<Box<dyn FnOnce() -> u32>, Error> {
        attempt().await?;
        Ok(Box::new(move || x))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!((plain(1).await)(), 1);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap()(), 1);
    }
}

/// Two different boxed futures, one by `return`, one at the end.
#[under_each_policy]
mod shape_043 {
    use std::pin::Pin;

    use crate::trial::{Error, attempt, pause, tried};

    type Job = Pin<Box<dyn Future<Output = u32> + Send>>;

    // A limit puts the body into an async block, and clippy does not look at whose.
    #[policies(on_elapsed = Box::pin(async { 0 }))]
    #[allow(clippy::async_yields_async)]
    async fn plain(first: bool) -> Pin<Box<dyn Future<Output = u32> + Send>> {
        pause().await;
        if first {
            return Box::pin(async { 1 });
        }
        Box::pin(std::future::ready(2))
    }

    #[policies]
    async fn fallible(first: bool) -> Result<Job, Error> {
        attempt().await?;
        if first {
            return Ok(Box::pin(async { 1 }));
        }
        Ok(Box::pin(std::future::ready(2)))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(true).await.await + plain(false).await.await, 3);
        assert_eq!(tried(FAILURES, fallible(true)).await.unwrap().await, 1);
        assert_eq!(tried(FAILURES, fallible(false)).await.unwrap().await, 2);
    }
}

/// `-> Box<dyn Iterator>`.
#[under_each_policy]
mod shape_044 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = Box::new(std::iter::empty()))]
    async fn plain(n: u32) -> Box<dyn Iterator<Item = u32>> {
        pause().await;
        Box::new(0..n)
    }

    #[policies]
    async fn fallible(n: u32) -> Result<Box<dyn Iterator<Item = u32>>, Error> {
        attempt().await?;
        Ok(Box::new(0..n))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(2).await.count(), 2);
        assert_eq!(tried(FAILURES, fallible(2)).await.unwrap().count(), 2);
    }
}

/// `-> &'static [T]` from an array literal.
#[under_each_policy]
mod shape_045 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = &[])]
    async fn plain() -> &'static [u32] {
        pause().await;
        &[1, 2, 3]
    }

    #[policies]
    async fn fallible() -> Result<&'static [u32], Error> {
        attempt().await?;
        Ok(&[1, 2, 3])
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain().await, [1, 2, 3]);
        assert_eq!(tried(FAILURES, fallible()).await.unwrap(), [1, 2, 3]);
    }
}

/// `return &T` as `&dyn Trait`.
#[under_each_policy]
mod shape_046 {
    use std::fmt::Display;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = &0)]
    async fn plain<'a>(x: &'a u32, name: &'a String) -> &'a dyn Display {
        pause().await;
        if *x == 0 {
            return name;
        }
        return x;
    }

    #[policies]
    async fn fallible<'a>(x: &'a u32, name: &'a String) -> Result<&'a dyn Display, Error> {
        attempt().await?;
        if *x == 0 {
            return Ok(name);
        }
        return Ok(x);
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(&0, &"x".to_owned()).await.to_string(), "x");
        assert_eq!(tried(FAILURES, fallible(&1, &"x".to_owned())).await.unwrap().to_string(), "1");
    }
}

/// `if` and `else` that mix `None` and `Some(Box::new(..))`.
#[under_each_policy]
mod shape_047 {
    use std::fmt::Display;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = None)]
    async fn plain(x: u32) -> Option<Box<dyn Display>> {
        pause().await;
        if x == 0 { None } else { Some(Box::new(x)) }
    }

    #[policies]
    async fn fallible(x: u32) -> Result<Option<Box<dyn Display>>, Error> {
        attempt().await?;
        if x == 0 { Ok(None) } else { Ok(Some(Box::new(x))) }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert!(plain(0).await.is_none());
        assert_eq!(plain(1).await.unwrap().to_string(), "1");
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap().unwrap().to_string(), "1");
    }
}

/// A closure as a `fn` pointer.
#[under_each_policy]
mod shape_048 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = |n| n)]
    async fn plain() -> fn(u32) -> u32 {
        pause().await;
        |n| n + 1
    }

    #[policies]
    async fn fallible() -> Result<fn(u32) -> u32, Error> {
        attempt().await?;
        Ok(|n| n + 1)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!((plain().await)(1), 2);
        assert_eq!(tried(FAILURES, fallible()).await.unwrap()(1), 2);
    }
}

/// `.collect()` that needs the return type.
#[under_each_policy]
mod shape_049 {
    use std::collections::BTreeSet;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = BTreeSet::new())]
    async fn plain(n: u32) -> BTreeSet<u32> {
        pause().await;
        (0..n).collect()
    }

    #[policies]
    async fn fallible(n: u32) -> Result<BTreeSet<u32>, Error> {
        attempt().await?;
        (0..n).map(Ok).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(2).await, BTreeSet::from([0, 1]));
        assert_eq!(tried(FAILURES, fallible(2)).await.unwrap(), BTreeSet::from([0, 1]));
    }
}

/// `.into()` at the end.
#[under_each_policy]
mod shape_050 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = "".into())]
    async fn plain(x: &str) -> String {
        pause().await;
        x.into()
    }

    #[policies]
    async fn fallible(x: &str) -> Result<String, Error> {
        attempt().await?;
        Ok(x.into())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("x").await, "x");
        assert_eq!(tried(FAILURES, fallible("x")).await.unwrap(), "x");
    }
}

/// `Default::default()` at the end.
#[under_each_policy]
mod shape_051 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = Default::default())]
    async fn plain() -> Vec<u32> {
        pause().await;
        Default::default()
    }

    #[policies]
    async fn fallible() -> Result<Vec<u32>, Error> {
        attempt().await?;
        Ok(Default::default())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert!(plain().await.is_empty());
        assert!(tried(FAILURES, fallible()).await.unwrap().is_empty());
    }
}
