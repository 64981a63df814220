//! Rows 10 to 19: the forms of `self`.

use steadfast_tests_stamp::under_each_policy;

/// `&self`.
#[under_each_policy]
mod shape_010 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Counter {
        n: u32,
    }

    impl Counter {
        #[policies(on_elapsed = 0)]
        async fn plain(&self, x: u32) -> u32 {
            pause().await;
            self.n + x
        }

        #[policies]
        async fn fallible(&self, x: u32) -> Result<u32, Error> {
            attempt().await?;
            Ok(self.n + x)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Counter { n: 1 }.plain(2).await, 3);
        assert_eq!(tried(FAILURES, Counter { n: 1 }.fallible(2)).await.unwrap(), 3);
    }
}

/// `&mut self`: what an attempt changes through it stays changed, as with any other caller.
#[under_each_policy]
mod shape_011 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Counter {
        n: u32,
    }

    impl Counter {
        #[policies(on_elapsed = 0)]
        async fn plain(&mut self, x: u32) -> u32 {
            pause().await;
            self.n += x;
            self.n
        }

        #[policies]
        async fn fallible(&mut self, x: u32) -> Result<u32, Error> {
            self.n += x;
            attempt().await?;
            self.n += 10 * x;
            Ok(self.n)
        }

        #[policies]
        async fn calls_another(&mut self) -> Result<u32, Error> {
            self.bump();
            attempt().await?;
            self.bump();
            Ok(self.n)
        }

        fn bump(&mut self) {
            self.n += 1;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut counter = Counter { n: 1 };
        assert_eq!(counter.plain(2).await, 3);
        assert_eq!(tried(FAILURES, counter.fallible(2)).await.unwrap(), 25 + 2 * FAILURES);
        counter.n = 0;
        assert_eq!(tried(FAILURES, counter.calls_another()).await.unwrap(), 2 + FAILURES);
    }
}

/// `&mut self -> &mut T`. Under `retry`: ui-tests/retry/fail/returned_borrow.rs.
#[under_each_policy]
mod shape_012 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Counter {
        n: u32,
    }

    impl Counter {
        #[policies(only_bounded)]
        async fn plain(&mut self) -> &mut u32 {
            pause().await;
            self.n += 1;
            &mut self.n
        }

        #[policies(not_retry)]
        async fn fallible(&mut self) -> Result<&mut u32, Error> {
            attempt().await?;
            self.n += 1;
            Ok(&mut self.n)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut counter = Counter { n: 1 };
        *counter.plain().await += 1;
        *tried(0, counter.fallible()).await.unwrap() += 1;
        assert_eq!(counter.n, 5);
    }
}

/// `&self -> &T`.
#[under_each_policy]
mod shape_013 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Named {
        name: String,
    }

    impl Named {
        #[policies(on_elapsed = "")]
        async fn plain(&self, _salt: &str) -> &str {
            pause().await;
            &self.name
        }

        #[policies]
        async fn fallible(&self, _salt: &str) -> Result<&str, Error> {
            attempt().await?;
            Ok(&self.name)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let named = Named { name: "x".to_owned() };
        assert_eq!(named.plain("").await, "x");
        assert_eq!(tried(FAILURES, named.fallible("")).await.unwrap(), "x");
    }
}

/// `self` with a field moved out. Under `retry` without `Clone`: ui-tests/retry/fail/consumed_argument.rs.
#[under_each_policy]
mod shape_014 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Unique {
        name: String,
    }

    #[derive(Clone)]
    struct Named {
        name: String,
    }

    impl Unique {
        #[policies(on_elapsed = String::new())]
        async fn plain(self) -> String {
            pause().await;
            self.name
        }

        #[policies(not_retry)]
        async fn fallible(self) -> Result<String, Error> {
            attempt().await?;
            Ok(self.name)
        }
    }

    impl Named {
        #[policies]
        async fn fallible(self) -> Result<String, Error> {
            let name = self.name;
            attempt().await?;
            Ok(name)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Unique { name: "x".to_owned() }.plain().await, "x");
        assert_eq!(tried(0, Unique { name: "x".to_owned() }.fallible()).await.unwrap(), "x");
        assert_eq!(tried(FAILURES, Named { name: "x".to_owned() }.fallible()).await.unwrap(), "x");
    }
}

/// `self` that is only read, of a type that is not `Clone`.
#[under_each_policy]
mod shape_015 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Unique {
        name: String,
    }

    impl Unique {
        #[policies(on_elapsed = 0)]
        async fn plain(self) -> usize {
            pause().await;
            self.name.len()
        }

        #[policies]
        async fn fallible(self) -> Result<usize, Error> {
            attempt().await?;
            Ok(self.name.len())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Unique { name: "x".to_owned() }.plain().await, 1);
        assert_eq!(tried(FAILURES, Unique { name: "x".to_owned() }.fallible()).await.unwrap(), 1);
    }
}

