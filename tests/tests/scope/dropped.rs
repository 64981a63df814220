//! S7: a scope that is dropped aborts its children at once, and the nearest living ancestor waits for them.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use steadfast::{Scope, orphans, scope};
use steadfast_tests::{drop_at_every_await, poll_at_most};
use tokio::task::yield_now;
use tokio::time::{sleep, timeout};

use crate::{Alive, Guard, Outcome, SECOND, forever, second};

#[test]
fn dropped_at_any_await_nothing_is_left() {
    let alive = Alive::default();
    let token = std::cell::RefCell::new(None);
    let polls = drop_at_every_await(
        || {
            scope(async |s: Scope<&str>| {
                token.replace(Some(s.token()));
                s.spawn(second(alive.guard()));
                let two = s.spawn(second(alive.guard()));
                two.await.unwrap()?;
                sleep(SECOND).await;
                Ok(())
            })
        },
        |polls, output| {
            let cancelled = token.take().map(|token| token.is_cancelled());
            assert_eq!(cancelled, (polls > 0).then_some(output.is_none()), "after {polls} polls");
        },
    );
    assert!(polls >= 3, "{polls}");
    // Each run's runtime is gone, and its tasks with it.
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_children_of_a_dropped_scope_end_without_anybody_polling_it() {
    let alive = Alive::default();
    for polls in 1..6 {
        let work = scope(async |s: Scope<&str>| {
            for _ in 0..3 {
                s.spawn(forever(alive.guard()));
            }
            sleep(SECOND).await;
            sleep(SECOND).await;
            pending::<Result<(), _>>().await
        });
        assert!(poll_at_most(polls.min(3), work).await.is_none());
        yield_now().await;
        assert_eq!(alive.count(), 0, "after {polls} polls");
    }
}

/// Takes real time to be dropped, on whichever thread drops it.
struct Slow(#[expect(dead_code, reason = "dropped after the wait")] Guard);

impl Drop for Slow {
    fn drop(&mut self) {
        thread::sleep(Duration::from_millis(30));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn the_scope_around_a_dropped_one_waits_for_its_destructors() {
    let alive = Alive::default();
    let guards: Vec<_> = (0..2).map(|_| Slow(alive.guard())).collect();
    let begun = Arc::new(AtomicUsize::new(0));
    let outcome: Outcome<()> = scope(async |_| {
        let inner = scope(async |s: Scope<&str>| {
            for slow in guards {
                let begun = Arc::clone(&begun);
                s.spawn(async move {
                    let _slow = slow;
                    begun.fetch_add(1, Ordering::SeqCst);
                    pending::<Result<(), _>>().await
                });
            }
            while begun.load(Ordering::SeqCst) < 2 {
                yield_now().await;
            }
            Err::<(), _>("unused")
        });
        // Dropped after it has spawned: the error has not come to us yet.
        tokio::select! {
            biased;
            () = async { while begun.load(Ordering::SeqCst) < 2 { yield_now().await } } => {}
            _ = inner => {}
        }
        Ok(())
    })
    .await;
    outcome.unwrap();
    assert_eq!(alive.count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn an_ancestor_further_up_waits_if_the_nearest_is_dropped_too() {
    for _ in 0..20 {
        let alive = Alive::default();
        let outcome: Outcome<()> = scope(async |_| {
            let slow = Slow(alive.guard());
            let (begun, ready) = tokio::sync::oneshot::channel();
            let middle = scope(async |middle: Scope<&str>| {
                middle.spawn(async move {
                    scope(async move |inner: Scope<&str>| {
                        inner.spawn(async move {
                            let _slow = slow;
                            let _ = begun.send(());
                            pending::<Result<(), _>>().await
                        });
                        pending::<Result<(), &str>>().await
                    })
                    .await
                    .map_err(|_| "inner")
                });
                pending::<Result<(), _>>().await
            });
            tokio::select! {
                _ = ready => {}
                _ = middle => unreachable!("it has no end"),
            }
            Ok(())
        })
        .await;
        outcome.unwrap();
        assert_eq!(alive.count(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_scope_in_an_aborted_child_is_joined_by_that_childs_scope() {
    let alive = Alive::default();
    let outcome: Outcome<()> = scope(async |s| {
        let guard = alive.guard();
        let child = s.spawn(async move {
            let inner: Outcome<()> = scope(async move |inner| {
                inner.spawn(forever(guard));
                pending().await
            })
            .await;
            inner.map_err(|_| "inner")
        });
        yield_now().await;
        yield_now().await;
        assert_eq!(alive.count(), 1);
        child.abort();
        Ok(())
    })
    .await;
    outcome.unwrap();
    assert_eq!(alive.count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_anything_around_it_they_are_counted_as_orphans() {
    let before = orphans();
    let alive = Alive::default();
    let work = scope(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        s.spawn_blocking(|| {
            thread::sleep(Duration::from_millis(20));
            Ok(())
        });
        pending::<Result<(), _>>().await
    });
    assert!(timeout(Duration::from_millis(5), work).await.is_err());
    // The blocking one cannot have ended; the other may have. Other tests add to it.
    assert!(orphans() > before);
    while alive.count() > 0 {
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_scope_that_was_never_polled_has_not_begun() {
    let work = scope(async |_: Scope<&str>| -> Result<(), &str> { panic!("it began") });
    drop(work);
    yield_now().await;
}

#[tokio::test(start_paused = true)]
async fn spawning_into_a_dropped_scope_is_refused_and_no_panic() {
    let stored = std::sync::Mutex::new(None);
    let work = scope(async |s: Scope<&str>| {
        *stored.lock().unwrap() = Some(s.clone());
        pending::<Result<(), _>>().await
    });
    assert!(timeout(SECOND, work).await.is_err());
    let stale = stored.lock().unwrap().take().unwrap();
    let child = stale.spawn(async { Ok(()) });
    assert!(child.await.unwrap_err().is_cancelled());
    assert_eq!(stale.cancel_reason().unwrap().source(), scope::CancelSource::Dropped);
}
