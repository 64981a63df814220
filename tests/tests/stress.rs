//! Crowds: ten thousand callers, a hundred thousand keys, and callers that go away at random.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use steadfast::{Budget, Bulkhead, KeyedBulkhead, PolicyError, bounded, retry, timeout};
use steadfast_tests::{Random, ms, poll_at_most, secs};
use tokio::runtime::Builder;
use tokio::task::{JoinSet, yield_now};
use tokio::time::sleep;

#[path = "stress/drops.rs"]
mod drops;

const CALLERS: usize = 10_000;

/// Counts who is inside, and the most that ever were.
#[derive(Debug, Default)]
struct Room {
    inside: AtomicUsize,
    most: AtomicUsize,
    served: AtomicUsize,
}

impl Room {
    async fn visit(&self) {
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(inside, Ordering::SeqCst);
        yield_now().await;
        self.inside.fetch_sub(1, Ordering::SeqCst);
        self.served.fetch_add(1, Ordering::SeqCst);
    }

    fn assert_all_served(&self, limit: usize) {
        assert_eq!(self.served.load(Ordering::SeqCst), CALLERS, "all are served");
        assert_eq!(self.inside.load(Ordering::SeqCst), 0);
        assert_eq!(self.most.load(Ordering::SeqCst), limit, "the most that were inside at once");
    }
}

/// Waits for all of them, and panics if one did.
async fn join_all<T: 'static>(mut tasks: JoinSet<T>) {
    while let Some(joined) = tasks.join_next().await {
        match joined {
            Ok(_) => {}
            Err(error) if error.is_cancelled() => {}
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_callers_of_eight_are_never_more_than_eight_and_all_are_served() {
    #[bounded(8)]
    async fn eight(room: &Room) {
        room.visit().await;
    }

    let room = Arc::new(Room::default());
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let room = Arc::clone(&room);
        callers.spawn(async move { eight(&room).await });
    }
    join_all(callers).await;
    // With four threads and a place to yield at, a full room is certain to be seen.
    room.assert_all_served(8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_callers_of_a_limit_that_changes_are_never_more_than_its_highest() {
    #[bounded(limit)]
    async fn changing(room: &Room, limit: usize) {
        room.visit().await;
    }

    let room = Arc::new(Room::default());
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        let room = Arc::clone(&room);
        callers.spawn(async move { changing(&room, 1 + caller % 8).await });
    }
    join_all(callers).await;
    assert!(room.most.load(Ordering::SeqCst) <= 8);
    assert_eq!(room.served.load(Ordering::SeqCst), CALLERS);
    assert_eq!(room.inside.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn ten_thousand_callers_are_served_in_the_order_of_their_arrival() {
    #[bounded(8)]
    async fn in_turn(ticket: usize, served: &AtomicUsize) {
        assert_eq!(served.fetch_add(1, Ordering::SeqCst), ticket, "in order of arrival");
        for _ in 0..ticket % 3 {
            yield_now().await;
        }
    }

    let (arrived, served) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let (arrived, served) = (Arc::clone(&arrived), Arc::clone(&served));
        callers.spawn(async move {
            // On one thread nobody comes between the ticket and the first poll.
            let ticket = arrived.fetch_add(1, Ordering::SeqCst);
            in_turn(ticket, &served).await;
        });
    }
    join_all(callers).await;
    assert_eq!(served.load(Ordering::SeqCst), CALLERS);
}

#[tokio::test(start_paused = true)]
async fn a_hundred_thousand_keys_never_evict_the_busy_one() {
    #[bounded(1, key = key, max_keys = 100)]
    async fn by_key(key: u32, hold: Duration) -> u32 {
        if !hold.is_zero() {
            sleep(hold).await;
        }
        key
    }

    let busy = tokio::spawn(by_key(0, secs(3_600)));
    yield_now().await;
    for key in 1..=100_000 {
        assert_eq!(by_key(key, Duration::ZERO).await, key);
    }
    // A key that had been evicted would come back with a permit of its own.
    let mut second = Box::pin(by_key(0, Duration::ZERO));
    assert!(futures::poll!(&mut second).is_pending(), "the busy key has kept its permit");
    assert_eq!(busy.await.expect("no panic"), 0);
    assert_eq!(second.await, 0);
}

/// What an attribute keeps cannot be looked into, so the same with the value it is made of.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_thousand_keys_are_never_kept_all_at_once() {
    let bulkhead = Arc::new(KeyedBulkhead::new(1).max_keys(1_000));
    let busy = bulkhead.acquire(&0_u64).await;
    let mut callers = JoinSet::new();
    for thread in 0..4_u64 {
        let bulkhead = Arc::clone(&bulkhead);
        callers.spawn(async move {
            for key in (1..=25_000).map(|key| key * 4 + thread) {
                let _permit = bulkhead.acquire(&key).await;
                if key % 100 == 0 {
                    yield_now().await;
                }
                assert!(bulkhead.keys() <= 1_000);
            }
        });
    }
    join_all(callers).await;
    assert_eq!((bulkhead.keys(), bulkhead.busy_keys()), (1_000, 1));
    assert!(bulkhead.try_acquire(&0_u64).is_none(), "the busy key has kept its permit");
    drop(busy);
    assert!(bulkhead.try_acquire(&0_u64).is_some());
}

/// All of them at once, most of them with a key that finds no room.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_callers_with_more_keys_than_there_is_room_for_are_all_served() {
    #[bounded(2, key = key, max_keys = 10)]
    async fn by_key(key: usize, inside: &[AtomicUsize]) {
        assert!(inside[key].fetch_add(1, Ordering::SeqCst) < 2, "two per key");
        yield_now().await;
        inside[key].fetch_sub(1, Ordering::SeqCst);
    }

    let inside: Arc<Vec<AtomicUsize>> = Arc::new((0..97).map(|_| AtomicUsize::new(0)).collect());
    let served = Arc::new(AtomicUsize::new(0));
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        let (inside, served) = (Arc::clone(&inside), Arc::clone(&served));
        callers.spawn(async move {
            by_key(caller * 31 % 97, &inside).await;
            served.fetch_add(1, Ordering::SeqCst);
        });
    }
    join_all(callers).await;
    assert_eq!(served.load(Ordering::SeqCst), CALLERS);
}
