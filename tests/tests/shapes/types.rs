//! Rows 122 to 135: types and bounds in the signature.

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

/// `&mut Vec<T>`.
#[under_each_policy]
mod shape_127 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: &mut Vec<u32>) -> usize {
        pause().await;
        x.push(1);
        x.len()
    }

    #[policies]
    async fn fallible(x: &mut Vec<u32>) -> Result<usize, Error> {
        x.push(1);
        attempt().await?;
        x.push(2);
        Ok(x.len())
    }

    async fn push(x: &mut Vec<u32>) {
        pause().await;
        x.push(3);
    }

    // Handed on as it is: by its name it looks moved, and is reborrowed.
    #[policies]
    async fn handed_on(x: &mut Vec<u32>) -> Result<usize, Error> {
        push(x).await;
        attempt().await?;
        Ok(x.len())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut list = vec![0];
        assert_eq!(plain(&mut list).await, 2);
        assert_eq!(tried(FAILURES, fallible(&mut list)).await.unwrap() as u32, 4 + FAILURES);
        list.clear();
        assert_eq!(tried(FAILURES, handed_on(&mut list)).await.unwrap() as u32, 1 + FAILURES);
    }
}

/// `&'a mut T -> &'a mut U`. Under `retry`: ui-tests/retry/fail/borrow_of_argument.rs.
#[under_each_policy]
mod shape_128 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(only_bounded)]
    async fn plain<'a>(x: &'a mut [u32], _y: &u32) -> &'a mut u32 {
        pause().await;
        &mut x[0]
    }

    #[policies(not_retry)]
    async fn fallible<'a>(x: &'a mut [u32]) -> Result<&'a mut u32, Error> {
        attempt().await?;
        Ok(&mut x[0])
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut list = [0, 1];
        *plain(&mut list, &0).await += 1;
        *tried(0, fallible(&mut list)).await.unwrap() += 1;
        assert_eq!(list, [2, 1]);
    }
}

/// Reborrows across awaits.
#[under_each_policy]
mod shape_129 {
    use crate::trial::{Error, attempt, pause, tried};

    async fn push(list: &mut Vec<u32>, n: u32) {
        pause().await;
        list.push(n);
    }

    #[policies(on_elapsed = 0)]
    async fn plain(list: &mut Vec<u32>) -> usize {
        push(list, 1).await;
        push(&mut *list, 2).await;
        list.len()
    }

    #[policies]
    async fn fallible(list: &mut Vec<u32>) -> Result<usize, Error> {
        let again = &mut *list;
        push(again, 1).await;
        attempt().await?;
        push(again, 2).await;
        push(list, 3).await;
        Ok(list.len())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(&mut vec![]).await, 2);
        assert_eq!(tried(FAILURES, fallible(&mut vec![])).await.unwrap() as u32, 3 + FAILURES);
    }
}

/// A nested async block with a `?` and a `return` of its own.
#[under_each_policy]
mod shape_130 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: Option<u32>) -> u32 {
        let inner = async {
            pause().await;
            let n = x?;
            if n == 3 {
                return None;
            }
            Some(n + 1)
        };
        inner.await.unwrap_or(0)
    }

    #[policies]
    async fn fallible(x: &str) -> Result<u32, Error> {
        let parsed: Result<u32, std::num::ParseIntError> = async { x.parse::<u32>().map(|n| n + 1) }.await;
        let twice = async move {
            let n = parsed?;
            return Ok::<_, std::num::ParseIntError>(n * 2);
        };
        attempt().await?;
        Ok(twice.await.unwrap_or(0))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!((plain(Some(1)).await, plain(Some(3)).await, plain(None).await), (2, 0, 0));
        assert_eq!(tried(FAILURES, fallible("1")).await.unwrap(), 4);
        assert_eq!(tried(FAILURES, fallible("x")).await.unwrap(), 0);
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

/// `&mut self -> &str` through a field that is a `&'a mut String`. Under `retry`: ui-tests/retry/fail/borrow_of_self.rs.
#[under_each_policy]
mod shape_134 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Buffer<'a> {
        text: &'a mut String,
    }

    impl<'a> Buffer<'a> {
        #[policies(only_bounded)]
        async fn plain(&mut self) -> &str {
            pause().await;
            self.text.push('y');
            self.text
        }

        #[policies(not_retry)]
        async fn fallible(&mut self) -> Result<&str, Error> {
            self.text.push('z');
            attempt().await?;
            Ok(self.text)
        }

        #[policies(not_retry)]
        async fn taken(self) -> Result<&'a mut String, Error> {
            self.text.push('!');
            attempt().await?;
            Ok(self.text)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut text = "x".to_owned();
        assert_eq!(Buffer { text: &mut text }.plain().await, "xy");
        assert_eq!(tried(0, Buffer { text: &mut text }.fallible()).await.unwrap(), "xyz");
        assert_eq!(tried(0, Buffer { text: &mut text }.taken()).await.unwrap(), "xyz!");
    }
}

/// Two lifetimes into a struct that is returned.
#[under_each_policy]
mod shape_135 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Debug, PartialEq)]
    struct Pair<'a, 'b>(&'a str, &'b [u32]);

    #[policies(on_elapsed = Pair("", &[]))]
    async fn plain<'a, 'b>(x: &'a str, y: &'b [u32]) -> Pair<'a, 'b> {
        pause().await;
        Pair(x, y)
    }

    #[policies]
    async fn fallible<'a, 'b: 'a>(x: &'a str, y: &'b [u32]) -> Result<Pair<'a, 'b>, Error> {
        attempt().await?;
        Ok(Pair(x, y))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("x", &[1]).await, Pair("x", &[1]));
        assert_eq!(tried(FAILURES, fallible("x", &[1])).await.unwrap(), Pair("x", &[1]));
    }
}
