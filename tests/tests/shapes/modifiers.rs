//! Rows 65 to 72: what stands around a function and at its start. Rows 63 and 64 are in `tests/unsafe-fn` and
//! `tests/edition-2021`.

use steadfast_tests_stamp::under_each_policy;

/// `async extern "C" fn`.
#[under_each_policy]
mod shape_065 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    #[expect(improper_ctypes_definitions)]
    async extern "C" fn plain(x: u32) -> u32 {
        pause().await;
        x
    }

    #[policies]
    #[expect(improper_ctypes_definitions)]
    async extern "C" fn fallible(x: u32) -> Result<u32, Error> {
        attempt().await?;
        Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 1);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 1);
    }
}

/// `pub(in path)`, `pub(crate)`, `pub(super)`.
#[under_each_policy]
mod shape_066 {
    mod inner {
        use crate::trial::{Error, attempt, pause};

        #[policies(on_elapsed = 0)]
        pub(in crate::modifiers) async fn plain(x: u32) -> u32 {
            pause().await;
            x
        }

        #[policies]
        pub(crate) async fn fallible(x: u32) -> Result<u32, Error> {
            attempt().await?;
            Ok(x)
        }

        pub(super) struct Api;

        impl Api {
            #[policies]
            pub(super) async fn method(&self) -> Result<u32, Error> {
                attempt().await?;
                Ok(1)
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        use crate::trial::tried;

        assert_eq!(inner::plain(1).await, 1);
        assert_eq!(tried(FAILURES, inner::fallible(1)).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, inner::Api.method()).await.unwrap(), 1);
    }
}

/// `#[cfg]` on arguments.
#[under_each_policy]
mod shape_067 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(#[cfg(not(test))] absent: Absent, #[cfg(test)] x: u32) -> u32 {
        pause().await;
        x
    }

    #[policies]
    async fn fallible(
        #[cfg(not(test))] mut absent: Absent,
        #[cfg_attr(test, cfg(test))] mut x: Vec<u32>,
        #[cfg_attr(test, cfg(not(test)))] x: Absent,
        #[allow(unused_variables)] hint: u32,
    ) -> Result<Vec<u32>, Error> {
        #[cfg(not(test))]
        absent.push(1);
        x.push(1);
        attempt().await?;
        #[cfg(not(test))]
        drop(absent);
        Ok(x)
    }

    #[policies]
    async fn read(#[cfg(not(test))] absent: Absent, #[cfg(test)] x: Vec<u32>) -> Result<usize, Error> {
        attempt().await?;
        #[cfg(not(test))]
        absent.len();
        Ok(x.len())
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 1);
        assert_eq!(tried(FAILURES, fallible(vec![0], 0)).await.unwrap(), [0, 1]);
        assert_eq!(tried(FAILURES, read(vec![0])).await.unwrap(), 1);
    }
}

/// Documentation and attributes below ours.
#[under_each_policy]
mod shape_068 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    /// Documented below.
    #[inline]
    #[must_use = "it is a number"]
    #[allow(clippy::needless_pass_by_value)]
    async fn plain(x: u32) -> u32 {
        pause().await;
        x
    }

    #[policies]
    /** Documented
    below. */
    #[inline(never)]
    #[cold]
    #[cfg_attr(all(), must_use, allow(dead_code))]
    #[cfg_attr(any(), absent)]
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

/// Documentation and attributes above ours; a foreign attribute macro above and below.
#[under_each_policy]
mod shape_069 {
    use crate::trial::{Error, attempt, pause, tried};

    /// Documented above.
    #[inline]
    #[must_use]
    #[cfg_attr(all(), allow(clippy::needless_pass_by_value))]
    #[cfg_attr(any(), absent)]
    #[policies(on_elapsed = 0)]
    async fn plain(x: u32) -> u32 {
        pause().await;
        x
    }

    #[tracing::instrument(skip_all)]
    #[policies]
    async fn instrumented_above(mut x: Vec<u32>) -> Result<Vec<u32>, Error> {
        x.push(1);
        attempt().await?;
        Ok(x)
    }

