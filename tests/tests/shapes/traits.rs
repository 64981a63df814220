//! Rows 56 to 62: traits and implementations.

use steadfast_tests_stamp::under_each_policy;

/// A native `async fn` in the implementation of a trait.
#[under_each_policy]
mod shape_056 {
    use crate::trial::{Error, attempt, pause, tried};

    trait Store {
        async fn plain(&self, key: &str) -> usize;
        async fn fallible(&mut self, key: String) -> Result<String, Error>;
        async fn consumed(self, key: &str) -> Result<usize, Error>
        where
            Self: Sized;
        async fn assigned(key: u32) -> Result<u32, Error>;
    }

    #[derive(Clone)]
    struct Memory {
        name: String,
    }

    impl Store for Memory {
        #[policies(on_elapsed = 0)]
        async fn plain(&self, key: &str) -> usize {
            pause().await;
            self.name.len() + key.len()
        }

        #[policies]
        async fn fallible(&mut self, key: String) -> Result<String, Error> {
            self.name.push('n');
            let taken = key;
            attempt().await?;
            Ok(taken)
        }

        #[policies]
        async fn consumed(self, key: &str) -> Result<usize, Error> {
            let name = self.name;
            attempt().await?;
            Ok(name.len() + key.len())
        }

        #[policies]
        async fn assigned(key: u32) -> Result<u32, Error> {
            attempt().await?;
            Ok(key)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let mut memory = Memory { name: "x".to_owned() };
        assert_eq!(memory.plain("ab").await, 3);
        assert_eq!(tried(FAILURES, memory.fallible("k".to_owned())).await.unwrap(), "k");
        assert_eq!(memory.name.len() as u32, 2 + FAILURES);
        assert_eq!(tried(FAILURES, Memory { name: "x".to_owned() }.consumed("ab")).await.unwrap(), 3);
        assert_eq!(tried(FAILURES, Memory::assigned(1)).await.unwrap(), 1);
    }
}

/// A native default method of a trait.
#[under_each_policy]
mod shape_057 {
    use crate::trial::{Error, attempt, pause, tried};

    trait Named {
        const NAME: &'static str;

        fn name(&self) -> &'static str {
            Self::NAME
        }

        #[policies(on_elapsed = 0)]
        async fn plain(&self) -> usize {
            pause().await;
            self.name().len()
        }

        #[policies]
        async fn fallible(&self, suffix: String) -> Result<String, Error> {
            let taken = suffix;
            attempt().await?;
            Ok(self.name().to_owned() + &taken)
        }

        #[policies]
        async fn changed(&mut self, n: &mut u32) -> Result<usize, Error> {
            *n += 1;
            attempt().await?;
            Ok(self.name().len())
        }
    }

    struct First;

    impl Named for First {
        const NAME: &'static str = "first";
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(First.plain().await, 5);
        assert_eq!(tried(FAILURES, First.fallible("!".to_owned())).await.unwrap(), "first!");
        let mut n = 0;
        assert_eq!(tried(FAILURES, First.changed(&mut n)).await.unwrap(), 5);
        assert_eq!(n, 1 + FAILURES);
    }
}

// Row 58, a trait's method without a body, is refused: ui-tests/stack/fail/signature.rs.

/// `Self::CONST` in the body.
#[under_each_policy]
mod shape_059 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Answer;

    impl Answer {
        const N: u32 = 42;

        #[policies(on_elapsed = Self::N)]
        async fn plain() -> u32 {
            pause().await;
            Self::N
        }

        #[policies]
        async fn fallible(&self) -> Result<u32, Error> {
            attempt().await?;
            Ok(Self::N)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Answer::plain().await, 42);
        assert_eq!(tried(FAILURES, Answer.fallible()).await.unwrap(), 42);
    }
}

/// `Self` in the signature.
#[under_each_policy]
mod shape_060 {
    use crate::trial::{Error, attempt, pause, tried};

    #[derive(Clone)]
    struct Counter {
        n: u32,
    }

    impl Counter {
        #[policies(on_elapsed = Self { n: 0 })]
        async fn plain(other: Self) -> Self {
            pause().await;
            other
        }

        #[policies]
        async fn fallible(self, mut other: Self) -> Result<(Self, [Self; 1]), Error> {
            other.n += 1;
            attempt().await?;
            Ok((self, [other]))
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Counter::plain(Counter { n: 1 }).await.n, 1);
        let call = Counter { n: 1 }.fallible(Counter { n: 2 });
        let (this, [other]) = tried(FAILURES, call).await.unwrap();
        assert_eq!((this.n, other.n), (1, 3));
    }
}

/// Generics of the `impl`.
#[under_each_policy]
mod shape_061 {
    use std::fmt::Display;
    use std::marker::PhantomData;

    use crate::trial::{Error, attempt, pause, tried};

    struct Typed<T, const N: usize> {
        of: PhantomData<T>,
    }

    impl<T: Display + Default + Clone, const N: usize> Typed<T, N> {
        #[policies(on_elapsed = 0)]
        async fn plain(&self, x: T) -> usize {
            pause().await;
            let y: T = T::default();
            x.to_string().len() + y.to_string().len() + N
        }

        #[policies]
        async fn fallible(&self, x: T) -> Result<Vec<T>, Error> {
            let x: T = x;
            attempt().await?;
            Ok(vec![x; N])
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let typed = Typed::<u32, 2> { of: PhantomData };
        assert_eq!(typed.plain(1).await, 4);
        assert_eq!(tried(FAILURES, typed.fallible(1)).await.unwrap(), [1, 1]);
    }
}

/// `Self::Assoc` as the return type.
#[under_each_policy]
mod shape_062 {
    use crate::trial::{Error, attempt, pause, tried};

    trait Load {
        type Item;
        type Failure;
        async fn plain(&self) -> Self::Item;
        async fn fallible(&self) -> Result<Self::Item, Self::Failure>;
        async fn whole(&self) -> <Self as Aliased>::Outcome
        where
            Self: Aliased;
    }

    trait Aliased {
        type Outcome;
    }

    struct Source;

    impl Aliased for Source {
        type Outcome = Result<u32, Error>;
    }

    impl Load for Source {
        type Item = u32;
        type Failure = Error;

        #[policies(on_elapsed = 0)]
        async fn plain(&self) -> Self::Item {
            pause().await;
            1
        }

        #[policies]
        async fn fallible(&self) -> Result<Self::Item, Self::Failure> {
            attempt().await?;
            Ok(1)
        }

        #[policies]
        async fn whole(&self) -> <Self as Aliased>::Outcome {
            attempt().await?;
            Ok(1)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Source.plain().await, 1);
        assert_eq!(tried(FAILURES, Source.fallible()).await.unwrap(), 1);
        assert_eq!(tried(FAILURES, Source.whole()).await.unwrap(), 1);
    }
}
