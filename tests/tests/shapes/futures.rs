//! Rows 113, 116 and 117: a function as a value, and functions that return their future themselves.

use steadfast_tests_stamp::under_each_policy;

/// Used where `F: Fn(u32) -> Fut` is asked for.
#[under_each_policy]
mod shape_113 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: u32) -> u32 {
        pause().await;
        x
    }

    #[policies]
    async fn fallible(x: String) -> Result<String, Error> {
        attempt().await?;
        Ok(x)
    }

    async fn call<A, F, Fut>(f: F, argument: A) -> Fut::Output
    where
        F: Fn(A) -> Fut,
        Fut: Future + Send + 'static,
    {
        f(argument).await
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(call(plain, 1).await, 1);
        assert_eq!(tried(FAILURES, call(fallible, "x".to_owned())).await.unwrap(), "x");
    }
}

/// `fn -> impl Future { async move {} }`, also with statements before the block, which stay outside.
#[under_each_policy]
mod shape_116 {
    use std::cell::Cell;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    fn plain(x: u32) -> impl Future<Output = u32> {
        async move {
            pause().await;
            x
        }
    }

    #[policies]
    fn fallible(x: String) -> impl Future<Output = Result<String, Error>> + Send {
        async move {
            let taken = x;
            attempt().await?;
            Ok(taken)
        }
    }

    #[policies]
    fn prepared<'a>(
        calls: &'a Cell<u32>,
        list: &[u32],
    ) -> impl Future<Output = Result<Vec<u32>, Error>> + use<'a> {
        calls.set(calls.get() + 1);
        let mut list = list.to_vec();
        list.push(1);
        async move {
            calls.set(calls.get() + 10);
            attempt().await?;
            let mut list = list.clone();
            list.push(2);
            Ok(list)
        }
    }

    struct Client {
        n: u32,
    }

    impl Client {
        #[policies]
        fn method(&self, x: u32) -> impl Future<Output = Result<u32, Error>> {
            let n = self.n;
            async move {
                attempt().await?;
                Ok(n + x)
            }
        }

        #[policies]
        fn borrows(&mut self) -> impl Future<Output = Result<u32, Error>> {
            async {
                self.n += 1;
                attempt().await?;
                Ok(self.n)
            }
        }
    }

    trait Fetch {
        fn fetch(&self, x: u32) -> impl Future<Output = Result<u32, Error>> + Send;
    }

    impl Fetch for Client {
        #[policies]
        fn fetch(&self, x: u32) -> impl Future<Output = Result<u32, Error>> + Send {
            async move {
                attempt().await?;
                Ok(self.n + x)
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 1);
        assert_eq!(tried(FAILURES, fallible("x".to_owned())).await.unwrap(), "x");
        let calls = Cell::new(0);
        assert_eq!(tried(FAILURES, prepared(&calls, &[0])).await.unwrap(), [0, 1, 2]);
        assert_eq!(calls.get(), 11 + 10 * FAILURES);
        let mut client = Client { n: 1 };
        assert_eq!(tried(FAILURES, client.method(1)).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, client.fetch(1)).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, client.borrows()).await.unwrap(), 2 + FAILURES);
    }
}

/// `fn -> Pin<Box<dyn Future>> { Box::pin(async move {}) }`, by any spelling.
#[under_each_policy]
mod shape_117 {
    use std::pin::Pin;

    use futures::future::{BoxFuture, LocalBoxFuture};

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    fn plain(x: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
        Box::pin(async move {
            pause().await;
            x
        })
    }

    #[policies]
    fn fallible(
        x: String,
    ) -> std::pin::Pin<std::boxed::Box<dyn Future<Output = Result<String, Error>> + Send>> {
        let prefix = x.len();
        std::boxed::Box::pin(async move {
            let taken = x;
            attempt().await?;
            Ok(format!("{prefix}{taken}"))
        })
    }

    #[policies]
    fn aliased(x: &str) -> BoxFuture<'_, Result<String, Error>> {
        Box::pin(async move {
            attempt().await?;
            Ok(x.to_owned())
        })
    }

    #[policies]
    fn local(mut x: Vec<u32>) -> LocalBoxFuture<'static, Result<Vec<u32>, Error>> {
        x.push(0);
        Box::pin(async move {
            attempt().await?;
            Ok(x)
        })
    }

    struct Client {
        n: u32,
    }

    impl Client {
        #[policies]
        fn method<'a>(
            &'a mut self,
            x: &'a [u32],
        ) -> Pin<Box<dyn Future<Output = Result<u32, Error>> + Send + 'a>> {
            Box::pin(async move {
                self.n += x.len() as u32;
                attempt().await?;
                Ok(self.n)
            })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 1);
        assert_eq!(tried(FAILURES, fallible("x".to_owned())).await.unwrap(), "1x");
        assert_eq!(tried(FAILURES, aliased("x")).await.unwrap(), "x");
        assert_eq!(tried(FAILURES, local(vec![1])).await.unwrap(), [1, 0]);
        assert_eq!(tried(FAILURES, Client { n: 1 }.method(&[1])).await.unwrap(), 2 + FAILURES);
    }
}
