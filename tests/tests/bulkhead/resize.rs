//! The limit changes while permits are out and callers wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::task::{Context, Poll, Wake, Waker};

use steadfast::{Admission, Bulkhead, Permit};
use tokio::task::{JoinSet, yield_now};

use crate::{SECOND, assert_untouched, poll};

/// Takes all that is free.
fn take_all(bulkhead: &Bulkhead) -> Vec<Permit<'_>> {
    std::iter::from_fn(|| bulkhead.try_acquire()).collect()
}

/// `count` callers in line.
fn in_line(bulkhead: &Bulkhead, count: usize) -> Vec<Pin<Box<impl Future<Output = Permit<'_>> + Send>>> {
    let mut callers: Vec<_> = (0..count).map(|_| Box::pin(bulkhead.acquire())).collect();
    for caller in &mut callers {
        assert!(poll(caller.as_mut()).is_pending());
    }
    callers
}

#[test]
fn a_larger_limit_wakes_those_who_wait() {
    struct Counts(AtomicUsize);
    impl Wake for Counts {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let bulkhead = Bulkhead::new(1);
    let _holder = bulkhead.try_acquire();
    let woken = Arc::new(Counts(AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&woken));
    let mut callers: Vec<_> = (0..4).map(|_| Box::pin(bulkhead.acquire())).collect();
    for caller in &mut callers {
        assert!(caller.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    }

    bulkhead.resize(3);
    assert_eq!(woken.0.load(Ordering::SeqCst), 2);
    let ready: Vec<bool> = callers.iter_mut().map(|caller| poll(caller.as_mut()).is_ready()).collect();
    // The results were dropped where they came: each of them let the next one in.
    assert_eq!(ready, [true; 4]);
}

#[test]
fn a_smaller_limit_takes_what_is_free_at_once() {
    let bulkhead = Bulkhead::new(5);
    let _holder = bulkhead.try_acquire();
    bulkhead.resize(2);
    assert_eq!((bulkhead.limit(), bulkhead.available()), (2, 1));
}

#[test]
fn permits_that_are_out_are_retired_before_anybody_gets_in() {
    let bulkhead = Bulkhead::new(4);
    let mut inside = take_all(&bulkhead);
    let mut callers = in_line(&bulkhead, 3);
    bulkhead.resize(2);
    assert_eq!(bulkhead.limit(), 2);

    for left in [3, 2] {
        inside.pop();
        assert_eq!(inside.len(), left);
        assert!(callers.iter_mut().all(|caller| poll(caller.as_mut()).is_pending()), "{left} are inside");
        assert!(bulkhead.try_acquire().is_none(), "{left} are inside");
    }
    inside.pop();
    assert!(poll(callers[2].as_mut()).is_pending(), "the last one overtook");
    let Poll::Ready(permit) = poll(callers[0].as_mut()) else { panic!("one is inside, two may be") };
    assert!(poll(callers[1].as_mut()).is_pending());
    assert_eq!(bulkhead.waiting(), 2);

    drop((inside, permit, callers));
    assert_untouched(&bulkhead, "at the smaller limit");
}

#[test]
fn growing_again_forgives_the_debt_first() {
    let bulkhead = Bulkhead::new(4);
    let inside = take_all(&bulkhead);
    bulkhead.resize(1);
    bulkhead.resize(3);
    assert_eq!(bulkhead.available(), 0, "four are inside, three may be");
    bulkhead.resize(5);
    assert_eq!(bulkhead.available(), 1);
    drop(inside);
    assert_untouched(&bulkhead, "after down and up");
}

#[test]
fn the_same_limit_changes_nothing() {
    let bulkhead = Bulkhead::new(3);
    let inside = bulkhead.try_acquire();
    bulkhead.resize(3);
    assert_eq!(bulkhead.available(), 2);
    drop(inside);
    assert_untouched(&bulkhead, "at the end");
}

#[test]
fn shrinking_with_somebody_in_line_and_growing_keeps_the_order() {
    let bulkhead = Bulkhead::new(2);
    let inside = take_all(&bulkhead);
    let mut callers = in_line(&bulkhead, 3);
    bulkhead.resize(1);
    bulkhead.resize(4);
    let Poll::Ready(first) = poll(callers[0].as_mut()) else { panic!("two of four are inside") };
    let Poll::Ready(second) = poll(callers[1].as_mut()) else { panic!("three of four are inside") };
    assert!(poll(callers[2].as_mut()).is_pending());
    drop((inside, first, second, callers));
    assert_untouched(&bulkhead, "at the end");
}

#[test]
fn a_turn_that_is_given_up_pays_the_debt_too() {
    let bulkhead = Bulkhead::new(2);
    let mut inside = take_all(&bulkhead);
    let mut callers = in_line(&bulkhead, 2);
    // The turn of the first one has come, and it counts as inside although it was not polled.
    inside.pop();
    bulkhead.resize(1);
    drop(callers.remove(0));
    assert!(poll(callers[0].as_mut()).is_pending(), "one is inside, and one may be");
    assert_eq!((bulkhead.available(), bulkhead.waiting()), (0, 1));
    inside.pop();
    assert!(poll(callers[0].as_mut()).is_ready());
    drop(callers);
    assert_untouched(&bulkhead, "at the end");
}

#[tokio::test]
async fn a_turn_that_is_given_up_pays_although_the_tasks_budget_is_spent() {
    let bulkhead = Bulkhead::new(2);
    let mut inside = take_all(&bulkhead);
    let mut callers = in_line(&bulkhead, 1);
    inside.pop();
    bulkhead.resize(1);
    tokio::spawn(async {}).await.expect("a fresh budget");
    while tokio::task::coop::has_budget_remaining() {
        tokio::task::consume_budget().await;
    }
    callers.clear();
    assert_eq!(bulkhead.available(), 0, "one is inside, and one may be");
    drop(inside);
    assert_untouched(&bulkhead, "at the end");
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_gives_up_while_the_limit_shrinks_leaves_nothing_behind() {
    let bulkhead = Bulkhead::new(2);
    let inside = take_all(&bulkhead);
    let patience = Admission::new().max_wait(SECOND);
    let (refused, ()) = tokio::join!(bulkhead.acquire_with(&patience), async {
        tokio::time::sleep(SECOND / 2).await;
        bulkhead.resize(1);
    });
    assert!(refused.is_err());
    assert_eq!(bulkhead.waiting(), 0);
    drop(inside);
    assert_untouched(&bulkhead, "at the end");
}

#[test]
#[cfg(debug_assertions)]
fn a_fixed_bulkhead_says_in_debug_builds_that_it_cannot_be_resized() {
    let bulkhead = Bulkhead::fixed(2);
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| bulkhead.resize(1))).is_err());
    assert_untouched(&bulkhead, "after a resize that was none");
}

