//! Rows 122 to 126 and 131 to 133: types and bounds in the signature.

use steadfast_tests_stamp::under_each_policy;

/// A generic type with a default, returned.
#[under_each_policy]
mod shape_122 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Debug, Default, PartialEq)]
    struct Page<T = u32>(T);

    #[policies(on_elapsed = Page(0))]
    async fn plain() -> Page {
        pause().await;
        Page(1)
    }

    #[policies]
    async fn fallible<T: Default>() -> Result<Page<T>, Error> {
        attempt().await?;
        Ok(Page::default())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain().await, Page(1));
        assert_eq!(tried(FAILURES, fallible::<u8>()).await.unwrap(), Page(0));
        let inferred: Page = tried(FAILURES, fallible()).await.unwrap();
        assert_eq!(inferred, Page(0));
    }
}

/// An argument with a higher-ranked bound.
#[under_each_policy]
mod shape_123 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain<F>(f: F, text: &str) -> usize
    where
        F: for<'a> Fn(&'a str) -> &'a str,
    {
        pause().await;
        f(text).len()
    }

    #[policies]
    async fn fallible<F>(f: F, text: &str) -> Result<usize, Error>
    where
        for<'a> F: Fn(&'a str) -> &'a str,
    {
        let before = f(text).len();
        attempt().await?;
        Ok(before + f("ab").len())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(|text| &text[1..], "ab").await, 1);
        assert_eq!(tried(FAILURES, fallible(|text| &text[1..], "ab")).await.unwrap(), 2);
    }
}

/// `impl AsyncFn`, `AsyncFnMut` and `AsyncFnOnce` as arguments.
#[under_each_policy]
mod shape_124 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(f: impl AsyncFn(u32) -> u32) -> u32 {
        f(1).await + f(2).await
    }

    #[policies]
    async fn fallible(f: impl AsyncFn(u32) -> u32) -> Result<u32, Error> {
        let n = f(1).await;
        attempt().await?;
        Ok(n + f(2).await)
    }

    #[policies]
    async fn exclusive(mut f: impl AsyncFnMut(u32) + Clone) -> Result<(), Error> {
        f(1).await;
        attempt().await.map(drop)
    }

    #[policies(not_retry)]
    async fn once(f: impl AsyncFnOnce(u32) -> u32) -> Result<u32, Error> {
        attempt().await?;
        Ok(f(1).await)
    }

    #[policies(retry(clone(f)))]
    async fn once_each(f: impl AsyncFnOnce(u32) -> u32 + Clone) -> Result<u32, Error> {
        let n = f(1).await;
        attempt().await?;
        Ok(n)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let add = async |n: u32| {
            pause().await;
            n + 1
        };
        assert_eq!(plain(add).await, 5);
        assert_eq!(tried(FAILURES, fallible(add)).await.unwrap(), 5);
        assert_eq!(tried(0, once(add)).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, once_each(add)).await.unwrap(), 2);
        tried(FAILURES, exclusive(async |_| pause().await)).await.unwrap();
    }
}

/// A generic that only a turbofish can tell.
#[under_each_policy]
mod shape_125 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain<T>() -> usize {
        pause().await;
        size_of::<T>()
    }

    #[policies]
    async fn fallible<T, const N: usize>() -> Result<usize, Error> {
        attempt().await?;
        Ok(size_of::<[T; N]>())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain::<u32>().await, 4);
        assert_eq!(tried(FAILURES, fallible::<u16, 3>()).await.unwrap(), 6);
    }
}

/// A block in a type of the signature.
#[under_each_policy]
mod shape_126 {
    use crate::trial::{Error, attempt, pause, tried};

    const N: usize = 2;

    #[policies(on_elapsed = [0; { 2 + 1 }])]
    #[expect(unused_braces)]
    async fn plain(x: [u8; { 2 + 1 }]) -> [u8; { N + 1 }] {
        pause().await;
        x
    }

    #[policies]
    #[expect(unused_braces)]
    async fn fallible(mut x: [u8; { 2 + 1 }]) -> Result<[u8; { N + 1 }], Error> {
        x[0] += 1;
        attempt().await?;
        Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain([1, 2, 3]).await, [1, 2, 3]);
        assert_eq!(tried(FAILURES, fallible([1, 2, 3])).await.unwrap(), [2, 2, 3]);
    }
}

/// `#[track_caller]`, which rustc ignores on an `async fn`.
#[under_each_policy]
mod shape_131 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    #[track_caller]
    #[expect(ungated_async_fn_track_caller)]
    async fn plain(x: u32) -> u32 {
        pause().await;
        x
    }

    #[policies]
    #[track_caller]
    #[expect(ungated_async_fn_track_caller)]
    async fn fallible(x: u32) -> Result<u32, Error> {
        attempt().await?;
        Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 1);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 1);
    }
}

/// A deprecated item below ours, with the `allow` that covers it.
#[under_each_policy]
mod shape_132 {
    use crate::trial::{Error, attempt, pause, tried};

    #[deprecated = "use the other"]
    fn old(x: u32) -> u32 {
        x
    }

    #[policies(on_elapsed = 0)]
    #[allow(deprecated)]
    async fn plain(x: u32) -> u32 {
        pause().await;
        old(x)
    }

    #[policies]
    #[expect(deprecated)]
    async fn fallible(x: u32) -> Result<u32, Error> {
        attempt().await?;
        Ok(old(x))
    }

    #[policies]
    #[deprecated]
    async fn itself(x: u32) -> Result<u32, Error> {
        attempt().await?;
        Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 1);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 1);
        #[expect(deprecated)]
        let call = itself(1);
        assert_eq!(tried(FAILURES, call).await.unwrap(), 1);
    }
}

/// `where Self: Sized`.
#[under_each_policy]
mod shape_133 {
    use crate::trial::{Error, attempt, pause, tried};

    trait Named: Clone {
        fn name(&self) -> String;

        #[policies(on_elapsed = String::new())]
        async fn plain(&self) -> String
        where
            Self: Sized,
        {
            pause().await;
            self.name()
        }

        #[policies]
        async fn fallible(self) -> Result<Self, Error>
        where
            Self: Sized,
        {
            let this = self;
            attempt().await?;
            Ok(this)
        }
    }

    #[derive(Clone)]
    struct First;

    impl Named for First {
        fn name(&self) -> String {
            "first".to_owned()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(First.plain().await, "first");
        assert_eq!(tried(FAILURES, First.fallible()).await.unwrap().name(), "first");
    }
}
