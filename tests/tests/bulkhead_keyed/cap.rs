//! All keys at the cap are in use, and somebody comes with a new one.

use std::pin::pin;
use std::task::Poll;

use futures::FutureExt;
use steadfast::{Admission, KeyedBulkhead};
use tokio::time::Instant;

use crate::{SECOND, assert_unused, poll};

#[test]
fn a_new_key_waits_for_one_to_leave() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(2);
    let (alice, bob) = (bulkhead.try_acquire("alice"), bulkhead.try_acquire("bob"));
    let mut carol = pin!(bulkhead.acquire("carol"));
    assert!(poll(carol.as_mut()).is_pending());
    assert_eq!((bulkhead.keys(), bulkhead.busy_keys(), bulkhead.waiting()), (2, 2, 1));

    drop(bob);
    let Poll::Ready(carol) = poll(carol) else { panic!("bob has left") };
    assert_eq!((bulkhead.keys(), bulkhead.busy_keys(), bulkhead.waiting()), (2, 2, 0));
    assert!(bulkhead.try_acquire("carol").is_none() && bulkhead.try_acquire("bob").is_none());
    drop((alice, carol));
    assert_unused(&bulkhead, "at the end");
}

#[test]
fn a_key_that_is_waited_for_is_in_use() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(1);
    let holder = bulkhead.try_acquire("alice");
    let mut next = Box::pin(bulkhead.acquire("alice"));
    let mut bob = pin!(bulkhead.acquire("bob"));
    assert!(poll(next.as_mut()).is_pending() && poll(bob.as_mut()).is_pending());
    drop(holder);
    assert!(poll(bob.as_mut()).is_pending(), "alice's next caller has its turn");
    drop(next);
    assert!(poll(bob).is_ready(), "alice was given up");
    assert_unused(&bulkhead, "at the end");
}

#[test]
fn new_keys_come_in_the_order_of_their_callers() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(1);
    let mut holder = bulkhead.try_acquire(&0);
    let mut callers: Vec<_> = (1..20).map(|key| Box::pin(bulkhead.acquire(&key))).collect();
    for caller in &mut callers {
        assert!(poll(caller.as_mut()).is_pending());
    }
    for turn in 0..callers.len() {
        drop(holder.take());
        assert!(bulkhead.try_acquire(&99).is_none(), "nobody overtakes");
        let [first, later @ ..] = &mut callers[turn..] else { unreachable!() };
        for caller in later {
            assert!(poll(caller.as_mut()).is_pending(), "somebody was served before {turn}");
        }
        let Poll::Ready(permit) = poll(first.as_mut()) else { panic!("{turn} was left out") };
        holder = Some(permit);
    }
    drop(holder);
    assert_unused(&bulkhead, "after all were served");
}

#[test]
fn the_callers_of_one_new_key_need_one_room() {
    let bulkhead = KeyedBulkhead::new(2).max_keys(1);
    let holder = bulkhead.try_acquire("alice");
    let mut bob: Vec<_> = (0..3).map(|_| Box::pin(bulkhead.acquire("bob"))).collect();
    for caller in &mut bob {
        assert!(poll(caller.as_mut()).is_pending());
    }
    drop(holder);
    let Poll::Ready(first) = poll(bob[0].as_mut()) else { panic!("bob has room") };
    let Poll::Ready(second) = poll(bob[1].as_mut()) else { panic!("bob has two permits") };
    assert!(poll(bob[2].as_mut()).is_pending(), "bob has two permits");
    drop(first);
    assert!(poll(bob[2].as_mut()).is_ready());
    drop((second, bob));
    assert_unused(&bulkhead, "at the end");
}

