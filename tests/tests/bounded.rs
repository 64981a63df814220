//! `#[bounded]`: at most so many at once, first come first served.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use steadfast::{Bulkhead, Executed, PolicyError, PolicyErrorKind, bounded, timeout};
use steadfast_tests::{Attempts, ms, record, secs, timed};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Instant, sleep};

#[path = "bounded/by.rs"]
mod by;
#[path = "bounded/limits.rs"]
mod limits;
#[path = "bounded/refusals.rs"]
mod refusals;

/// Counts who is inside, and the most that ever were.
#[derive(Debug, Default)]
struct Room {
    inside: AtomicUsize,
    most: AtomicUsize,
}

impl Room {
    /// Enters, stays for a second and leaves, also when it is dropped.
    async fn stay(&self) {
        struct Leaves<'a>(&'a Room);
        impl Drop for Leaves<'_> {
            fn drop(&mut self) {
                self.0.inside.fetch_sub(1, Ordering::SeqCst);
            }
        }
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(inside, Ordering::SeqCst);
        let _leaves = Leaves(self);
        sleep(secs(1)).await;
    }

    fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

/// The most of `callers` that were inside at once, and how long it took them all.
async fn crowd<F>(callers: usize, call: impl Fn(Arc<Room>) -> F) -> (usize, Duration)
where
    F: Future<Output: Send> + Send + 'static,
{
    let room = Arc::new(Room::default());
    let started = Instant::now();
    let mut crowd = JoinSet::new();
    for _ in 0..callers {
        crowd.spawn(call(Arc::clone(&room)));
    }
    while let Some(joined) = crowd.join_next().await {
        assert!(joined.is_ok(), "a caller panicked");
    }
    (room.most(), started.elapsed())
}

#[tokio::test(start_paused = true)]
async fn at_most_so_many_are_inside_and_the_others_wait() {
    #[bounded(3)]
    async fn three(room: Arc<Room>) {
        room.stay().await;
    }

    assert_eq!(crowd(10, three).await, (3, secs(4)));
}

#[tokio::test(start_paused = true)]
async fn any_return_type_will_do() {
    #[bounded(1)]
    async fn nothing() {}

    #[bounded(1)]
    async fn number(number: u32) -> u32 {
        number
    }

    #[bounded(1)]
    async fn borrowed(text: &str) -> &str {
        text
    }

    #[bounded(1)]
    async fn maybe(some: bool) -> Option<u32> {
        some.then_some(1)
    }

    nothing().await;
    assert_eq!((number(7).await, borrowed("a").await, maybe(true).await), (7, "a", Some(1)));
}

#[tokio::test(start_paused = true)]
async fn first_come_first_served() {
    #[bounded(1)]
    async fn in_turn(caller: usize, order: &std::sync::Mutex<Vec<usize>>) {
        order.lock().expect("no panic").push(caller);
        sleep(ms(1)).await;
    }

    let order = std::sync::Mutex::default();
    let mut callers: Vec<_> = (0..20).map(|caller| Box::pin(in_turn(caller, &order))).collect();
    // The order of the first polls counts, and not that of the calls.
    callers.reverse();
    futures::future::join_all(callers).await;
    let expected: Vec<_> = (0..20).rev().collect();
    assert_eq!(order.into_inner().expect("no panic"), expected);
}

#[tokio::test(start_paused = true)]
async fn each_function_has_its_own_limit_and_all_instances_share_it() {
    struct Client;

    impl Client {
        #[bounded(1)]
        async fn first(&self, room: Arc<Room>) {
            room.stay().await;
        }

        #[bounded(1)]
        async fn second(&self, room: Arc<Room>) {
            room.stay().await;
        }
    }

    assert_eq!(crowd(4, |room| async move { Client.first(room).await }).await, (1, secs(4)));
    let both =
        |room: Arc<Room>| async move { futures::join!(Client.first(Arc::clone(&room)), Client.second(room)) };
    assert_eq!(crowd(1, both).await, (2, secs(1)));
}

#[tokio::test(start_paused = true)]
async fn a_panic_gives_the_permit_back() {
    #[bounded(1)]
    async fn panics(really: bool) {
        yield_now().await;
        assert!(!really, "of its own");
    }

    tokio::spawn(panics(true)).await.unwrap_err();
    tokio::time::timeout(secs(1), panics(false)).await.expect("there is a permit");
}

#[tokio::test(start_paused = true)]
async fn an_early_return_gives_the_permit_back() {
    #[bounded(1)]
    async fn leaves(early: bool) -> Result<u32, u32> {
        if early {
            return Err(1);
        }
        let value = Err(2).or(Ok::<u32, u32>(3))?;
        Ok(value)
    }

    for early in [true, false, true] {
        let call = tokio::time::timeout(secs(1), leaves(early));
        assert_eq!(call.await.expect("there is a permit").is_err(), early);
    }
}

#[tokio::test(start_paused = true)]
async fn a_queued_call_that_is_dropped_never_starts_its_body() {
    #[bounded(1)]
    async fn begins(attempts: &Attempts) {
        attempts.begin();
        sleep(secs(1)).await;
    }

    let attempts = Attempts::new();
    let mut first = Box::pin(begins(&attempts));
    let mut second = Box::pin(begins(&attempts));
    let mut third = Box::pin(begins(&attempts));
    for call in [&mut first, &mut second, &mut third] {
        assert!(futures::poll!(call).is_pending());
    }
    drop(second);
    futures::join!(first, third);
    assert_eq!(attempts.at(), [secs(0), secs(1)], "two bodies, and the third had no gap before it");
}

#[tokio::test(start_paused = true)]
async fn a_queued_call_that_times_out_never_starts_its_body() {
    #[timeout(500ms)]
    #[bounded(1)]
    async fn begins(attempts: &Attempts, hold: Duration) -> Result<(), PolicyError> {
        attempts.begin();
        sleep(hold).await;
        Ok(())
    }

    let attempts = Attempts::new();
    let (held, queued) = futures::join!(begins(&attempts, secs(60)), begins(&attempts, ms(1)));
    assert_eq!(held.unwrap_err().kind(), PolicyErrorKind::TimedOut);
    assert_eq!(queued.unwrap_err().kind(), PolicyErrorKind::TimedOut);
    assert_eq!(attempts.count(), 1);
    begins(&attempts, ms(1)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_events_tell_how_long_it_waited() {
    #[bounded(1)]
    async fn recorded() {
        sleep(secs(2)).await;
    }

    let events = record!(recorded);
    futures::join!(recorded(), recorded());
    assert_eq!(
        events.take(),
        [
            "started",
            "admitted after 0ns",
            "started",
            "finished Ended in 2s",
            "admitted after 2s",
            "finished Ended in 4s"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn every_refusal_is_safe_to_repeat() {
    #[bounded(1, reject)]
    async fn refuses() -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        Ok(())
    }

    let (first, second) = futures::join!(refuses(), refuses());
    first.unwrap();
    let error = second.unwrap_err();
    assert_eq!(error.kind(), PolicyErrorKind::Full);
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(error.retry_after(), None);
    assert_eq!(error.function(), "bounded::refuses");
    let (outcome, took) = timed(refuses()).await;
    outcome.unwrap();
    assert_eq!(took, secs(1));
}
