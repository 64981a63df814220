//! Everything is back, whoever goes away and however.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use steadfast::Admission;

use crate::{KINDS, SECOND, assert_untouched, poll};

/// Polls `future` at most `polls` times, with `before` ahead of each, and drops it. Whether it came to its end.
fn drop_after<F: Future>(polls: usize, future: F, mut before: impl FnMut(usize)) -> bool {
    let mut future = pin!(future);
    (0..polls).any(|nth| {
        before(nth);
        poll(future.as_mut()).is_ready()
    })
}

#[test]
fn a_panic_inside_gives_the_permit_back() {
    for kind in KINDS {
        let bulkhead = kind(1);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _permit = bulkhead.try_acquire();
            panic!("inside");
        }));
        assert!(panicked.is_err());
        assert_untouched(&bulkhead, "after a panic");
    }
}

#[test]
fn a_waker_that_panics_costs_no_permit() {
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("woken");
        }
    }
    for kind in KINDS {
        let bulkhead = kind(1);
        let holder = bulkhead.try_acquire();
        let mut waiter = pin!(bulkhead.acquire());
        let waker = Waker::from(Arc::new(Panics));
        assert!(waiter.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(holder))).is_err());
        assert!(poll(waiter).is_ready());
        assert_untouched(&bulkhead, "after a panicking waker");
    }
}

#[test]
fn all_is_back_after_a_drop_at_every_poll() {
    for kind in KINDS {
        for polls in 0.. {
            let bulkhead = kind(1);
            let mut holder = bulkhead.try_acquire();
            let caller = async {
                let _permit = bulkhead.acquire().await;
                futures::pending!();
            };
            let done = drop_after(polls, caller, |nth| {
                if nth == 3 {
                    holder = None;
                }
            });
            drop(holder);
            assert_untouched(&bulkhead, &format!("after {polls} polls"));
            if done {
                assert_eq!(polls, 5);
                break;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn all_is_back_after_a_drop_at_every_poll_with_an_admission() {
    let admission = Admission::new().queue(1).max_wait(SECOND);
    for kind in KINDS {
        for (frees, expected) in [(true, 4), (false, 6)] {
            for polls in 0.. {
                let bulkhead = kind(1);
                let mut holder = bulkhead.try_acquire();
                let mut caller = Box::pin(async {
                    let admitted = bulkhead.acquire_with(&admission).await;
                    if admitted.is_ok() {
                        futures::pending!();
                    }
                });
                let mut done = false;
                for nth in 0..polls {
                    if frees && nth == 2 {
                        holder = None;
                    }
                    done = poll(caller.as_mut()).is_ready();
                    if done {
                        break;
                    }
                    tokio::time::advance(SECOND / 5).await;
                }
                drop(caller);
                drop(holder);
                assert_untouched(&bulkhead, &format!("after {polls} polls, freed: {frees}"));
                if done {
                    assert_eq!(polls, expected);
                    break;
                }
            }
        }
    }
}

#[test]
fn a_caller_dropped_with_its_turn_passes_it_on() {
    for kind in KINDS {
        let bulkhead = kind(1);
        let holder = bulkhead.try_acquire();
        let mut dropped = Box::pin(bulkhead.acquire());
        let mut next = pin!(bulkhead.acquire());
        assert!(poll(dropped.as_mut()).is_pending() && poll(next.as_mut()).is_pending());
        drop(holder);
        drop(dropped);
        let Poll::Ready(permit) = poll(next) else { panic!("the turn was lost") };
        assert_eq!((bulkhead.available(), bulkhead.waiting()), (0, 0));
        drop(permit);
        assert_untouched(&bulkhead, "at the end");
    }
}

#[test]
fn a_dropped_waiter_is_skipped() {
    for kind in KINDS {
        let bulkhead = kind(1);
        let holder = bulkhead.try_acquire();
        let mut callers: Vec<_> = (0..3).map(|_| Some(Box::pin(bulkhead.acquire()))).collect();
        for caller in callers.iter_mut().flatten() {
            assert!(poll(caller.as_mut()).is_pending());
        }
        callers[1] = None;
        assert_eq!(bulkhead.waiting(), 2);
        drop(holder);
        for caller in callers.iter_mut().flatten() {
            assert!(poll(caller.as_mut()).is_ready());
        }
        drop(callers);
        assert_untouched(&bulkhead, "at the end");
    }
}

#[test]
fn a_wait_on_the_clock_of_no_runtime_panics_and_costs_nothing() {
    let admission = Admission::new().max_wait(SECOND);
    for kind in KINDS {
        let bulkhead = kind(1);
        let holder = bulkhead.try_acquire();
        let mut caller = Box::pin(bulkhead.acquire_with(&admission));
        let polled =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| poll(caller.as_mut()).is_ready()));
        assert!(polled.is_err());
        drop((caller, holder));
        assert_untouched(&bulkhead, "after the panic");
    }
}
