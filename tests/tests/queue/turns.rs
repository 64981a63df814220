//! Whoever waits is served in the order of the first poll.

use std::pin::pin;
use std::task::Poll;

use futures::FutureExt;
use steadfast::Queue;

use crate::{filled, poll};

#[test]
fn getters_are_served_in_the_order_of_their_first_poll() {
    let queue = Queue::new(10);
    let mut getters: Vec<_> = (0..10).map(|_| Box::pin(queue.get())).collect();
    // The order of creation must not matter.
    getters.reverse();
    for getter in &mut getters {
        assert!(poll(getter.as_mut()).is_pending());
    }
    for item in 0..10 {
        queue.try_put(item).unwrap();
        let [first, later @ ..] = &mut getters[item..] else { unreachable!() };
        for getter in later {
            assert!(poll(getter.as_mut()).is_pending(), "somebody was served before {item}");
        }
        let Poll::Ready(Ok(got)) = poll(first.as_mut()) else { panic!("{item} was left out") };
        assert_eq!(got.into_inner(), item);
    }
}

#[test]
fn putters_are_served_in_the_order_of_their_first_poll() {
    let queue = filled(1, [0]);
    let mut putters: Vec<_> = (1..=10).map(|item| Box::pin(queue.put(item))).collect();
    for putter in &mut putters {
        assert!(poll(putter.as_mut()).is_pending());
    }
    for expected in 0..10 {
        assert_eq!(queue.try_get().unwrap().into_inner(), expected);
        let [first, later @ ..] = &mut putters[expected..] else { unreachable!() };
        for putter in later {
            assert!(poll(putter.as_mut()).is_pending(), "somebody got in before {expected}");
        }
        assert_eq!(poll(first.as_mut()), Poll::Ready(Ok(())));
    }
}

#[test]
fn nobody_overtakes_a_getter_whose_turn_has_come() {
    let queue = Queue::new(2);
    let mut getter = pin!(queue.get());
    assert!(poll(getter.as_mut()).is_pending());
    queue.try_put(1).unwrap();
    assert!(queue.try_get().is_err());
    assert!(queue.get().now_or_never().is_none());
    // A second one is free.
    queue.try_put(2).unwrap();
    assert!(queue.try_get().is_ok_and(|item| item.into_inner() == 1));
    assert!(poll(getter).is_ready());
}

#[test]
fn nobody_overtakes_a_putter_whose_turn_has_come() {
    let queue = filled(1, [1]);
    let mut putter = pin!(queue.put(2));
    assert!(poll(putter.as_mut()).is_pending());
    queue.try_get().unwrap().done();
    assert!(queue.try_put(3).unwrap_err().is_full());
    assert!(queue.put(3).now_or_never().is_none());
    assert_eq!(poll(putter), Poll::Ready(Ok(())));
}

#[test]
fn a_turn_that_is_not_used_goes_to_the_next_one() {
    let queue = Queue::new(2);
    let mut first = Box::pin(queue.get());
    let mut second = pin!(queue.get());
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    queue.try_put(1).unwrap();
    drop(first);
    assert!(poll(second).is_ready());

    let queue = filled(1, [1]);
    let mut first = Box::pin(queue.put(2));
    let mut second = pin!(queue.put(3));
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    queue.try_get().unwrap().done();
    drop(first);
    assert!(poll(second).is_ready());
}

#[test]
fn what_comes_back_is_let_in_beyond_the_capacity_and_puts_wait_for_it() {
    let queue = filled(1, [1]);
    let first = queue.try_get().unwrap();
    queue.try_put(2).unwrap();
    let mut putter = pin!(queue.put(3));
    assert!(poll(putter.as_mut()).is_pending());
    drop(first);
    assert_eq!((queue.len(), queue.capacity()), (2, 1));

    assert_eq!(queue.try_get().unwrap().into_inner(), 1);
    assert!(poll(putter.as_mut()).is_pending(), "one still waits, and there is room for one");
    assert_eq!(queue.try_get().unwrap().into_inner(), 2);
    assert_eq!(poll(putter), Poll::Ready(Ok(())));
}

#[test]
fn a_putter_loses_its_turn_to_what_comes_back_and_gets_another() {
    let queue = filled(1, [1]);
    let out = queue.try_get().unwrap();
    queue.try_put(2).unwrap();
    let mut putter = pin!(queue.put(3));
    assert!(poll(putter.as_mut()).is_pending());
    let second = queue.try_get().unwrap();
    // It has its turn now, and has not come yet.
    drop(out);
    assert!(poll(putter.as_mut()).is_pending());
    queue.try_get().unwrap().done();
    assert_eq!(poll(putter), Poll::Ready(Ok(())));
    second.done();
}
