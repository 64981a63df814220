//! Workers over a queue.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use steadfast::queue::{Ended, OnDrop};
use steadfast::{LifoQueue, PriorityQueue, Queue};
use tokio::time::{Instant, sleep, timeout};

use crate::{SECOND, filled, take_all};

#[tokio::test(start_paused = true)]
async fn so_many_run_at_once_and_they_end_with_the_queue() {
    let queue = filled(12, 0..12);
    queue.close();
    let (inside, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let started = Instant::now();
    let work = {
        let most = Arc::clone(&most);
        async move |_item| {
            most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            sleep(SECOND).await;
            inside.fetch_sub(1, Ordering::SeqCst);
            io::Result::Ok(())
        }
    };
    queue.workers(4, work).await.unwrap();
    assert_eq!((started.elapsed(), most.load(Ordering::SeqCst)), (3 * SECOND, 4));
    queue.join().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_item_is_done_when_its_work_is() {
    let queue = filled(1, ["work"]);
    let worker = tokio::spawn({
        let queue = queue.clone();
        async move {
            queue
                .workers(1, async |_item| {
                    sleep(SECOND).await;
                    io::Result::Ok(())
                })
                .await
        }
    });
    let started = Instant::now();
    queue.join().await.unwrap();
    assert_eq!(started.elapsed(), SECOND);
    queue.close();
    worker.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_first_error_stops_all_and_loses_nothing() {
    let queue = filled(8, 0..8);
    let started = Instant::now();
    let failed = queue
        .workers(3, async |item| {
            sleep(SECOND * (1 + *item)).await;
            if *item == 1 { Err(io::Error::other("broken")) } else { Ok(()) }
        })
        .await;
    let failed = failed.unwrap_err();
    assert_eq!(failed.first().map(ToString::to_string).as_deref(), Some("broken"));
    let [failure] = failed.failures() else { panic!("one worker failed: {failed:?}") };
    assert_eq!(failure.name(), Some("worker 2"));
    assert!(failure.location().is_some_and(|location| location.file().ends_with("workers.rs")));
    assert_eq!(started.elapsed(), 2 * SECOND);
    // 0 was done, 1 failed, 2 and 3 were interrupted, nobody had begun the others.
    assert_eq!(queue.unfinished(), 7);
    assert!(queue.put(9).await.is_err(), "a producer does not wait for workers that are gone");
    assert_eq!(queue.shutdown(), [1, 2, 3, 4, 5, 6, 7]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_stops_all_and_is_raised_again() {
    let queue = filled(4, 0..4);
    let handle = tokio::spawn({
        let queue = queue.clone();
        async move {
            queue
                .workers(2, async |item| {
                    sleep(SECOND).await;
                    assert!(*item != 1, "item one");
                    sleep(SECOND).await;
                    io::Result::Ok(())
                })
                .await
        }
    });
    let panic = handle.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"item one"));
    assert_eq!(queue.shutdown(), [0, 1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_producer_that_comes_later_is_served() {
    let queue = Queue::new(1);
    let (done, count) = (Arc::new(AtomicUsize::new(0)), 20);
    let work = {
        let done = Arc::clone(&done);
        async move |item: steadfast::Item<usize>| {
            done.fetch_add(*item, Ordering::SeqCst);
            io::Result::Ok(())
        }
    };
    let produce = async {
        for item in 0..count {
            sleep(Duration::from_millis(10)).await;
            queue.put(item).await.unwrap();
        }
        queue.close();
    };
    let (ended, ()) = tokio::join!(queue.workers(3, work), produce);
    ended.unwrap();
    assert_eq!(done.load(Ordering::SeqCst), (0..count).sum());
}

/// The worker that finds a closed queue empty must not go while an item is out that may come back.
#[tokio::test(start_paused = true)]
async fn the_last_worker_goes_when_nothing_can_come_back() {
    let queue = filled(2, [0, 1]);
    queue.close();
    let seen = Arc::new(AtomicUsize::new(0));
    let mine = queue.try_get().unwrap();
    let work = {
        let seen = Arc::clone(&seen);
        async move |item: steadfast::Item<usize>| {
            seen.fetch_add(*item + 1, Ordering::SeqCst);
            io::Result::Ok(())
        }
    };
    let (ended, ()) = tokio::join!(queue.workers(2, work), async {
        sleep(SECOND).await;
        drop(mine);
    });
    ended.unwrap();
    assert_eq!(seen.load(Ordering::SeqCst), 3);
    assert_eq!(queue.unfinished(), 0);
}

#[tokio::test(start_paused = true)]
async fn dropping_the_call_stops_the_workers_and_brings_the_items_back() {
    let queue = filled(4, 0..4);
    let work = async |_item| std::future::pending::<io::Result<()>>().await;
    timeout(SECOND, queue.workers(2, work)).await.unwrap_err();
    // The workers end as soon as the runtime gets to it.
    sleep(SECOND).await;
    assert!(!queue.is_closed());
    assert_eq!(take_all(&queue), [0, 1, 2, 3]);
}

/// Where there is a scope around the call, it does not end before the workers have let go of their items.
#[tokio::test(start_paused = true)]
async fn the_scope_around_waits_for_workers_that_are_stopped() {
    let queue = filled(2, 0..2);
    let workers = queue.clone();
    let ended = steadfast::scope(async |scope| {
        let work = async |_item| std::future::pending::<io::Result<()>>().await;
        scope.spawn(async move { workers.workers(2, work).await.map_err(|_| "failed") });
        sleep(SECOND).await;
        Err::<(), _>("enough")
    });
    assert_eq!(ended.await.unwrap_err().first(), Some(&"enough"));
    assert_eq!(take_all(&queue), [0, 1]);
}

#[tokio::test(start_paused = true)]
async fn work_may_settle_its_item_itself() {
    let queue = filled(3, [1, 2, 3]);
    queue.close();
    let kept = Arc::new(std::sync::Mutex::new(Vec::new()));
    let work = {
        let kept = Arc::clone(&kept);
        async move |item: steadfast::Item<u32>| {
            match (*item, item.deliveries()) {
                (1, _) => item.done(),
                (2, 1) => assert_eq!(item.requeue(), None),
                (2, _) => kept.lock().unwrap().push(item.into_inner()),
                _ => {}
            }
            io::Result::Ok(())
        }
    };
    queue.workers(1, work).await.unwrap();
    assert_eq!(*kept.lock().unwrap(), [2]);
    queue.join().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_item_that_work_hands_on_is_answered_for_by_whoever_has_it() {
    let queue = filled(1, [1]);
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let worker = tokio::spawn({
        let queue = queue.clone();
        async move {
            queue
                .workers(1, async move |item| {
                    sender.send(item).map_err(|_| io::Error::other("gone"))?;
                    io::Result::Ok(())
                })
                .await
        }
    });
    let item = receiver.recv().await.unwrap();
    assert_eq!(queue.unfinished(), 1);
    item.done();
    queue.close();
    worker.await.unwrap().unwrap();
    queue.join().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_ends_the_workers_when_they_are_through_with_their_items() {
    let queue = filled(4, 0..4);
    let done = Arc::new(AtomicUsize::new(0));
    let work = {
        let done = Arc::clone(&done);
        async move |_item| {
            sleep(SECOND).await;
            done.fetch_add(1, Ordering::SeqCst);
            io::Result::Ok(())
        }
    };
    let (ended, left) = tokio::join!(queue.workers(2, work), async {
        sleep(SECOND / 2).await;
        queue.shutdown()
    });
    ended.unwrap();
    assert_eq!((left, done.load(Ordering::SeqCst)), (vec![2, 3], 2));
    assert_eq!(queue.join().await, Err(Ended::ShutDown));
}

#[tokio::test(start_paused = true)]
async fn a_failure_may_poison_the_queue() {
    let queue = filled(2, 0..2).on_drop(OnDrop::Poison);
    let failed = queue.workers(1, async |_item| Err::<(), _>(io::Error::other("broken"))).await;
    assert!(failed.is_err());
    assert_eq!(queue.join().await, Err(Ended::Poisoned));
}

#[tokio::test(start_paused = true)]
async fn the_other_queues_have_workers_too() {
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let stack = LifoQueue::new(3);
    (0..3).for_each(|item| stack.try_put(item).unwrap());
    stack.close();
    let push = Arc::clone(&order);
    stack
        .workers(1, async move |item| {
            push.lock().unwrap().push(*item);
            io::Result::Ok(())
        })
        .await
        .unwrap();

    let ranked = PriorityQueue::new(3);
    (3..6).for_each(|item| ranked.try_put(item, item).unwrap());
    ranked.close();
    let push = Arc::clone(&order);
    ranked
        .workers(1, async move |item| {
            push.lock().unwrap().push(*item);
            io::Result::Ok(())
        })
        .await
        .unwrap();
    assert_eq!(*order.lock().unwrap(), [2, 1, 0, 5, 4, 3]);
}

#[tokio::test]
#[should_panic(expected = "no workers would never empty the queue: write at least 1")]
async fn no_workers_are_refused() {
    let _ = Queue::<u8>::new(1).workers(0, async |_item| io::Result::Ok(())).await;
}
