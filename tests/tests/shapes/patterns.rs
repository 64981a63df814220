//! Rows 23 to 28: patterns as arguments.

use steadfast_tests_stamp::under_each_policy;

/// A tuple pattern.
#[under_each_policy]
mod shape_023 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = String::new())]
    async fn plain((a, b): (u32, String)) -> String {
        pause().await;
        format!("{a}{b}")
    }

    #[policies]
    async fn fallible((mut a, b): (u32, String), (c, _): (String, u32)) -> Result<String, Error> {
        a += 1;
        let taken = b;
        attempt().await?;
        Ok(format!("{a}{taken}{c}"))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain((1, "b".to_owned())).await, "1b");
        let call = fallible((1, "b".to_owned()), ("c".to_owned(), 0));
        assert_eq!(tried(FAILURES, call).await.unwrap(), "2bc");
    }
}

/// A struct pattern that renames.
#[under_each_policy]
mod shape_024 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Point {
        x: u32,
        name: String,
        z: u32,
    }

    #[policies(on_elapsed = String::new())]
    async fn plain(Point { x: first, name, .. }: Point) -> String {
        pause().await;
        format!("{first}{name}")
    }

    #[policies]
    async fn fallible(Point { x: first, mut name, z: _ }: Point) -> Result<String, Error> {
        name.push('n');
        attempt().await?;
        Ok(format!("{first}{name}"))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(Point { x: 1, name: "b".to_owned(), z: 0 }).await, "1b");
        let point = Point { x: 1, name: "b".to_owned(), z: 0 };
        assert_eq!(point.z, 0);
        assert_eq!(tried(FAILURES, fallible(point)).await.unwrap(), "1bn");
    }
}

/// `_` as an argument, more than once, also of a type that is not `Clone`.
#[under_each_policy]
mod shape_025 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Unique;

    #[policies(on_elapsed = 0)]
    async fn plain(_: u32, _: String, x: u32) -> u32 {
        pause().await;
        x
    }

    #[policies]
    async fn fallible(_: u32, _: Unique, x: u32, _unused: Unique) -> Result<u32, Error> {
        attempt().await?;
        Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1, String::new(), 2).await, 2);
        assert_eq!(tried(FAILURES, fallible(1, Unique, 2, Unique)).await.unwrap(), 2);
    }
}

/// `&x: &T`.
#[under_each_policy]
mod shape_026 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(&x: &u32) -> u32 {
        pause().await;
        x
    }

    #[policies]
    async fn fallible(&x: &u32, &mut y: &mut u32) -> Result<u32, Error> {
        attempt().await?;
        Ok(x + y)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(&1).await, 1);
        assert_eq!(tried(FAILURES, fallible(&1, &mut 2)).await.unwrap(), 3);
    }
}

/// `all @ [a, _]`.
#[under_each_policy]
mod shape_027 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(all @ [a, _]: [u32; 2]) -> u32 {
        pause().await;
        a + all[1]
    }

    #[policies]
    async fn fallible(mut all @ [a, _]: [u32; 2]) -> Result<u32, Error> {
        all[1] += 1;
        attempt().await?;
        Ok(a + all[1])
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain([1, 2]).await, 3);
        assert_eq!(tried(FAILURES, fallible([1, 2])).await.unwrap(), 4);
    }
}

/// `(a, ref mut b)`.
#[under_each_policy]
mod shape_028 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain((a, ref mut b): (u32, u32)) -> u32 {
        pause().await;
        *b += 1;
        a + *b
    }

    // The name is a reference into the caller's value, so what an attempt does through it stays.
    #[policies]
    async fn fallible((a, ref mut b): (u32, u32), (ref c, _): (u32, u32)) -> Result<u32, Error> {
        *b += 1;
        attempt().await?;
        Ok(a + *b + *c)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain((1, 2)).await, 4);
        assert_eq!(tried(FAILURES, fallible((1, 2), (10, 0))).await.unwrap(), 14 + FAILURES);
    }
}
