//! Rows 114 and 115: below `#[async_trait]`.

use steadfast_tests_stamp::under_each_policy;

/// Below `#[async_trait]` on the `impl`.
#[under_each_policy]
mod shape_114 {
    use std::sync::Arc;

    use async_trait::async_trait;

    use crate::trial::{Error, attempt, pause, tried};

    #[async_trait]
    trait Store: Sync + Send {
        async fn plain(&self, x: u32) -> u32;
        async fn unit(&self);
        async fn fallible(&self, key: String) -> Result<String, Error>;
        async fn changed(&mut self, mut list: Vec<u32>) -> Result<Vec<u32>, Error>;
        async fn pattern(&self, (a, b): (u32, String), _: u8, list: &[u32]) -> Result<String, Error>;
        async fn borrowed<'a>(&'a self, text: &'a str) -> Result<&'a str, Error>;
        async fn consumed(self) -> Result<u32, Error>
        where
            Self: Sized;
        async fn mutated(mut self) -> Result<u32, Error>
        where
            Self: Sized;
        async fn boxed(self: Box<Self>) -> Result<u32, Error>;
        async fn shared(self: Arc<Self>, x: u32) -> Result<u32, Error>;
        async fn generic<T: Into<String> + Send + Clone>(&self, x: T) -> Result<String, Error>
        where
            Self: Sized;
        async fn done(&self) -> Result<(), Error>;
        async fn assigned(x: String) -> Result<String, Error>
        where
            Self: Sized;
    }

    #[derive(Clone)]
    struct Memory {
        n: u32,
    }

    #[async_trait]
    impl Store for Memory {
        #[policies(on_elapsed = 0)]
        async fn plain(&self, x: u32) -> u32 {
            pause().await;
            self.n + x
        }

        #[policies(on_elapsed = ())]
        async fn unit(&self) {
            if self.n > 100 {
                return;
            }
            pause().await;
        }

        #[policies]
        async fn fallible(&self, key: String) -> Result<String, Error> {
            let taken = key;
            attempt().await?;
            Ok(taken)
        }

        #[policies]
        async fn changed(&mut self, mut list: Vec<u32>) -> Result<Vec<u32>, Error> {
            self.n += 1;
            list.push(1);
            attempt().await?;
            Ok(list)
        }

        #[policies]
        async fn pattern(&self, (mut a, b): (u32, String), _: u8, list: &[u32]) -> Result<String, Error> {
            a += 1;
            let taken = b;
            attempt().await?;
            Ok(format!("{a}{taken}{}", list.len()))
        }

        #[policies]
        async fn borrowed<'a>(&'a self, text: &'a str) -> Result<&'a str, Error> {
            attempt().await?;
            Ok(&text[1..])
        }

        #[policies]
        async fn consumed(self) -> Result<u32, Error> {
            let this = self;
            attempt().await?;
            Ok(this.n)
        }

        #[policies]
        async fn mutated(mut self) -> Result<u32, Error> {
            self.n += 1;
            attempt().await?;
            Ok(self.n)
        }

        #[policies]
        async fn boxed(self: Box<Self>) -> Result<u32, Error> {
            attempt().await?;
            Ok(self.n)
        }

        #[policies]
        async fn shared(self: Arc<Self>, x: u32) -> Result<u32, Error> {
            attempt().await?;
            Ok(self.n + x)
        }

        #[policies]
        async fn generic<T: Into<String> + Send + Clone>(&self, x: T) -> Result<String, Error> {
            let x = x.into();
            attempt().await?;
            Ok(x)
        }

        #[policies]
        async fn done(&self) -> Result<(), Error> {
            attempt().await?;
            if self.n == 0 {
                return Ok(());
            }
            Ok(())
        }

        #[policies]
        async fn assigned(x: String) -> Result<String, Error> {
            attempt().await?;
            Ok(x)
        }
    }

    fn memory() -> Memory {
        Memory { n: 1 }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let text = || "x".to_owned();
        let mut store: Box<dyn Store> = Box::new(memory());
        assert_eq!(store.plain(2).await, 3);
        let () = store.unit().await;
        let () = tried(FAILURES, store.done()).await.unwrap();
        assert_eq!(tried(FAILURES, store.fallible(text())).await.unwrap(), "x");
        assert_eq!(tried(FAILURES, store.changed(vec![0])).await.unwrap(), [0, 1]);
        assert_eq!(store.plain(0).await, 2 + FAILURES);
        let call = store.pattern((1, text()), 0, &[1]);
        assert_eq!(tried(FAILURES, call).await.unwrap(), "2x1");
        assert_eq!(tried(FAILURES, store.borrowed("ab")).await.unwrap(), "b");
        assert_eq!(tried(FAILURES, store.boxed()).await.unwrap(), 2 + FAILURES);
        assert_eq!(tried(FAILURES, memory().consumed()).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, memory().mutated()).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, Arc::new(memory()).shared(1)).await.unwrap(), 2);
        assert_eq!(tried(FAILURES, memory().generic("x")).await.unwrap(), "x");
        assert_eq!(tried(FAILURES, Memory::assigned(text())).await.unwrap(), "x");
        let spawned = tokio::spawn(async { memory().fallible("x".to_owned()).await });
        assert_eq!(spawned.await.unwrap().unwrap(), "x");
    }
}

/// Default methods of an `#[async_trait]`, with patterns; `?Send`; ours above on the `impl`'s method as well.
#[under_each_policy]
mod shape_115 {
    use std::rc::Rc;

    use async_trait::async_trait;

    use crate::trial::{Error, attempt, pause, tried};

    #[async_trait]
    trait Named: Sync {
        fn name(&self) -> &str;

        #[policies(on_elapsed = 0)]
        async fn plain(&self, [a, b]: [usize; 2]) -> usize {
            pause().await;
            self.name().len() + a + b
        }

        #[policies]
        async fn fallible(&self, (mut a, b): (Vec<u32>, u32)) -> Result<Vec<u32>, Error> {
            a.push(b);
            attempt().await?;
            Ok(a)
        }

        #[policies]
        async fn changed(&mut self, mut x: String) -> Result<String, Error>
        where
            Self: Send,
        {
            x.push('y');
            attempt().await?;
            Ok(x + self.name())
        }
    }

    #[async_trait(?Send)]
    trait Local {
        #[policies]
        async fn fallible(&self, x: Rc<u32>) -> Result<u32, Error> {
            let y = Rc::clone(&x);
            attempt().await?;
            Ok(*x + *y)
        }
    }

    struct First;

    impl Named for First {
        fn name(&self) -> &str {
            "first"
        }
    }

    impl Local for First {}

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(First.plain([1, 2]).await, 8);
        assert_eq!(tried(FAILURES, Named::fallible(&First, (vec![0], 1))).await.unwrap(), [0, 1]);
        assert_eq!(tried(FAILURES, First.changed("x".to_owned())).await.unwrap(), "xyfirst");
        assert_eq!(tried(FAILURES, Local::fallible(&First, Rc::new(1))).await.unwrap(), 2);
    }
}
