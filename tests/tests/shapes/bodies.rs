//! Rows 79 to 81, 118 to 121 and 130: what a body contains.

use steadfast_tests_stamp::under_each_policy;

/// `async move {}` in the body that takes an argument.
#[under_each_policy]
mod shape_079 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: String) -> usize {
        let job = async move {
            pause().await;
            x.len()
        };
        job.await
    }

    #[policies]
    async fn fallible(x: String, mut list: Vec<u32>) -> Result<(String, Vec<u32>), Error> {
        let job = async move {
            list.push(1);
            attempt().await?;
            Ok::<_, Error>((x, list))
        };
        job.await
    }

    #[policies]
    async fn exclusive(list: &mut Vec<u32>) -> Result<usize, Error> {
        let job = async move {
            list.push(1);
            attempt().await?;
            Ok::<_, Error>(list.len())
        };
        job.await
    }

    #[policies]
    async fn spawned(x: String) -> Result<usize, Error> {
        let counted = tokio::spawn(async move { x.len() }).await.expect("it does not panic");
        attempt().await?;
        Ok(counted)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("x".to_owned()).await, 1);
        let call = fallible("x".to_owned(), vec![0]);
        assert_eq!(tried(FAILURES, call).await.unwrap(), ("x".to_owned(), vec![0, 1]));
        assert_eq!(tried(FAILURES, exclusive(&mut vec![])).await.unwrap() as u32, 1 + FAILURES);
        assert_eq!(tried(FAILURES, spawned("x".to_owned())).await.unwrap(), 1);
    }
}

/// `async {}` in the body that borrows an argument.
#[under_each_policy]
mod shape_080 {
    use crate::trial::{Error, attempt, pause, tried};

    struct Unique(u32);

    #[policies(on_elapsed = 0)]
    async fn plain(x: String) -> usize {
        let job = async {
            pause().await;
            x.len()
        };
        job.await + x.len()
    }

    #[policies]
    async fn fallible(x: Unique) -> Result<u32, Error> {
        let job = async {
            attempt().await?;
            Ok::<_, Error>(x.0 + 1)
        };
        let n = job.await?;
        let m = x.0 + n;
        Ok(m)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain("x".to_owned()).await, 2);
        assert_eq!(tried(FAILURES, fallible(Unique(1))).await.unwrap(), 3);
    }
}

/// Closures in the body: by reference, exclusive, `move`.
#[under_each_policy]
mod shape_081 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: u32, mut y: u32) -> u32 {
        let mut add = || y += x;
        add();
        add();
        pause().await;
        y
    }

    #[policies]
    async fn fallible(x: Vec<u32>, mut y: Vec<u32>) -> Result<(usize, Vec<u32>), Error> {
        let mut add = |n| y.push(n);
        x.iter().for_each(|n| add(*n));
        attempt().await?;
        let moved = move || x.len();
        Ok((moved(), y))
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(1, 2).await, 4);
        assert_eq!(tried(FAILURES, fallible(vec![1], vec![0])).await.unwrap(), (1, vec![0, 1]));
    }
}

/// `tokio::select!` that uses `self`; `join!`.
#[under_each_policy]
mod shape_118 {
    use std::time::Duration;

    use crate::trial::{Error, attempt, pause, tried};

    struct Client {
        n: u32,
    }

    impl Client {
        async fn get(&self) -> u32 {
            pause().await;
            self.n
        }

        #[policies(on_elapsed = 0)]
        async fn plain(&self, wait: Duration) -> u32 {
            tokio::select! {
                n = self.get() => n + self.n,
                () = tokio::time::sleep(wait) => 0,
            }
        }

        #[policies]
        async fn fallible(&mut self, text: String) -> Result<(u32, String), Error> {
            let (n, m) = tokio::join!(self.get(), async { self.n });
            tokio::select! {
                biased;
                outcome = attempt() => {
                    outcome?;
                    self.n += n + m;
                    Ok((self.n, text))
                }
                () = std::future::pending() => Err(Error::NotYet),
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(Client { n: 1 }.plain(Duration::from_secs(1)).await, 2);
        let mut client = Client { n: 1 };
        let call = client.fallible("x".to_owned());
        assert_eq!(tried(FAILURES, call).await.unwrap(), (3, "x".to_owned()));
    }
}

/// Labels: loops and blocks, with `break` and `continue`.
#[under_each_policy]
mod shape_119 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: u32) -> u32 {
        'outer: loop {
            for n in 0.. {
                pause().await;
                if n < x {
                    continue;
                }
                break 'outer n;
            }
        }
    }

    #[policies]
    async fn fallible(x: u32) -> Result<u32, Error> {
        let n = 'block: {
            if x > 1 {
                break 'block 1;
            }
            0
        };
        attempt().await?;
        let mut turns = 0;
        'retry: loop {
            'inner: for m in 0..10 {
                pause().await;
                turns += 1;
                if turns == 1 {
                    continue 'retry;
                }
                if m > n {
                    break 'inner;
                }
            }
            break 'retry;
        }
        Ok(turns)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(plain(2).await, 2);
        assert_eq!(tried(FAILURES, fallible(1)).await.unwrap(), 3);
    }
}

/// `let … else` and chains of `let`.
#[under_each_policy]
mod shape_120 {
    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: Option<u32>) -> u32 {
        pause().await;
        let Some(x) = x else { return 0 };
        x
    }

    #[policies]
    async fn fallible(x: Option<String>, y: Option<u32>) -> Result<String, Error> {
        attempt().await?;
        if let Some(x) = &x
            && !x.is_empty()
            && let Some(y) = y
        {
            return Ok(format!("{x}{y}"));
        }
        let Some(x) = x else { return Err(Error::NotYet) };
        Ok(x)
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!((plain(Some(1)).await, plain(None).await), (1, 0));
        assert_eq!(tried(FAILURES, fallible(Some("x".to_owned()), Some(1))).await.unwrap(), "x1");
        assert_eq!(tried(FAILURES, fallible(Some(String::new()), None)).await.unwrap(), "");
    }
}

/// A guard that goes before the await, so that the future stays `Send`.
#[under_each_policy]
mod shape_121 {
    use std::sync::{Arc, Mutex};

    use crate::trial::{Error, attempt, pause, tried};

    #[policies(on_elapsed = 0)]
    async fn plain(x: &Mutex<u32>) -> u32 {
        {
            let mut guard = x.lock().unwrap();
            *guard += 1;
        }
        pause().await;
        *x.lock().unwrap()
    }

    #[policies]
    async fn fallible(x: Arc<Mutex<u32>>) -> Result<u32, Error> {
        let n = {
            let mut guard = x.lock().unwrap();
            *guard += 1;
            *guard
        };
        attempt().await?;
        Ok(n + *x.lock().unwrap())
    }

    fn is_send<T: Send>(value: T) -> T {
        value
    }

    #[tokio::test(start_paused = true)]
    async fn behaves() {
        assert_eq!(is_send(plain(&Mutex::new(0))).await, 1);
        let call = is_send(fallible(Arc::new(Mutex::new(0))));
        assert_eq!(tried(FAILURES, call).await.unwrap(), 2 + 2 * FAILURES);
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
