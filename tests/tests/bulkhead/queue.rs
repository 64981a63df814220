//! Admissions: how many wait, and how long.

use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use futures::FutureExt;
use steadfast::{Admission, Bulkhead, Executed, PolicyErrorKind};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::{KINDS, SECOND, assert_untouched, poll};

#[test]
fn a_queue_lets_exactly_so_many_wait() {
    for kind in KINDS {
        let bulkhead = kind(1);
        let two = Admission::new().queue(2);
        let holder = bulkhead.try_acquire();
        let (mut first, mut second) = (pin!(bulkhead.acquire_with(&two)), pin!(bulkhead.acquire_with(&two)));
        assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());

        let refused = bulkhead.acquire_with(&two).now_or_never().expect("refused at once").unwrap_err();
        assert_eq!(refused.kind(), PolicyErrorKind::Full);
        assert_eq!(refused.executed(), Executed::No);
        assert_eq!(refused.function(), "Bulkhead");
        assert_eq!(refused.to_string(), "`Bulkhead` is full: 2 callers wait, and at most 2 may");
        assert_eq!(bulkhead.waiting(), 2, "a refused caller does not wait");

        drop(holder);
        assert!(matches!(poll(first), Poll::Ready(Ok(_))));
        assert_eq!(bulkhead.waiting(), 1, "its place is free");
        let mut third = pin!(bulkhead.acquire_with(&two));
        assert!(poll(third.as_mut()).is_pending());
        assert_eq!(bulkhead.waiting(), 2);
    }
}

#[test]
fn the_places_are_the_bulkheads_whatever_admission_took_them() {
    let bulkhead = Bulkhead::new(1);
    let _holder = bulkhead.try_acquire();
    let mut unlimited = pin!(bulkhead.acquire());
    assert!(poll(unlimited.as_mut()).is_pending());
    let one = Admission::new().queue(1);
    assert!(bulkhead.acquire_with(&one).now_or_never().expect("refused at once").is_err());
}

#[test]
fn rejecting_means_now_or_not_at_all() {
    let bulkhead = Bulkhead::new(1);
    let _holder = bulkhead.try_acquire();
    for reject in [Admission::reject(), Admission::new().queue(0), Admission::new().max_wait(Duration::ZERO)]
    {
        let refused = bulkhead.acquire_with(&reject).now_or_never().expect("refused at once").unwrap_err();
        assert_eq!(refused.to_string(), "`Bulkhead` is full and takes no waiters");
        assert_eq!(refused.elapsed(), Duration::ZERO);
    }
    assert_eq!(bulkhead.waiting(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn places_are_never_taken_twice() {
    let bulkhead = Arc::new(Bulkhead::new(1));
    for _ in 0..200 {
        let holder = bulkhead.acquire().await;
        let mut callers = JoinSet::new();
        for _ in 0..20 {
            let bulkhead = Arc::clone(&bulkhead);
            callers.spawn(async move { bulkhead.acquire_with(&Admission::new().queue(3)).await.is_ok() });
        }
        let mut refused = 0;
        while refused < 17 {
            let admitted = callers.join_next().await.expect("17 are refused").expect("no panic");
            assert!(!admitted, "the permit is held");
            refused += 1;
        }
        assert_eq!(bulkhead.waiting(), 3);
        drop(holder);
        assert_eq!(callers.join_all().await, [true; 3]);
    }
    assert_untouched(&bulkhead, "after 200 rounds");
}

#[tokio::test(start_paused = true)]
async fn waiting_has_an_end() {
    for kind in KINDS {
        let bulkhead = kind(1);
        let holder = bulkhead.try_acquire();
        let start = Instant::now();
        let refused = bulkhead.acquire_with(&Admission::new().max_wait(SECOND)).await.unwrap_err();
        assert_eq!(start.elapsed(), SECOND);
        assert_eq!(refused.elapsed(), SECOND);
        assert_eq!(refused.to_string(), "`Bulkhead` is full: no permit came free within 1s");
        drop(holder);
        assert_untouched(&bulkhead, "after a caller gave up");
    }
}

#[tokio::test(start_paused = true)]
async fn a_permit_that_comes_at_the_last_moment_comes_in_time() {
    for kind in KINDS {
        let bulkhead = kind(1);
        let holder = bulkhead.try_acquire();
        let one = Admission::new().max_wait(SECOND);
        let mut waiter = pin!(bulkhead.acquire_with(&one));
        assert!(poll(waiter.as_mut()).is_pending());
        tokio::time::advance(SECOND * 2).await;
        drop(holder);
        assert!(matches!(poll(waiter), Poll::Ready(Ok(_))));
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_too_long_for_the_clock_is_waited_without_end() {
    let bulkhead = Bulkhead::new(1);
    let holder = bulkhead.try_acquire();
    let (admitted, ()) = tokio::join!(
        async { bulkhead.acquire_with(&Admission::new().max_wait(Duration::MAX)).await },
        async {
            tokio::time::sleep(SECOND * 3600).await;
            drop(holder);
        }
    );
    assert!(admitted.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_gave_up_holds_no_place_although_its_future_lives_on() {
    for kind in KINDS {
        let bulkhead = kind(1);
        let holder = bulkhead.try_acquire();
        let one = Admission::new().max_wait(SECOND);
        let mut waiter = pin!(bulkhead.acquire_with(&one));
        assert!(waiter.as_mut().await.is_err());
        assert_eq!(bulkhead.waiting(), 0);
        drop(holder);
        assert_eq!(bulkhead.available(), 1);
    }
}
