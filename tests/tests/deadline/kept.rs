//! Calls that outlive the timeout they were first polled in, since somebody keeps them elsewhere: a stream of calls whose
//! items are awaited with a limit each, for one. Such a set polls a call again only when that call itself was woken.

use futures::StreamExt;
use futures::stream::FuturesUnordered;

use super::*;

#[timeout(1s, on_elapsed = None)]
async fn next<F: Future + Unpin>(calls: &mut FuturesUnordered<F>) -> Option<F::Output> {
    calls.next().await
}

#[tokio::test(start_paused = true)]
async fn a_timeout_keeps_its_own_limit() {
    #[timeout(5s)]
    async fn five() -> Result<(), PolicyError> {
        pending().await
    }

    let mut calls: FuturesUnordered<_> = [Box::pin(five())].into_iter().collect();
    let outlived = timed(async {
        assert!(next(&mut calls).await.is_none(), "not within a second");
        calls.next().await.expect("one call")
    });
    let (outcome, took) =
        tokio::time::timeout(secs(60), outlived).await.expect("it has a limit of five seconds");
    assert_eq!((outcome.unwrap_err().function(), took), ("deadline::kept::five", secs(5)));
}

#[tokio::test(start_paused = true)]
async fn a_call_in_a_queue_keeps_its_place() {
    static ONE: Bulkhead = Bulkhead::new(1);

    #[bounded(by = ONE)]
    async fn one() -> usize {
        ONE.available()
    }

    let held = ONE.try_acquire();
    let mut calls: FuturesUnordered<_> = [Box::pin(one())].into_iter().collect();
    // The permit comes at the very moment at which the limit of this item is over, and just before it is looked at.
    let release = async {
        sleep(secs(1)).await;
        drop(held);
    };
    let ((), none) = futures::join!(release, next(&mut calls));
    assert_eq!((none, calls.len()), (None, 1));
    let served = tokio::time::timeout(secs(60), calls.next()).await;
    assert_eq!(served.expect("the permit is free"), Some(0));
}

#[tokio::test(start_paused = true)]
async fn a_call_in_a_pause_goes_on() {
    #[retry(on = any, attempts = 2, backoff = constant(500ms), jitter = none)]
    async fn second_time(attempts: &Attempts) -> io::Result<u32> {
        attempts.fail_before(2)
    }

    let attempts = Attempts::new();
    let mut calls: FuturesUnordered<_> = [Box::pin(second_time(&attempts))].into_iter().collect();
    {
        let mut item = pin!(next(&mut calls));
        assert!(futures::poll!(item.as_mut()).is_pending());
        // Nobody looks for a while: the pause is over, and so is the limit of this item.
        advance(secs(3)).await;
        assert!(item.await.is_none());
    }
    let served = tokio::time::timeout(secs(60), calls.next()).await.expect("the pause is over");
    assert_eq!(served.expect("one call").unwrap(), 2);
}

/// The outer one wins the tie, and the call is over all the same.
#[tokio::test(start_paused = true)]
async fn a_timeout_that_gave_way_in_a_tie_ends_its_call_later() {
    #[timeout(1s)]
    async fn one() -> Result<(), PolicyError> {
        pending().await
    }

    let mut calls: FuturesUnordered<_> = [Box::pin(one())].into_iter().collect();
    let outlived = timed(async {
        assert!(next(&mut calls).await.is_none(), "the outer one wins");
        calls.next().await.expect("one call")
    });
    let (outcome, took) = tokio::time::timeout(secs(60), outlived).await.expect("its limit is over");
    assert_eq!(outcome.unwrap_err().function(), "deadline::kept::one");
    assert!(took <= ms(1_010), "a moment later: {took:?}");
}
