//! Queues: every item comes out once, in order and by turns, and is waited for until it is done, whoever goes away.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::FutureExt;
use steadfast::queue::{Ended, OnDrop, TryGetError};
use steadfast::{Item, LifoQueue, PriorityQueue, Queue};

#[path = "queue/drops.rs"]
mod drops;
#[path = "queue/ends.rs"]
mod ends;
#[path = "queue/model.rs"]
mod model;
#[path = "queue/turns.rs"]
mod turns;
#[path = "queue/undone.rs"]
mod undone;
#[path = "queue/workers.rs"]
mod workers;

const SECOND: Duration = Duration::from_secs(1);

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// A queue of that capacity with these items.
fn filled<T>(capacity: usize, items: impl IntoIterator<Item = T>) -> Queue<T> {
    let queue = Queue::new(capacity);
    for item in items {
        assert!(queue.try_put(item).is_ok(), "room for all of them");
    }
    queue
}

/// Takes all that is there, and marks it as done.
fn take_all<T>(queue: &Queue<T>) -> Vec<T> {
    std::iter::from_fn(|| queue.try_get().ok()).map(Item::into_inner).collect()
}

#[test]
fn the_first_in_is_the_first_out() {
    let queue = filled(3, [1, 2, 3]);
    assert_eq!(take_all(&queue), [1, 2, 3]);
    assert_eq!(queue.try_get().unwrap_err(), TryGetError::Empty);
}

#[test]
fn a_lifo_queue_gives_the_last_in_first() {
    let queue = LifoQueue::new(3);
    (1..=3).for_each(|item| queue.try_put(item).unwrap());
    let out: Vec<_> = std::iter::from_fn(|| queue.try_get().ok()).map(Item::into_inner).collect();
    assert_eq!(out, [3, 2, 1]);
}