    #[policies]
    #[tracing::instrument(skip_all, err)]
    async fn instrumented_below(mut x: Vec<u32>) -> Result<Vec<u32>, Error> {
        x.push(1);
        attempt().await?;
        Ok(x)
    }

    #[tracing::instrument(skip_all)]
    #[policies]
    async fn exclusive_above(x: &mut Vec<u32>, n: &u32) -> Result<usize, Error> {
        push(x, *n).await;
        attempt().await?;
        Ok(x.len())
    }

    async fn push(x: &mut Vec<u32>, n: u32) {
        pause().await;
        x.push(n);
    }

    struct Client {
        n: u32,
    }

    impl Client {
        #[tracing::instrument(skip_all)]
        #[policies]
        async fn shared_above(&self, x: String) -> Result<String, Error> {
            attempt().await?;
            Ok(format!("{}{x}", self.n))
        }

        // Above ours it is refused with `&mut self`: the `move` block that it makes would keep `self` for the first
        // attempt.
        #[policies]
        #[tracing::instrument(skip_all)]
        async fn exclusive_below(&mut self, x: String) -> Result<String, Error> {
            self.n += 1;
            let taken = x;
            attempt().await?;
            Ok(format!("{}{taken}", self.n))
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 1);
        assert_eq!(tried(FAILURES, exclusive_above(&mut vec![], &1)).await.unwrap() as u32, 1 + FAILURES);
        let mut client = Client { n: 1 };
        assert_eq!(tried(FAILURES, client.shared_above("x".to_owned())).await.unwrap(), "1x");
        let expected = format!("{}x", 2 + FAILURES);
        assert_eq!(tried(FAILURES, client.exclusive_below("x".to_owned())).await.unwrap(), expected);
        assert_eq!(tried(FAILURES, instrumented_above(vec![0])).await.unwrap(), [0, 1]);
        assert_eq!(tried(FAILURES, instrumented_below(vec![0])).await.unwrap(), [0, 1]);
    }
}

/// `#![allow(..)]` inside the body.
#[under_each_policy]
mod shape_070 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: u32) -> u32 {
        #![allow(unused_variables)]
        let y = 1;
        pause().await;
        x
    }

    #[policies]
    async fn fallible(x: u32) -> Result<u32, Error> {
        #![allow(unused_variables, clippy::all)]
        //! Documented inside.
        let y = 1;
        attempt().await?;
        Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 1);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 1);
    }
}

/// Items and constants inside the body, before and after statements.
#[under_each_policy]
mod shape_071 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: u32) -> u32 {
        const N: u32 = 1;
        use std::cmp::max;
        fn inner(x: u32) -> u32 {
            x + N
        }
        pause().await;
        max(inner(x), 0)
    }

    #[policies]
    async fn fallible(x: u32) -> Result<u32, Error> {
        static SEEN: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        struct Job(u32);
        impl Job {
            async fn run(self) -> Result<u32, Error> {
                attempt().await?;
                Ok(self.0 + N)
            }
        }
        SEEN.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let value = Job(x).run().await?;
        const N: u32 = 1;
        Ok(value)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 2);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 2);
    }
}

/// `use Bar::*` in the body, which shadows the name of the return type.
#[under_each_policy]
mod shape_072 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Debug, PartialEq)]
    struct Bar(u32);

    fn new(x: u32) -> Bar {
        Bar(x)
    }

    mod names {
        #[allow(dead_code)]
        pub(super) enum Kind {
            Bar,
            Result,
            Error,
            Ok,
        }
    }

    #[policies(on_elapsed = new(0))]
    async fn plain(x: u32) -> Bar {
        use names::Kind::*;
        pause().await;
        let _ = (Bar, Ok, Error, Result);
        new(x)
    }

    #[policies]
    async fn fallible(x: u32) -> Result<Bar, Error> {
        use names::Kind::{Error, Result};
        let _ = (Error, Result);
        attempt().await?;
        Ok(Bar(x))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, Bar(1));
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), Bar(1));
    }
}
