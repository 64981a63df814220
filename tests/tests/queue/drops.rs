//! A caller that goes away, at every await.

use std::cell::RefCell;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use steadfast::Queue;
use steadfast_tests::drop_at_every_await;
use tokio::time::sleep;

use crate::{SECOND, filled, poll, take_all};

#[test]
fn a_producer_that_is_dropped_anywhere_leaves_whole_items_and_no_place() {
    let queue = RefCell::new(Queue::new(1));
    let make = || {
        let now = queue.replace(Queue::new(1));
        drop(now);
        let queue = queue.borrow().clone();
        async move {
            let produce = async {
                for item in 0..3 {
                    queue.put(item).await.unwrap();
                }
            };
            let consume = async {
                for _ in 0..2 {
                    sleep(SECOND).await;
                    queue.get().await.unwrap().done();
                }
            };
            tokio::join!(produce, consume);
        }
    };
    let polls = drop_at_every_await(make, |polls, _| {
        let queue = queue.borrow();
        let left = take_all(&queue);
        assert!(left.len() <= 1, "after {polls} polls");
        assert!(queue.try_put(9).is_ok(), "somebody who is gone holds the place after {polls} polls");
    });
    assert!(polls >= 3, "{polls}");
}

#[test]
fn a_consumer_that_is_dropped_anywhere_loses_nothing() {
    let queue = RefCell::new(Queue::new(8));
    let done = RefCell::new(Vec::new());
    let make = || {
        queue.replace(filled(8, 0..4));
        done.borrow_mut().clear();
        let (queue, done) = (queue.borrow().clone(), &done);
        async move {
            for _ in 0..4 {
                let item = queue.get().await.unwrap();
                sleep(SECOND).await;
                done.borrow_mut().push(*item);
                item.done();
            }
        }
    };
    let polls = drop_at_every_await(make, |polls, _| {
        let mut all = done.borrow().clone();
        all.extend(take_all(&queue.borrow()));
        assert_eq!(all, [0, 1, 2, 3], "after {polls} polls");
        assert_eq!(queue.borrow().unfinished(), 0);
    });
    assert_eq!(polls, 5);
}

#[test]
fn a_getter_that_is_dropped_with_its_turn_wakes_the_next() {
    for polls in 0..=1 {
        let queue = Queue::new(1);
        let mut first = Box::pin(queue.get());
        let mut second = Box::pin(queue.get());
        if polls == 1 {
            assert!(poll(first.as_mut()).is_pending());
        }
        let flag = Arc::new(Flag::default());
        let waker = Waker::from(Arc::clone(&flag));
        assert!(second.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        queue.try_put(1).unwrap();
        drop(first);
        assert!(flag.0.load(std::sync::atomic::Ordering::SeqCst), "woken after {polls} polls");
        assert!(poll(second.as_mut()).is_ready());
    }
}

#[derive(Default)]
struct Flag(std::sync::atomic::AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, std::sync::atomic::Ordering::SeqCst);
    }
}

#[test]
fn a_waker_that_panics_costs_nobody_a_call() {
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("woken");
        }
    }
    let queue = Queue::<u8>::new(2);
    let (mut first, mut second) = (Box::pin(queue.get()), Box::pin(queue.get()));
    let waker = Waker::from(Arc::new(Panics));
    assert!(first.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    let flag = Arc::new(Flag::default());
    assert!(second.as_mut().poll(&mut Context::from_waker(&Waker::from(Arc::clone(&flag)))).is_pending());
    let closing = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| queue.close()));
    assert!(closing.is_err());
    assert!(flag.0.load(std::sync::atomic::Ordering::SeqCst));
    assert!(poll(first.as_mut()).is_ready() && poll(second.as_mut()).is_ready());
}

/// A runtime may drop a task when its last waker goes: its items and its futures come back to the queue from there.
#[test]
fn a_waker_may_come_back_to_the_queue() {
    struct Reenters(Queue<u8>);
    impl Wake for Reenters {
        fn wake(self: Arc<Self>) {
            let _ = self.0.try_put(7);
        }
    }
    impl Drop for Reenters {
        fn drop(&mut self) {
            let _ = self.0.try_get();
        }
    }
    let queue = Queue::new(4);
    let mut getter = Box::pin(queue.get());
    for _ in 0..2 {
        let waker = Waker::from(Arc::new(Reenters(queue.clone())));
        assert!(getter.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    }
    queue.try_put(1).unwrap();
    drop(getter);
    assert_eq!(take_all(&queue), [1, 7]);
}