#[test]
fn a_priority_queue_gives_equals_in_the_order_in_which_they_came() {
    /// Without an order of its own.
    #[derive(Debug, PartialEq)]
    struct Job(&'static str);

    let queue = PriorityQueue::new(5);
    for (job, priority) in [("a", 1), ("b", 2), ("c", 1), ("d", 2), ("e", 0)] {
        queue.try_put(Job(job), priority).unwrap();
    }
    let out: Vec<_> = std::iter::from_fn(|| queue.try_get().ok()).map(|job| job.into_inner().0).collect();
    assert_eq!(out, ["b", "d", "a", "c", "e"]);
}

#[test]
fn a_thousand_equals_keep_their_order() {
    let queue = PriorityQueue::new(1_000);
    (0..1_000).for_each(|item| queue.try_put(item, ()).unwrap());
    for expected in 0..1_000 {
        assert_eq!(queue.try_get().unwrap().into_inner(), expected);
    }
}

#[test]
fn the_smallest_first_is_a_matter_of_the_priority() {
    let queue = PriorityQueue::new(2);
    queue.try_put("late", std::cmp::Reverse(10)).unwrap();
    queue.try_put("early", std::cmp::Reverse(3)).unwrap();
    assert_eq!(*queue.try_get().unwrap(), "early");
}

#[test]
#[should_panic(expected = "a queue of capacity 0 could hold nothing: write at least 1")]
fn a_queue_for_nothing_is_refused() {
    let _ = Queue::<u8>::new(0);
}

#[test]
fn a_full_queue_gives_the_item_back() {
    let queue = filled(1, ["first"]);
    let refused = queue.try_put("second").unwrap_err();
    assert!(refused.is_full());
    assert_eq!(refused.ended(), None);
    assert_eq!(refused.to_string(), "the queue is full");
    assert_eq!(refused.into_inner(), "second");
    assert_eq!((queue.len(), queue.unfinished(), queue.capacity()), (1, 1, 1));
}

#[test]
fn what_is_taken_is_unfinished_until_it_is_done() {
    let queue = filled(2, ["first", "second"]);
    let first = queue.try_get().unwrap();
    assert_eq!((queue.len(), queue.unfinished()), (1, 2));
    first.done();
    assert_eq!((queue.len(), queue.unfinished()), (1, 1));
    assert_eq!(queue.try_get().unwrap().into_inner(), "second");
    assert_eq!((queue.len(), queue.unfinished()), (0, 0));
}

#[test]
fn an_item_stands_for_its_value() {
    let queue = filled(1, [vec![1, 2]]);
    let mut item = queue.try_get().unwrap();
    item.push(3);
    assert_eq!(item.len(), 3);
    assert_eq!(format!("{item:?}"), "Item([1, 2, 3])");
    assert_eq!(item.into_inner(), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn join_waits_for_what_is_out() {
    let queue = filled(4, 0..4);
    let worker = {
        let queue = queue.clone();
        tokio::spawn(async move {
            while let Ok(item) = queue.get().await {
                tokio::time::sleep(SECOND).await;
                item.done();
            }
        })
    };
    let started = tokio::time::Instant::now();
    queue.join().await.unwrap();
    assert_eq!((started.elapsed(), queue.unfinished()), (4 * SECOND, 0));
    queue.close();
    worker.await.unwrap();
}

#[tokio::test]
async fn an_empty_queue_is_joined_at_once() {
    assert_eq!(Queue::<u8>::new(1).join().now_or_never(), Some(Ok(())));
}

#[test]
fn a_moment_without_unfinished_items_is_enough_for_join() {
    let queue = filled(1, [1]);
    let mut join = pin!(queue.join());
    assert!(poll(join.as_mut()).is_pending());
    queue.try_get().unwrap().done();
    queue.try_put(2).unwrap();
    assert_eq!(poll(join), Poll::Ready(Ok(())));
}

#[test]
fn its_parts_cross_threads_and_need_nothing_of_the_value() {
    fn is_send<T: Send>(_: &T) {}
    fn is_send_and_sync<T: Send + Sync>(_: &T) {}
    // `Send`, and nothing else.
    struct Value(#[expect(dead_code, reason = "what counts is what it implements")] std::cell::Cell<u8>);

    let queue = PriorityQueue::new(2);
    is_send_and_sync(&queue);
    is_send(&queue.put(Value(std::cell::Cell::new(1)), 1));
    is_send(&queue.get());
    is_send(&queue.join());
    queue.try_put(Value(std::cell::Cell::new(1)), 1).unwrap();
    is_send(&queue.try_get().unwrap());
}

#[test]
fn a_queue_may_hold_borrowed_values() {
    let text = "one two".to_owned();
    let queue = filled(2, text.split(' '));
    assert_eq!(take_all(&queue), ["one", "two"]);
}

#[test]
fn debug_shows_numbers_only() {
    let queue = filled(3, [1, 2]);
    let _out = queue.try_get();
    assert_eq!(format!("{queue:?}"), "Queue { len: 1, capacity: 3, unfinished: 2, closed: false }");
}

#[test]
fn the_options_are_those_of_all_handles() {
    let queue = filled(1, [1]);
    let _same = queue.clone().on_drop(OnDrop::Done);
    drop(queue.try_get());
    assert_eq!(queue.unfinished(), 0);
}

#[tokio::test]
async fn a_loop_over_a_queue_that_is_never_empty_lets_others_run() {
    let queue = filled(10_000, 0..10_000);
    let taken = std::cell::Cell::new(0);
    let consumer = async {
        while let Ok(item) = queue.get().await {
            taken.set(taken.get() + 1);
            item.done();
        }
    };
    let other = async { assert!(taken.get() < 10_000, "ran only after all was taken") };
    queue.close();
    tokio::join!(consumer, async {
        tokio::task::yield_now().await;
        other.await;
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn producers_and_consumers_in_parallel_lose_and_double_nothing() {
    const PRODUCERS: u32 = 4;
    const EACH: u32 = 2_500;
    let queue = Queue::new(7);
    let producers: Vec<_> = (0..PRODUCERS)
        .map(|producer| {
            let queue = queue.clone();
            tokio::spawn(async move {
                for nth in 0..EACH {
                    queue.put(producer * EACH + nth).await.unwrap();
                }
            })
        })
        .collect();
    let consumers: Vec<_> = (0..4)
        .map(|_| {
            let queue = queue.clone();
            tokio::spawn(async move {
                let mut got = Vec::new();
                while let Ok(item) = queue.get().await {
                    assert!(queue.len() <= 7);
                    got.push(item.into_inner());
                }
                got
            })
        })
        .collect();
    for producer in producers {
        producer.await.unwrap();
    }
    queue.close();
    queue.join().await.unwrap();
    let mut all = Vec::new();
    for consumer in consumers {
        let got = consumer.await.unwrap();
        for producer in 0..PRODUCERS {
            let of_one: Vec<_> = got.iter().filter(|item| **item / EACH == producer).collect();
            assert!(of_one.is_sorted(), "what one producer put comes in its order");
        }
        all.extend(got);
    }
    all.sort_unstable();
    assert_eq!(all, (0..PRODUCERS * EACH).collect::<Vec<_>>());
    assert_eq!(queue.get().await.unwrap_err(), Ended::Closed);
}
