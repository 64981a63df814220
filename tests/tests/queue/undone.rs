//! Items that are dropped before they are done.

use std::panic::{AssertUnwindSafe, catch_unwind};

use steadfast::queue::OnDrop;
use steadfast::{Item, LifoQueue, PriorityQueue};

use crate::{SECOND, filled, take_all};

#[test]
fn what_comes_back_stands_where_it_stood() {
    let queue = filled(4, [1, 2, 3, 4]);
    let mut out: Vec<_> = (0..3).map(|_| queue.try_get().unwrap()).collect();
    // In another order than that in which they were taken.
    drop(out.remove(1));
    drop(out.remove(1));
    drop(out);
    assert_eq!(take_all(&queue), [1, 2, 3, 4]);
}

#[test]
fn what_comes_back_to_a_stack_is_below_what_came_later() {
    let queue = LifoQueue::new(3);
    queue.try_put("old").unwrap();
    queue.try_put("middle").unwrap();
    let middle = queue.try_get().unwrap();
    queue.try_put("new").unwrap();
    drop(middle);
    let out: Vec<_> = std::iter::from_fn(|| queue.try_get().ok()).map(Item::into_inner).collect();
    assert_eq!(out, ["new", "middle", "old"]);
}

#[test]
fn what_comes_back_to_a_priority_queue_is_before_its_equals() {
    let queue = PriorityQueue::new(3);
    queue.try_put("first", 1).unwrap();
    queue.try_put("second", 1).unwrap();
    let first = queue.try_get().unwrap();
    queue.try_put("urgent", 2).unwrap();
    drop(first);
    let out: Vec<_> = std::iter::from_fn(|| queue.try_get().ok()).map(Item::into_inner).collect();
    assert_eq!(out, ["urgent", "first", "second"]);
}

#[test]
fn a_change_of_the_value_comes_back_with_it() {
    let queue = filled(1, [vec!["begun"]]);
    queue.try_get().unwrap().push("half done");
    assert_eq!(*queue.try_get().unwrap(), ["begun", "half done"]);
}

#[test]
fn deliveries_are_counted() {
    let queue = filled(1, [()]);
    for nth in 1..=5 {
        assert_eq!(queue.try_get().unwrap().deliveries(), nth);
    }
}

#[test]
fn a_panic_while_an_item_is_held_brings_it_back() {
    let queue = filled(1, [1]);
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let _item = queue.try_get().unwrap();
        panic!("at work");
    }));
    assert!(panicked.is_err());
    assert_eq!(take_all(&queue), [1]);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_worker_keeps_join_waiting_for_nobody() {
    let queue = filled(1, [1]);
    let cancelled = tokio::time::timeout(SECOND, async {
        let _item = queue.get().await.unwrap();
        std::future::pending::<()>().await;
    });
    cancelled.await.unwrap_err();
    let joined = tokio::spawn({
        let queue = queue.clone();
        async move { queue.join().await }
    });
    queue.get().await.unwrap().done();
    joined.await.unwrap().unwrap();
}

#[test]
fn dropping_may_be_as_good_as_done() {
    let queue = filled(1, [1]).on_drop(OnDrop::Done);
    drop(queue.try_get());
    assert_eq!((queue.len(), queue.unfinished()), (0, 0));
}

#[test]
fn an_item_that_outlives_its_queue_does_no_harm() {
    let queue = filled(2, ["first", "second"]);
    let (first, second) = (queue.try_get().unwrap(), queue.try_get().unwrap());
    drop(queue);
    assert_eq!(first.into_inner(), "first");
    drop(second);
}

#[test]
fn every_value_is_dropped_exactly_once() {
    let value = std::sync::Arc::new(());
    let others = || std::sync::Arc::strong_count(&value) - 1;
    let queue = filled(8, (0..8).map(|_| value.clone()));
    queue.try_get().unwrap().done();
    drop(queue.try_get().unwrap().into_inner());
    drop(queue.try_get());
    assert_eq!(queue.try_get().unwrap().requeue(), None);
    assert_eq!(others(), 6);
    let out = queue.try_get().unwrap();
    drop(queue.shutdown());
    assert_eq!(others(), 1);
    drop(out);
    assert_eq!(others(), 0);
}