/// Runs all of it at the same time, as far as there are processors.
fn race(steps: Vec<Box<dyn FnOnce() + Send + '_>>) {
    let start = Barrier::new(steps.len());
    std::thread::scope(|threads| {
        for step in steps {
            let start = &start;
            threads.spawn(move || {
                start.wait();
                step();
            });
        }
    });
}

#[test]
fn a_permit_that_comes_back_while_the_limit_shrinks_lets_nobody_in() {
    for round in 0..3_000 {
        let bulkhead = Bulkhead::new(2);
        let (stays, leaves) = (bulkhead.try_acquire(), bulkhead.try_acquire());
        race(vec![Box::new(|| drop(leaves)), Box::new(|| bulkhead.resize(1))]);
        assert_eq!(bulkhead.available(), 0, "round {round}: one is inside, and one may be");
        drop(stays);
        assert_untouched(&bulkhead, "at the end");
    }
}

#[test]
fn a_turn_that_is_given_up_while_it_comes_and_the_limit_shrinks_lets_nobody_in() {
    for round in 0..3_000 {
        let bulkhead = Bulkhead::new(2);
        let (stays, leaves) = (bulkhead.try_acquire(), bulkhead.try_acquire());
        let gives_up = in_line(&bulkhead, 1);
        race(vec![Box::new(|| drop(leaves)), Box::new(|| drop(gives_up)), Box::new(|| bulkhead.resize(1))]);
        assert_eq!(bulkhead.available(), 0, "round {round}: one is inside, and one may be");
        assert_eq!(bulkhead.waiting(), 0);
        drop(stays);
        assert_untouched(&bulkhead, "at the end");
    }
}

/// Callers come, wait, are aborted and leave, while the limit goes up and down. After each shrinking one more caller
/// is let through: it gets in only when the shrinking is paid for, so from then on the smaller limit holds strictly.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_limit_of_the_moment_holds_while_callers_come_and_go() {
    const MOST: usize = 8;
    let bulkhead = Arc::new(Bulkhead::new(MOST));
    let (inside, allowed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(MOST)));
    let over = Arc::new(AtomicBool::new(false));

    let mut callers = JoinSet::new();
    for caller in 0..24 {
        let (bulkhead, inside, allowed, over) =
            (Arc::clone(&bulkhead), Arc::clone(&inside), Arc::clone(&allowed), Arc::clone(&over));
        callers.spawn(async move {
            for round in 0.. {
                // Read before the count: what was allowed then is allowed still, or was more.
                let call = async {
                    let _permit = bulkhead.acquire().await;
                    let allowed = allowed.load(Ordering::SeqCst);
                    if inside.fetch_add(1, Ordering::SeqCst) >= allowed {
                        over.store(true, Ordering::SeqCst);
                    }
                    let _leaves = Leaves(&inside);
                    yield_now().await;
                };
                if (caller + round) % 3 == 0 {
                    // Goes away in the queue, or with its turn.
                    tokio::select! { biased; () = yield_now() => {}, () = call => {} }
                } else {
                    call.await;
                }
                yield_now().await;
            }
        });
    }

    for step in 0..2_000_usize {
        let limit = 1 + step * 5 % MOST;
        if limit >= allowed.load(Ordering::SeqCst) {
            allowed.store(limit, Ordering::SeqCst);
            bulkhead.resize(limit);
            yield_now().await;
        } else {
            bulkhead.resize(limit);
            // The minute is there to end a test that would hang otherwise.
            let paid = tokio::time::timeout(SECOND * 60, bulkhead.acquire()).await;
            let _paid = paid.expect("a permit was lost");
            allowed.store(limit, Ordering::SeqCst);
        }
        assert!(!over.load(Ordering::SeqCst), "step {step}: more than {limit} were inside");
    }
    callers.shutdown().await;
    assert_untouched(&bulkhead, "after the last caller");
}

struct Leaves<'a>(&'a AtomicUsize);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