#[test]
fn a_place_in_line_is_the_callers_not_the_keys() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(1);
    let holder = bulkhead.try_acquire("alice");
    let mut gives_up = Box::pin(bulkhead.acquire("bob"));
    let mut carol = pin!(bulkhead.acquire("carol"));
    let mut bob = pin!(bulkhead.acquire("bob"));
    assert!(poll(gives_up.as_mut()).is_pending());
    assert!(poll(carol.as_mut()).is_pending() && poll(bob.as_mut()).is_pending());
    drop(gives_up);
    drop(holder);
    assert!(poll(bob.as_mut()).is_pending(), "carol came before the bob who is left");
    assert!(poll(carol).is_ready());
    assert!(poll(bob).is_ready());
    assert_unused(&bulkhead, "at the end");
}

#[test]
fn a_known_key_does_not_stand_in_line() {
    let bulkhead = KeyedBulkhead::new(2).max_keys(1);
    let _alice = bulkhead.try_acquire("alice");
    let mut bob = pin!(bulkhead.acquire("bob"));
    assert!(poll(bob.as_mut()).is_pending());
    assert!(bulkhead.acquire("alice").now_or_never().is_some());
    assert!(poll(bob).is_pending());
}

#[test]
fn rejecting_says_that_it_was_for_the_keys() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(2);
    let _held = (bulkhead.try_acquire("alice"), bulkhead.try_acquire("bob"));
    let refused = bulkhead.acquire_with("carol", &Admission::reject()).now_or_never();
    let refused = refused.expect("refused at once").unwrap_err();
    assert_eq!(refused.to_string(), "`KeyedBulkhead` is full: all of its 2 keys are in use");
    assert!(bulkhead.try_acquire("carol").is_none());
    assert_eq!((bulkhead.keys(), bulkhead.waiting()), (2, 0));
}

#[test]
fn those_who_wait_for_room_share_the_places_of_one_queue() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(1);
    let holder = bulkhead.try_acquire("alice");
    let two = Admission::new().queue(2);
    let (mut bob, mut carol) =
        (pin!(bulkhead.acquire_with("bob", &two)), pin!(bulkhead.acquire_with("carol", &two)));
    assert!(poll(bob.as_mut()).is_pending() && poll(carol.as_mut()).is_pending());
    let refused = bulkhead.acquire_with("dave", &two).now_or_never().expect("refused at once").unwrap_err();
    assert_eq!(refused.to_string(), "`KeyedBulkhead` is full: 2 callers wait, and at most 2 may");
    // The queue of a key that lives is another one.
    let mut alice = Box::pin(bulkhead.acquire_with("alice", &two));
    assert!(poll(alice.as_mut()).is_pending());
    assert_eq!(bulkhead.waiting(), 3);
    drop(alice);

    drop(holder);
    let Poll::Ready(Ok(bob)) = poll(bob) else { panic!("bob's turn") };
    let mut dave = pin!(bulkhead.acquire_with("dave", &two));
    assert!(poll(dave.as_mut()).is_pending(), "bob's place is free");
    drop(bob);
    assert!(matches!(poll(carol), Poll::Ready(Ok(_))));
    assert!(matches!(poll(dave), Poll::Ready(Ok(_))));
    assert_unused(&bulkhead, "at the end");
}

#[tokio::test(start_paused = true)]
async fn one_max_wait_covers_both_waits() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(1);
    let alice = bulkhead.acquire("alice").await;
    let wait = Admission::new().max_wait(SECOND * 3);
    let start = Instant::now();
    let (first, second, ()) = tokio::join!(
        async {
            let bob = bulkhead.acquire("bob").await;
            tokio::time::sleep(SECOND * 9).await;
            drop(bob);
        },
        async {
            let refused = bulkhead.acquire_with("bob", &wait).await.unwrap_err();
            (start.elapsed(), refused.elapsed())
        },
        async {
            tokio::time::sleep(SECOND * 2).await;
            drop(alice);
        }
    );
    let () = first;
    assert_eq!(second, (SECOND * 3, SECOND * 3), "two seconds for the room, one for the permit");
    assert_unused(&bulkhead, "at the end");
}
