//! `Bulkhead`: never more than its limit inside, first come first served, and everything is back whoever goes away.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::FutureExt;
use steadfast::{Admission, Bulkhead, Permit};
use tokio::task::{JoinSet, yield_now};

#[path = "bulkhead/drops.rs"]
mod drops;
#[path = "bulkhead/queue.rs"]
mod queue;
#[path = "bulkhead/resize.rs"]
mod resize;

const SECOND: Duration = Duration::from_secs(1);

/// Both kinds: the one that may be resized counts its permits in another way.
const KINDS: [fn(usize) -> Bulkhead; 2] = [Bulkhead::new, Bulkhead::fixed];

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// What `bulkhead` has when nobody is inside or waits.
fn assert_untouched(bulkhead: &Bulkhead, when: &str) {
    let state = (bulkhead.available(), bulkhead.waiting());
    assert_eq!(state, (bulkhead.limit(), 0), "free permits and waiting callers {when}");
}

#[test]
fn a_free_permit_is_there_at_the_first_poll() {
    for kind in KINDS {
        let bulkhead = kind(2);
        let first = bulkhead.acquire().now_or_never().expect("free");
        let second = bulkhead.acquire_with(&Admission::reject()).now_or_never().expect("free");
        assert!(second.is_ok());
        assert_eq!((bulkhead.available(), bulkhead.waiting()), (0, 0));
        drop((first, second));
        assert_untouched(&bulkhead, "after both left");
    }
}

#[test]
fn a_limit_that_makes_no_sense_is_clamped() {
    assert_eq!(Bulkhead::new(0).limit(), 1);
    assert_eq!(Bulkhead::new(0).available(), 1);
    assert_eq!(Bulkhead::new(usize::MAX).limit(), tokio::sync::Semaphore::MAX_PERMITS);

    let bulkhead = Bulkhead::new(3);
    bulkhead.resize(0);
    assert_eq!((bulkhead.limit(), bulkhead.available()), (1, 1));
    bulkhead.resize(usize::MAX);
    assert_eq!(bulkhead.available(), tokio::sync::Semaphore::MAX_PERMITS);
    bulkhead.resize(2);
    assert_untouched(&bulkhead, "after a large detour");
}

#[test]
fn a_bulkhead_may_be_a_constant_static() {
    static SHARED: Bulkhead = Bulkhead::new(3);
    let permits: Vec<Permit<'static>> = std::iter::from_fn(|| SHARED.try_acquire()).collect();
    assert_eq!(permits.len(), 3);
}

#[test]
fn its_parts_cross_threads() {
    fn is_send_and_sync<T: Send + Sync>(_: &T) {}
    fn is_send<T: Send>(_: &T) {}
    let bulkhead = Bulkhead::new(1);
    let admission = Admission::new();
    is_send_and_sync(&bulkhead);
    is_send_and_sync(&admission);
    is_send(&bulkhead.acquire());
    is_send(&bulkhead.acquire_with(&admission));
    is_send_and_sync(&bulkhead.try_acquire());
}

#[test]
fn a_permit_is_one_reference_wide_and_the_future_hardly_wider_than_the_semaphores() {
    assert_eq!(size_of::<Permit<'_>>(), size_of::<&Bulkhead>());
    let semaphore = tokio::sync::Semaphore::new(1);
    let bulkhead = Bulkhead::new(1);
    assert!(size_of_val(&bulkhead.acquire()) <= size_of_val(&semaphore.acquire()) + 16);
}

#[test]
fn debug_shows_numbers_only() {
    let bulkhead = Bulkhead::new(3);
    let _permits = (bulkhead.try_acquire(), bulkhead.try_acquire());
    assert_eq!(format!("{bulkhead:?}"), "Bulkhead { limit: 3, out: 2, waiting: 0 }");
    bulkhead.resize(1);
    assert_eq!(format!("{bulkhead:?}"), "Bulkhead { limit: 1, out: 2, waiting: 0 }");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_callers_are_never_more_than_eight_at_once() {
    for kind in KINDS {
        let bulkhead = Arc::new(kind(8));
        let (inside, served) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut callers = JoinSet::new();
        for _ in 0..10_000 {
            let (bulkhead, inside, served) =
                (Arc::clone(&bulkhead), Arc::clone(&inside), Arc::clone(&served));
            callers.spawn(async move {
                let _permit = bulkhead.acquire().await;
                assert!(inside.fetch_add(1, Ordering::SeqCst) < 8);
                yield_now().await;
                inside.fetch_sub(1, Ordering::SeqCst);
                served.fetch_add(1, Ordering::SeqCst);
            });
        }
        callers.join_all().await;
        assert_eq!(served.load(Ordering::SeqCst), 10_000);
        assert_untouched(&bulkhead, "after the rush");
    }
}

#[test]
fn callers_are_served_in_the_order_of_their_first_poll() {
    for kind in KINDS {
        let bulkhead = kind(1);
        let mut holder = bulkhead.try_acquire();
        let mut callers: Vec<_> = (0..100).map(|_| Box::pin(bulkhead.acquire())).collect();
        // The order of creation must not matter.
        callers.reverse();
        for caller in &mut callers {
            assert!(poll(caller.as_mut()).is_pending());
        }
        assert_eq!(bulkhead.waiting(), 100);

        for turn in 0..callers.len() {
            drop(holder.take());
            let [first, later @ ..] = &mut callers[turn..] else { unreachable!() };
            for caller in later {
                assert!(poll(caller.as_mut()).is_pending(), "somebody was served before {turn}");
            }
            let Poll::Ready(permit) = poll(first.as_mut()) else { panic!("{turn} was left out") };
            holder = Some(permit);
        }
        drop(holder);
        assert_untouched(&bulkhead, "after all were served");
    }
}

#[test]
fn nobody_overtakes_a_caller_whose_turn_has_come() {
    for kind in KINDS {
        let bulkhead = kind(1);
        let holder = bulkhead.try_acquire();
        let mut waiter = pin!(bulkhead.acquire());
        assert!(poll(waiter.as_mut()).is_pending());
        drop(holder);
        assert!(bulkhead.try_acquire().is_none());
        assert!(bulkhead.acquire().now_or_never().is_none());
        assert!(poll(waiter).is_ready());
    }
}
