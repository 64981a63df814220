//! Arguments are expressions over the function's arguments: they borrow what the body takes, and know its generics.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use steadfast::backoff::Backoff;
use steadfast::{Budget, Bulkhead, PolicyError, bounded, retry, timeout};
use steadfast_tests::{Attempts, ms, secs, timed};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

trait Tier {
    const TRIES: u32;
    const PATIENCE: Duration;
    const LIMIT: usize;
}

struct Free;
struct Paid;

impl Tier for Free {
    const TRIES: u32 = 2;
    const PATIENCE: Duration = secs(1);
    const LIMIT: usize = 1;
}

impl Tier for Paid {
    const TRIES: u32 = 6;
    const PATIENCE: Duration = secs(2);
    const LIMIT: usize = 3;
}

/// How many of five calls at once are inside.
async fn inside<F: Future>(call: impl Fn() -> F) -> usize {
    let mut calls: Vec<_> = (0..5).map(|_| Box::pin(call())).collect();
    let mut waiting = 0;
    for call in &mut calls {
        waiting += usize::from(futures::poll!(call).is_pending());
    }
    5 - waiting
}

#[tokio::test(start_paused = true)]
async fn a_constant_of_a_type_parameter() {
    #[retry(on = any, attempts = T::TRIES)]
    async fn tries<T: Tier>(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[timeout(T::PATIENCE)]
    async fn patience<T: Tier>() -> Result<(), PolicyError> {
        sleep(secs(60)).await;
        Ok(())
    }

    #[retry(on = any, within = T::PATIENCE, backoff = constant(500ms), jitter = none)]
    async fn within<T: Tier>(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[bounded(T::LIMIT, reject)]
    async fn limit<T: Tier>(hold: bool) -> Result<(), PolicyError> {
        if hold {
            sleep(secs(60)).await;
        }
        Ok(())
    }

    let attempts = Attempts::new();
    tries::<Free>(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 2);
    tries::<Paid>(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 8);
    assert_eq!(timed(patience::<Free>()).await.1, secs(1));
    assert_eq!(timed(patience::<Paid>()).await.1, secs(2));
    let attempts = Attempts::new();
    within::<Paid>(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 4);

    let holder = tokio::spawn(limit::<Free>(true));
    tokio::task::yield_now().await;
    assert_eq!(inside(|| limit::<Free>(false)).await, 5, "each of them was refused at once");
    limit::<Free>(false).await.unwrap_err();
    limit::<Paid>(false).await.unwrap();
    holder.abort();
}

#[tokio::test(start_paused = true)]
async fn a_constant_generic() {
    #[retry(on = any, attempts = TIMES)]
    async fn so_often<const TIMES: u32>(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = N)]
    async fn so_often_in_one_letter<const N: u32>(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    so_often::<3>(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 3);
    so_often_in_one_letter::<4>(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_list_of_expressions() {
    struct Client {
        pause: Duration,
    }

    impl Client {
        #[retry(on = any, attempts = 4, backoff = list[self.pause, self.pause * 2, 1s - 1ms], jitter = none)]
        async fn pauses(&self, attempts: &Attempts) -> io::Result<()> {
            attempts.fail()
        }
    }

    let attempts = Attempts::new();
    Client { pause: ms(30) }.pauses(&attempts).await.unwrap_err();
    assert_eq!(attempts.pauses(), [ms(30), ms(60), ms(999)]);
}

#[tokio::test(start_paused = true)]
async fn a_budget_that_a_method_gives() {
    struct Client {
        budget: Arc<Budget>,
    }

    impl Client {
        fn budget(&self) -> Arc<Budget> {
            Arc::clone(&self.budget)
        }

        #[retry(on = any, attempts = 50, backoff = constant(1ms), jitter = none, budget = self.budget())]
        async fn call(&self, attempts: &Attempts) -> io::Result<()> {
            attempts.fail()
        }
    }

    let attempts = Attempts::new();
    let client = Client { budget: Arc::new(Budget::new().ratio(0.0).min_per_sec(1).ttl(secs(3))) };
    client.call(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 4);
}

/// Each of these parameters is owned, named by a policy, and used by the body too.
mod owned {
    use super::*;

    #[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = token)]
    async fn token_looked_at(attempts: &Attempts, token: CancellationToken) -> io::Result<()> {
        assert!(!token.is_cancelled());
        attempts.fail()
    }

    #[retry(on = any, attempts = 5, backoff = constant(10s), jitter = none, cancel = token)]
    async fn token_taken(attempts: &Attempts, token: CancellationToken) -> io::Result<()> {
        drop(token);
        attempts.fail()
    }

    #[tokio::test(start_paused = true)]
    async fn a_token() {
        for taken in [false, true] {
            let (attempts, token) = (Attempts::new(), CancellationToken::new());
            let cancel = async {
                sleep(secs(3)).await;
                token.cancel();
            };
            let call = async {
                if taken {
                    token_taken(&attempts, token.clone()).await
                } else {
                    token_looked_at(&attempts, token.clone()).await
                }
            };
            let (outcome, took) = timed(async { futures::join!(call, cancel).0 }).await;
            outcome.unwrap_err();
            assert_eq!((attempts.count(), took), (1, secs(3)));
        }
    }

    #[bounded(by = limit)]
    async fn bounded_only(limit: Arc<Bulkhead>) -> usize {
        limit.available()
    }

    #[timeout(1s)]
    #[bounded(by = limit)]
    async fn bounded_in_time(limit: Arc<Bulkhead>) -> Result<usize, PolicyError> {
        sleep(ms(1)).await;
        Ok(limit.available())
    }

    #[retry(on = any)]
    #[bounded(by = limit)]
    async fn bounded_and_retried(limit: Arc<Bulkhead>, attempts: &Attempts) -> io::Result<usize> {
        attempts.fail_before(2)?;
        Ok(limit.available())
    }

    #[timeout(attempt = 1s, total = 10s)]
    #[retry(on = any)]
    #[bounded(by = limit)]
    async fn all_three(limit: Arc<Bulkhead>, attempts: &Attempts) -> io::Result<usize> {
        attempts.fail_before(2)?;
        sleep(ms(1)).await;
        let left = limit.available();
        drop(limit);
        Ok(left)
    }

    #[tokio::test(start_paused = true)]
    async fn a_bulkhead() {
        let limit = Arc::new(Bulkhead::new(3));
        assert_eq!(bounded_only(Arc::clone(&limit)).await, 2);
        assert_eq!(bounded_in_time(Arc::clone(&limit)).await.unwrap(), 2);
        assert_eq!(bounded_and_retried(Arc::clone(&limit), &Attempts::new()).await.unwrap(), 2);
        assert_eq!(all_three(Arc::clone(&limit), &Attempts::new()).await.unwrap(), 2);
        assert_eq!((limit.available(), Arc::strong_count(&limit)), (3, 1));
    }

    #[retry(on = any, attempts = 9, backoff = constant(1ms), jitter = none, budget = budget)]
    async fn paid(budget: Arc<Budget>, attempts: &Attempts) -> io::Result<()> {
        assert!(budget.balance() <= 3.0);
        attempts.fail()
    }

    #[tokio::test(start_paused = true)]
    async fn a_budget() {
        let budget = Arc::new(Budget::new().ratio(0.0).min_per_sec(1).ttl(secs(3)));
        let attempts = Attempts::new();
        paid(budget, &attempts).await.unwrap_err();
        assert_eq!(attempts.count(), 4);
    }

    #[retry(backoff = backoff, on = any, attempts = 3, jitter = none)]
    async fn paused(backoff: Arc<dyn Backoff>, attempts: &Attempts) -> io::Result<()> {
        assert_eq!(Arc::strong_count(&backoff), 1);
        attempts.fail()
    }

    #[tokio::test(start_paused = true)]
    async fn a_backoff() {
        let attempts = Attempts::new();
        let backoff = steadfast::backoff::from_fn(|retry, _| ms(10) * retry);
        paused(Arc::new(backoff), &attempts).await.unwrap_err();
        assert_eq!(attempts.pauses(), [ms(10), ms(20)]);
    }

    #[timeout(config.limit)]
    async fn limited(config: Config) -> Result<String, PolicyError> {
        sleep(ms(1)).await;
        Ok(config.name)
    }

    #[bounded(1, key = config.name)]
    async fn keyed(config: Config) -> String {
        config.name
    }

    struct Config {
        limit: Duration,
        name: String,
    }

    #[tokio::test(start_paused = true)]
    async fn a_part_of_it() {
        let config = || Config { limit: secs(1), name: "a".to_owned() };
        assert_eq!(limited(config()).await.unwrap(), "a");
        assert_eq!(keyed(config()).await, "a");
    }
}
