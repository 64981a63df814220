//! The queues, those who wait at them, and workers.

use steadfast::queue::OnDrop;
use steadfast::{LifoQueue, PriorityQueue, Queue};

use super::*;

/// Somebody fills a queue that is too small, somebody takes from it, and somebody waits until all is done. What is in it
/// and what is out are guards; when everybody is gone, the queue serves as if nobody had been there.
macro_rules! put_get_join {
    ($world:ident, $new:expr, $($priority:expr)?) => {{
        let queue = $new;
        let produce = async {
            for _ in 0..4 {
                queue.put($world.alive.guard() $(, $priority)?).await.expect("open");
            }
            sleep(secs(1)).await;
            queue.close();
        };
        let consume = async {
            loop {
                sleep(secs(1)).await;
                let Ok(item) = queue.get().await else { break };
                sleep(secs(1)).await;
                item.done();
            }
        };
        let join = async {
            sleep(secs(2)).await;
            queue.join().await.expect("nobody shuts it down");
        };
        tokio::join!(produce, consume, join);
    }};
}

#[test]
fn put_get_and_join() {
    let polls = [
        everywhere(|world| async move { put_get_join!(world, Queue::new(1),) }),
        everywhere(|world| async move { put_get_join!(world, LifoQueue::new(1),) }),
        everywhere(|world| async move { put_get_join!(world, PriorityQueue::new(1), 7) }),
    ];
    assert!(polls.iter().all(|polls| *polls >= 6), "{polls:?}");
}

/// Each side in a task of its own, so that one is gone before the other: the child that waits is dropped in the middle,
/// and who stays is served.
macro_rules! who_stays_is_served {
    ($world:ident, $new:expr, $($priority:expr)?) => {{
        let queue = $new;
        let outcome = scope(async |s: Scope<&'static str>| {
            let (taking, putting, world) = (queue.clone(), queue.clone(), $world.clone());
            let gone = s.spawn({
                let queue = queue.clone();
                async move { queue.get().await.map(drop).map_err(|_| "ended") }
            });
            s.spawn(async move { taking.get().await.map(drop).map_err(|_| "ended") });
            sleep(secs(1)).await;
            gone.abort();
            s.spawn(async move {
                putting.put(world.alive.guard() $(, $priority)?).await.map_err(|_| "ended")
            });
            sleep(secs(1)).await;
            queue.close();
            // An item that is dropped goes back.
            Ok(queue.len())
        });
        assert_eq!(outcome.await.expect("nobody fails"), 1);
    }};
}

#[test]
fn in_tasks() {
    let polls = [
        everywhere(|world| async move { who_stays_is_served!(world, Queue::new(1),) }),
        everywhere(|world| async move { who_stays_is_served!(world, LifoQueue::new(1),) }),
        everywhere(|world| async move { who_stays_is_served!(world, PriorityQueue::new(1), 7) }),
    ];
    assert!(polls.iter().all(|polls| *polls >= 3), "{polls:?}");
}

#[test]
fn workers() {
    for on_drop in [OnDrop::Requeue, OnDrop::Done, OnDrop::Poison] {
        let polls = everywhere(|world| async move {
            let queue = Queue::new(2).on_drop(on_drop);
            let fill = async {
                for _ in 0..5 {
                    queue.put(world.alive.guard()).await.expect("open");
                }
                queue.close();
            };
            let work = queue.workers(2, {
                let world = world.clone();
                async move |item: steadfast::Item<Guard>| {
                    let _alive: &Guard = &item;
                    world.limited(1).await.map(drop)
                }
            });
            let ((), outcome) = tokio::join!(fill, work);
            outcome.expect("none fails");
            queue.join().await.expect("all is done");
        });
        assert!(polls >= 4, "{polls}, {on_drop:?}");
    }
}
