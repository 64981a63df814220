//! Closing, shutting down, poison.

use std::pin::pin;
use std::task::Poll;

use futures::FutureExt;
use steadfast::queue::{Ended, OnDrop, TryGetError};
use steadfast::{LifoQueue, PriorityQueue, Queue};

use crate::{filled, poll, take_all};

#[test]
fn a_closed_queue_lets_nothing_in_and_everything_out() {
    let queue = filled(3, [1, 2]);
    queue.close();
    assert!(queue.is_closed());
    let refused = queue.try_put(3).unwrap_err();
    assert!(!refused.is_full());
    assert_eq!((refused.ended(), refused.to_string().as_str()), (Some(Ended::Closed), "the queue is closed"));
    assert_eq!(take_all(&queue), [1, 2]);
    assert_eq!(queue.try_get().unwrap_err(), TryGetError::Ended(Ended::Closed));
    assert_eq!(queue.get().now_or_never().unwrap().unwrap_err(), Ended::Closed);
    assert_eq!(queue.join().now_or_never(), Some(Ok(())));
}

#[tokio::test(start_paused = true)]
async fn closing_wakes_everybody_who_waits() {
    let full = filled(1, [1]);
    let empty = Queue::<u8>::new(1);
    let (put, got, ()) = tokio::join!(full.put(2), empty.get(), async {
        full.close();
        empty.close();
    });
    assert_eq!(put.unwrap_err().into_inner(), 2);
    assert_eq!(got.unwrap_err(), Ended::Closed);
}

#[test]
fn a_getter_of_a_closed_queue_waits_while_somebody_before_it_may_leave() {
    let queue = Queue::new(1);
    let mut first = Box::pin(queue.get());
    let mut second = pin!(queue.get());
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    queue.try_put(1).unwrap();
    queue.close();
    assert!(poll(second.as_mut()).is_pending());
    drop(first);
    assert!(matches!(poll(second), Poll::Ready(Ok(item)) if *item == 1));
}

#[test]
fn an_item_comes_back_to_a_closed_queue() {
    let queue = filled(1, [1]);
    queue.close();
    drop(queue.try_get());
    let item = queue.try_get().unwrap();
    assert_eq!((*item, item.deliveries()), (1, 2));
    item.done();
}

#[test]
fn shutting_down_gives_what_was_queued_in_its_order() {
    assert_eq!(filled(3, [1, 2, 3]).shutdown(), [1, 2, 3]);

    let stack = LifoQueue::new(3);
    (1..=3).for_each(|item| stack.try_put(item).unwrap());
    assert_eq!(stack.shutdown(), [3, 2, 1]);

    let ranked = PriorityQueue::new(3);
    (1..=3).for_each(|item| ranked.try_put(item, item % 3).unwrap());
    assert_eq!(ranked.shutdown(), [2, 1, 3]);
}

#[tokio::test(start_paused = true)]
async fn shutting_down_wakes_everybody_who_waits() {
    let full = filled(1, [1]);
    let empty = Queue::<u8>::new(1);
    let (put, got, joined, left) = tokio::join!(full.put(2), empty.get(), full.join(), async {
        empty.shutdown();
        full.shutdown()
    });
    assert_eq!((left, put.unwrap_err().into_inner()), (vec![1], 2));
    assert_eq!(got.unwrap_err(), Ended::ShutDown);
    assert_eq!(joined, Err(Ended::ShutDown), "one item was never done");
}

#[test]
fn after_a_shutdown_join_waits_for_what_is_out() {
    let queue = filled(2, [1, 2]);
    let out = queue.try_get().unwrap();
    assert_eq!(queue.shutdown(), [2]);
    let mut join = pin!(queue.join());
    assert!(poll(join.as_mut()).is_pending());
    out.done();
    assert_eq!(poll(join), Poll::Ready(Err(Ended::ShutDown)));
}

#[test]
fn a_shutdown_with_nothing_left_is_a_good_end() {
    let queue = filled(1, [1]);
    let out = queue.try_get().unwrap();
    assert!(queue.shutdown().is_empty());
    out.done();
    assert_eq!(queue.join().now_or_never(), Some(Ok(())));
}

#[test]
fn nothing_comes_back_after_a_shutdown() {
    let queue = filled(2, [1, 2]);
    let (first, second) = (queue.try_get().unwrap(), queue.try_get().unwrap());
    assert!(queue.shutdown().is_empty());
    drop(first);
    assert_eq!(second.requeue(), Some(2));
    assert_eq!((queue.len(), queue.unfinished()), (0, 0));
    assert_eq!(queue.join().now_or_never(), Some(Err(Ended::ShutDown)));
}

#[test]
fn a_closed_queue_can_still_be_shut_down_and_the_other_way_changes_nothing() {
    let queue = filled(1, [1]);
    queue.close();
    assert_eq!(queue.shutdown(), [1]);
    queue.close();
    assert_eq!(queue.try_get().unwrap_err(), TryGetError::Ended(Ended::ShutDown));
}

#[tokio::test(start_paused = true)]
async fn poison_ends_everything_for_everybody() {
    let queue = filled(2, [1, 2]).on_drop(OnDrop::Poison);
    let out = queue.try_get().unwrap();
    queue.try_put(3).unwrap();
    let (put, joined, ()) = tokio::join!(queue.put(4), queue.join(), async { drop(out) });
    assert_eq!(put.unwrap_err().ended(), Some(Ended::Poisoned));
    assert_eq!(joined, Err(Ended::Poisoned));
    assert_eq!(queue.get().await.unwrap_err(), Ended::Poisoned);
    assert_eq!(
        queue.try_put(5).unwrap_err().to_string(),
        "the queue is poisoned: an item was dropped before it was done"
    );
    assert_eq!(queue.shutdown(), [2, 3]);
    assert_eq!(queue.get().await.unwrap_err(), Ended::Poisoned, "the reason stays");
}