/// `mut self`: each attempt changes a copy of its own.
#[under_each_policy]
mod shape_016 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Clone)]
    struct Counter {
        n: u32,
    }

    impl Counter {
        #[policies(on_elapsed = 0)]
        async fn plain(mut self) -> u32 {
            pause().await;
            self.n += 1;
            self.n
        }

        #[policies]
        async fn fallible(mut self) -> Result<u32, Error> {
            self.n += 1;
            attempt().await?;
            self.n += 1;
            Ok(self.n)
        }

        #[policies]
        async fn returned(mut self) -> Result<Self, Error> {
            self.n += 1;
            attempt().await?;
            Ok(self)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Counter { n: 1 }.plain().await, 2);
        assert_eq!(tried(FAILURES, Counter { n: 1 }.fallible()).await.unwrap(), 3);
        assert_eq!(tried(FAILURES, Counter { n: 1 }.returned()).await.unwrap().n, 2);
    }
}

/// `self: Arc<Self>`, and `&Arc<Self>`.
#[under_each_policy]
mod shape_017 {
    use std::sync::Arc;

    use crate::trial::{Error, attempt, pause, tried};

    struct Named {
        name: String,
    }

    impl Named {
        #[policies(on_elapsed = 0)]
        async fn plain(self: Arc<Self>) -> usize {
            pause().await;
            self.name.len()
        }

        #[policies]
        async fn read(self: Arc<Self>) -> Result<usize, Error> {
            attempt().await?;
            Ok(self.name.len())
        }

        #[policies]
        async fn moved(self: Arc<Self>) -> Result<Arc<Self>, Error> {
            let taken = self;
            attempt().await?;
            Ok(taken)
        }

        #[policies]
        async fn lent(self: &Arc<Self>) -> Result<Arc<Self>, Error> {
            attempt().await?;
            Ok(Arc::clone(self))
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let named = Arc::new(Named { name: "x".to_owned() });
        assert_eq!(Arc::clone(&named).plain().await, 1);
        assert_eq!(tried(FAILURES, Arc::clone(&named).read()).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, Arc::clone(&named).moved()).await.unwrap().name, "x");
        assert_eq!(tried(FAILURES, named.lent()).await.unwrap().name, "x");
        assert_eq!(Arc::strong_count(&named), 1);
    }
}

/// `self: Pin<&mut Self>`, which each attempt reborrows.
#[under_each_policy]
mod shape_018 {
    use std::pin::Pin;

    use crate::trial::{Error, attempt, pause, tried};

    struct Counter {
        n: u32,
    }

    impl Counter {
        #[policies(on_elapsed = 0)]
        async fn plain(self: Pin<&mut Self>) -> u32 {
            pause().await;
            self.n
        }

        #[policies]
        async fn read(self: Pin<&mut Self>) -> Result<u32, Error> {
            attempt().await?;
            Ok(self.n)
        }

        #[policies]
        async fn changed(mut self: Pin<&mut Self>) -> Result<u32, Error> {
            self.n += 1;
            attempt().await?;
            self.as_mut().n += 1;
            Ok(self.n)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut counter = Counter { n: 1 };
        assert_eq!(Pin::new(&mut counter).plain().await, 1);
        assert_eq!(tried(FAILURES, Pin::new(&mut counter).read()).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, Pin::new(&mut counter).changed()).await.unwrap(), 3 + FAILURES);
    }
}

/// `self: Box<Self>`.
#[under_each_policy]
mod shape_019 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Clone)]
    struct Named {
        name: String,
    }

    struct Unique {
        name: String,
    }

    impl Named {
        #[policies(on_elapsed = String::new())]
        async fn plain(self: Box<Self>) -> String {
            pause().await;
            self.name
        }

        #[policies]
        async fn fallible(self: Box<Self>) -> Result<String, Error> {
            attempt().await?;
            Ok(self.name)
        }

        #[policies]
        async fn changed(mut self: Box<Self>) -> Result<String, Error> {
            self.name.push('y');
            attempt().await?;
            Ok(self.name)
        }
    }

    impl Unique {
        #[policies]
        async fn read(self: Box<Self>) -> Result<usize, Error> {
            attempt().await?;
            Ok(self.name.len())
        }
    }

    fn named() -> Box<Named> {
        Box::new(Named { name: "x".to_owned() })
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(named().plain().await, "x");
        assert_eq!(tried(FAILURES, named().fallible()).await.unwrap(), "x");
        assert_eq!(tried(FAILURES, named().changed()).await.unwrap(), "xy");
        assert_eq!(tried(FAILURES, Box::new(Unique { name: "x".to_owned() }).read()).await.unwrap(), 1);
    }
}
