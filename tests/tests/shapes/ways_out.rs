//! Rows 38 to 41, 52 and 53: the ways out of a body: `?` and `return`.

use steadfast_tests_stamp::under_each_policy;

/// `?` on an `Option`.
#[under_each_policy]
mod shape_038 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = None)]
    async fn plain(x: Option<u32>) -> Option<u32> {
        pause().await;
        let x = x?;
        Some(x + 1)
    }

    #[policies]
    async fn fallible(x: Option<u32>) -> Result<Option<u32>, Error> {
        attempt().await?;
        let sum = || Some(x? + 1);
        Ok(sum())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(Some(1)).await, Some(2));
        assert_eq!(plain(None).await, None);
        assert_eq!(tried(FAILURES, fallible(Some(1))).await.unwrap(), Some(2));
    }
}

/// `?` with one error type; `Option` and `ok_or`.
#[under_each_policy]
mod shape_039 {
    use crate::trial::{Error, attempt, tried};

    fn check(x: u32) -> Result<u32, Error> {
        if x == 0 { Err(Error::NotYet) } else { Ok(x) }
    }

    #[policies]
    async fn fallible(x: u32) -> Result<u32, Error> {
        let x = check(x)?;
        attempt().await?;
        Some(x).ok_or(Error::NotYet)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 1);
        assert!(matches!(fallible(0).await, Err(Error::NotYet)));
    }
}

/// `?` into `Box<dyn Error>`.
#[under_each_policy]
mod shape_040 {
    use crate::trial::{attempt, tried};

    #[policies]
    async fn fallible(x: &str) -> Result<u32, Box<dyn std::error::Error>> {
        attempt().await?;
        Ok(x.parse::<u32>()?)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(tried(FAILURES, fallible("1")).await.unwrap(), 1);
        assert_eq!(fallible("x").await.unwrap_err().to_string(), "invalid digit found in string");
    }
}

/// `?` and `Err("..".into())` into `Box<dyn Error + Send + Sync>`; `anyhow`.
#[under_each_policy]
mod shape_041 {
    use anyhow::Context as _;

    use crate::trial::{attempt, tried};

    #[policies]
    async fn boxed(x: &str) -> Result<u32, Box<dyn std::error::Error + Send + Sync>> {
        attempt().await?;
        let x = x.parse::<u32>()?;
        if x == 0 {
            return Err("zero".into());
        }
        Ok(x)
    }

    #[policies]
    async fn any(x: &str) -> anyhow::Result<u32> {
        attempt().await.context("at the start")?;
        let x: u32 = x.parse()?;
        anyhow::ensure!(x != 0, "zero");
        Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(tried(FAILURES, boxed("1")).await.unwrap(), 1);
        assert_eq!(boxed("0").await.unwrap_err().to_string(), "zero");
        assert_eq!(tried(FAILURES, any("1")).await.unwrap(), 1);
        assert_eq!(any("0").await.unwrap_err().to_string(), "zero");
    }
}

/// An early `return`; `return` and `?` in closures and nested blocks, which leave only those.
#[under_each_policy]
mod shape_052 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: u32) -> u32 {
        if x == 0 {
            return 7;
        }
        pause().await;
        let twice = |n: u32| {
            if n > 5 {
                return 0;
            }
            n * 2
        };
        twice(x)
    }

    #[policies]
    async fn fallible(x: &str) -> Result<u32, Error> {
        let parse = |text: &str| -> Result<u32, std::num::ParseIntError> {
            if text.is_empty() {
                return Ok(0);
            }
            let n: u32 = text.parse()?;
            Ok(n + 1)
        };
        attempt().await?;
        let later = async || -> Option<u32> {
            pause().await;
            let n = x.chars().next()?.to_digit(10)?;
            return Some(n);
        };
        let Some(first) = later().await else { return Err(Error::NotYet) };
        if first == 9 {
            return Ok(first);
        }
        Ok(parse(x).unwrap_or(0) + first)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!((plain(0).await, plain(2).await, plain(6).await), (7, 4, 0));
        assert_eq!(tried(FAILURES, fallible("12")).await.unwrap(), 14);
        assert_eq!(tried(FAILURES, fallible("90")).await.unwrap(), 9);
    }
}

/// `return ..;` as the last statement.
#[under_each_policy]
mod shape_053 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: u32) -> u32 {
        pause().await;
        return x;
    }

    #[policies]
    async fn fallible() -> Result<(), Error> {
        attempt().await?;
        return Ok(());
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 1);
        let () = tried(FAILURES, fallible()).await.unwrap();
    }
}
