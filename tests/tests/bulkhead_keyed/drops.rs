//! Everything is back, whoever goes away and wherever it waits.

use std::future::Future;
use std::pin::pin;

use steadfast::{Admission, KeyedBulkhead};

use crate::{SECOND, assert_unused, poll};

/// The state before the caller under test comes, with what is let go before its third poll.
fn all_of_it(bulkhead: &KeyedBulkhead, when: &str) {
    assert_unused(bulkhead, when);
    let permits: Vec<_> = ["alice", "bob"].iter().map(|key| bulkhead.try_acquire(key)).collect();
    assert!(permits.iter().all(Option::is_some), "room for two keys {when}");
    assert!(bulkhead.try_acquire("carol").is_none(), "no third one {when}");
    assert!(bulkhead.try_acquire("alice").is_none(), "one permit {when}");
}

/// Polls `future` at most `polls` times, with `before` ahead of each, and drops it. Whether it came to its end.
fn drop_after<F: Future>(polls: usize, future: F, mut before: impl FnMut(usize)) -> bool {
    let mut future = pin!(future);
    (0..polls).any(|nth| {
        before(nth);
        poll(future.as_mut()).is_ready()
    })
}

#[test]
fn a_caller_who_waits_for_a_permit_may_go_at_any_poll() {
    for polls in 0.. {
        let bulkhead = KeyedBulkhead::new(1).max_keys(2);
        let mut holder = bulkhead.try_acquire("alice");
        let caller = async {
            let _permit = bulkhead.acquire("alice").await;
            futures::pending!();
        };
        let done = drop_after(polls, caller, |nth| {
            if nth == 2 {
                holder = None;
            }
        });
        drop(holder);
        all_of_it(&bulkhead, &format!("after {polls} polls"));
        if done {
            assert_eq!(polls, 4);
            break;
        }
    }
}

#[test]
fn a_caller_who_waits_for_room_may_go_at_any_poll() {
    for polls in 0.. {
        let bulkhead = KeyedBulkhead::new(1).max_keys(2);
        let mut holders = vec![bulkhead.try_acquire("alice"), bulkhead.try_acquire("bob")];
        let caller = async {
            let _permit = bulkhead.acquire("carol").await;
            futures::pending!();
        };
        let done = drop_after(polls, caller, |nth| {
            if nth == 2 {
                holders.pop();
            }
        });
        drop(holders);
        all_of_it(&bulkhead, &format!("after {polls} polls"));
        if done {
            assert_eq!(polls, 4);
            break;
        }
    }
}

/// First no room, then room but no permit, then the permit.
#[test]
fn a_caller_who_waits_for_room_and_then_for_a_permit_may_go_at_any_poll() {
    for polls in 0.. {
        let bulkhead = KeyedBulkhead::new(1).max_keys(2);
        let mut holders = vec![bulkhead.try_acquire("alice"), bulkhead.try_acquire("bob")];
        let mut before_it = Box::pin(bulkhead.acquire("carol"));
        assert!(poll(before_it.as_mut()).is_pending());
        let mut before_it = Some(before_it);
        let caller = async {
            let _permit = bulkhead.acquire("carol").await;
            futures::pending!();
        };
        let done = drop_after(polls, caller, |nth| match nth {
            2 => drop(holders.pop()),
            4 => before_it = None,
            _ => {}
        });
        drop((holders, before_it));
        all_of_it(&bulkhead, &format!("after {polls} polls"));
        if done {
            assert_eq!(polls, 6);
            break;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_with_an_admission_may_go_at_any_poll() {
    let admission = Admission::new().queue(1).max_wait(SECOND);
    for (key, frees, expected) in
        [("alice", true, 4), ("alice", false, 6), ("carol", true, 4), ("carol", false, 6)]
    {
        for polls in 0.. {
            let bulkhead = KeyedBulkhead::new(1).max_keys(2);
            let mut holders = vec![bulkhead.try_acquire("bob"), bulkhead.try_acquire("alice")];
            let mut caller = Box::pin(async {
                let admitted = bulkhead.acquire_with(key, &admission).await;
                if admitted.is_ok() {
                    futures::pending!();
                }
            });
            let mut done = false;
            for nth in 0..polls {
                if frees && nth == 2 {
                    holders.pop();
                }
                done = poll(caller.as_mut()).is_ready();
                if done {
                    break;
                }
                tokio::time::advance(SECOND / 5).await;
            }
            drop((caller, holders));
            all_of_it(&bulkhead, &format!("after {polls} polls of {key}, freed: {frees}"));
            if done {
                assert_eq!(polls, expected, "{key}, freed: {frees}");
                break;
            }
        }
    }
}

#[test]
fn a_room_whose_caller_goes_away_passes_on() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(1);
    let holder = bulkhead.try_acquire("alice");
    let mut bob = Box::pin(bulkhead.acquire("bob"));
    let mut carol = pin!(bulkhead.acquire("carol"));
    assert!(poll(bob.as_mut()).is_pending() && poll(carol.as_mut()).is_pending());
    drop(holder);
    assert_eq!(bulkhead.waiting(), 2, "bob has its turn, and was not polled");
    drop(bob);
    assert_eq!((bulkhead.keys(), bulkhead.waiting()), (1, 1));
    assert!(poll(carol).is_ready());
    assert_unused(&bulkhead, "at the end");
}

#[test]
fn a_panic_inside_gives_permit_and_key_back() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(2);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _permit = bulkhead.try_acquire("alice");
        panic!("inside");
    }));
    assert!(panicked.is_err());
    all_of_it(&bulkhead, "after the panic");
}
