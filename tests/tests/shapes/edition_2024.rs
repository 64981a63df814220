//! Rows 98 to 103: what edition 2024 changed. Its `unsafe` (row 102) is in `tests/unsafe-fn`, and what the older
//! editions do in the same places (rows 97 and 100) in `tests/edition-2018` and `tests/edition-2021`.

use steadfast_tests_stamp::under_each_policy;

/// The words of the edition: `gen` is a keyword, and `async` closures, `let` chains and `use<..>` are there.
#[under_each_policy]
mod shape_098 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(r#gen: u32) -> u32 {
        let later = async |n: u32| {
            pause().await;
            n + r#gen
        };
        later(1).await
    }

    #[policies]
    async fn fallible(mut r#gen: Vec<u32>) -> Result<Vec<u32>, Error> {
        r#gen.push(1);
        attempt().await?;
        Ok(r#gen)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1).await, 2);
        assert_eq!(tried(FAILURES, fallible(vec![0])).await.unwrap(), [0, 1]);
    }
}

/// Temporaries of a tail expression go before the locals: `c.borrow().len()`, on a local, an argument and `self`.
#[under_each_policy]
mod shape_099 {
    use std::cell::RefCell;
    use std::sync::Mutex;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn of_a_local() -> usize {
        pause().await;
        let c = RefCell::new(String::from("x"));
        c.borrow().len()
    }

    #[policies(on_elapsed = 0)]
    async fn of_an_argument(c: Mutex<u32>) -> u32 {
        pause().await;
        *c.lock().unwrap()
    }

    #[policies]
    async fn fallible() -> Result<u32, Error> {
        attempt().await?;
        let c = Mutex::new(Some(1));
        c.lock().unwrap().take().ok_or(Error::NotYet)
    }

    #[policies]
    async fn fallible_of_an_argument(c: RefCell<Option<u32>>) -> Result<u32, Error> {
        attempt().await?;
        c.borrow().ok_or(Error::NotYet)
    }

    struct Slot {
        value: Mutex<Option<u32>>,
    }

    impl Slot {
        #[policies]
        async fn fallible(self) -> Result<u32, Error> {
            attempt().await?;
            self.value.lock().unwrap().take().ok_or(Error::NotYet)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!((of_a_local().await, of_an_argument(Mutex::new(1)).await), (1, 1));
        assert_eq!(tried(FAILURES, fallible()).await.unwrap(), 1);
        let cell = RefCell::new(Some(1));
        assert_eq!(tried(FAILURES, fallible_of_an_argument(cell)).await.unwrap(), 1);
        let slot = Slot { value: Mutex::new(Some(1)) };
        assert_eq!(tried(FAILURES, slot.fallible()).await.unwrap(), 1);
    }
}

/// The temporaries of an `if let` go before its `else`.
#[under_each_policy]
mod shape_101 {
    use std::sync::RwLock;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(lock: &RwLock<Option<u32>>) -> u32 {
        pause().await;
        // With the older scope this would wait for itself.
        if let Some(n) = *lock.read().unwrap() {
            n
        } else {
            *lock.write().unwrap() = Some(1);
            0
        }
    }

    #[policies]
    async fn fallible(lock: &RwLock<Option<u32>>) -> Result<u32, Error> {
        attempt().await?;
        if let Some(n) = *lock.read().unwrap() {
            Ok(n)
        } else {
            *lock.write().unwrap() = Some(1);
            Ok(0)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let lock = RwLock::new(None);
        assert_eq!((plain(&lock).await, plain(&lock).await), (0, 1));
        let lock = RwLock::new(None);
        assert_eq!(tried(FAILURES, fallible(&lock)).await.unwrap(), 0);
        assert_eq!(tried(FAILURES, fallible(&lock)).await.unwrap(), 1);
    }
}

/// `-> impl Trait` captures every lifetime that is in scope.
#[under_each_policy]
mod shape_103 {
    use std::fmt::Display;

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(only_bounded)]
    async fn plain(x: &str) -> impl Display {
        pause().await;
        x
    }

    #[policies]
    async fn fallible(x: &str, n: &u32) -> Result<impl Display, Error> {
        attempt().await?;
        let n = *n;
        Ok(format!("{x}{n}"))
    }

    #[policies]
    fn future(x: &str, n: &u32) -> impl Future<Output = Result<String, Error>> {
        async move {
            attempt().await?;
            Ok(format!("{x}{n}"))
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        let text = "x".to_owned();
        assert_eq!(plain(&text).await.to_string(), "x");
        assert_eq!(tried(FAILURES, fallible(&text, &1)).await.unwrap().to_string(), "x1");
        assert_eq!(tried(FAILURES, future(&text, &1)).await.unwrap(), "x1");
    }
}
