//! Where it may stand.

use std::sync::Arc;

use steadfast::{bounded, retry, timeout};

use super::*;

#[tokio::test(start_paused = true)]
async fn in_a_closure() {
    let attempts = Attempts::new();
    let fetch = |good: u32| {
        let attempts = &attempts;
        async move { apply!(retry(on = any); async { attempts.fail_before(good) }).await }
    };
    assert_eq!(fetch(2).await.unwrap(), 2);
    assert_eq!(fetch(4).await.unwrap(), 4);
}

#[tokio::test(start_paused = true)]
async fn in_an_async_closure() {
    let attempts = Attempts::new();
    let fetch = async |good: u32| apply!(retry(on = any); async { attempts.fail_before(good) }).await;
    assert_eq!(fetch(2).await.unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn in_an_async_block_that_moves_to_another_task() {
    let attempts = Arc::new(Attempts::new());
    let task = {
        let attempts = Arc::clone(&attempts);
        tokio::spawn(async move {
            apply!(retry(on = any), timeout(attempt = 1s), bounded(4); async { attempts.fail_before(3) })
                .await
        })
    };
    assert_eq!(task.await.expect("no panic").unwrap(), 3);
    assert_eq!(attempts.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn in_a_loop_and_in_a_stream_of_futures() {
    let attempts = Attempts::new();
    let mut sum = 0;
    for _ in 0..3 {
        sum += apply!(timeout(1s); async { Ok::<_, PolicyError>(attempts.begin()) }).await.unwrap();
    }
    assert_eq!(sum, 6);
    let limit = Bulkhead::new(2);
    let calls = (0..6).map(|_| apply!(bounded(by = limit); sleep(secs(1))));
    assert_eq!(timed(futures::future::join_all(calls)).await.1, secs(3));
}

#[tokio::test(start_paused = true)]
async fn inside_of_another_one() {
    let attempts = Attempts::new();
    let call = apply!(timeout(total = 3s); async {
        apply!(retry(on = any, attempts = unlimited, backoff = constant(1s), jitter = none); async {
            attempts.fail::<()>()
        })
        .await
    });
    let (outcome, took) = timed(call).await;
    outcome.unwrap_err();
    assert_eq!((attempts.count(), took), (3, secs(2)), "the inner one obeys the deadline of the outer one");
}

#[tokio::test(start_paused = true)]
async fn inside_of_an_annotated_function() {
    #[timeout(total = 10s)]
    #[retry(on = any, attempts = 2, backoff = constant(1s), jitter = none)]
    #[bounded(3)]
    async fn caller(attempts: &Attempts, limit: &Bulkhead) -> io::Result<u32> {
        let first = apply!(bounded(by = limit), timeout(attempt = 2s); async {
            sleep(ms(1)).await;
            attempts.fail_before(2)
        })
        .await?;
        Ok(first + 100)
    }

    assert_eq!(caller(&Attempts::new(), &Bulkhead::new(1)).await.unwrap(), 102);
}

#[tokio::test(start_paused = true)]
async fn where_its_future_is_kept_for_later() {
    let attempts = Attempts::new();
    let call = apply!(retry(on = any); async { attempts.fail_before(2) });
    assert_eq!(attempts.count(), 0, "nothing has begun");
    assert_eq!(call.await.unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn in_a_match_and_with_generics() {
    async fn call<F, T, E>(work: impl Fn() -> F) -> Result<T, E>
    where
        F: Future<Output = Result<T, E>>,
        E: From<PolicyError> + std::fmt::Debug,
    {
        match apply!(retry(on = any, attempts = 2, budget = none), timeout(attempt = 1s); work()).await {
            Ok(value) => Ok(value),
            Err(error) => Err(error),
        }
    }

    let attempts = Attempts::new();
    assert_eq!(call(async || attempts.fail_before(2)).await.unwrap(), 2);
    let late = call(pending::<Result<(), PolicyError>>).await.unwrap_err();
    assert_eq!(late.kind(), PolicyErrorKind::TimedOut);
}

/// Its future is `Send` exactly when what it is made of is.
#[tokio::test(start_paused = true)]
async fn where_a_future_has_to_be_send() {
    fn is_send<F: Send>(future: F) -> F {
        future
    }

    let (attempts, limit) = (Attempts::new(), Bulkhead::new(1));
    let call =
        is_send(apply!(retry(on = any), timeout(attempt = 1s, total = 9s), bounded(by = limit); async {
            sleep(ms(1)).await;
            attempts.fail_before(2)
        }));
    assert_eq!(call.await.unwrap(), 2);
    let single = std::rc::Rc::new(7);
    let local = apply!(retry(on = any), timeout(attempt = 1s); async { Ok::<_, PolicyError>(*single) });
    assert_eq!(local.await.unwrap(), 7);
}
