//! `join_scope`: children that borrow, within one task.

use std::cell::Cell;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::FutureExt;
use steadfast::scope::{CancelSource, GroupErrorKind};
use steadfast::{GroupError, JoinScope, join_scope};
use steadfast_tests::{drop_at_every_await, secs, timed};
use tokio::task::yield_now;
use tokio::time::sleep;

const SECOND: Duration = secs(1);

struct Guard<'a>(&'a AtomicUsize);

impl<'a> Guard<'a> {
    fn new(alive: &'a AtomicUsize) -> Self {
        alive.fetch_add(1, Ordering::SeqCst);
        Self(alive)
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tokio::test(start_paused = true)]
async fn children_borrow_and_run_at_the_same_time() {
    let text = String::from("a bb ccc");
    let longest = AtomicUsize::new(0);
    let work = join_scope(async |s| {
        for word in text.split(' ') {
            let longest = &longest;
            s.spawn(async move {
                sleep(SECOND).await;
                longest.fetch_max(word.len(), Ordering::SeqCst);
                Ok(())
            });
        }
        let four = s.spawn(async { Ok::<_, &str>(4) }).await;
        Ok(four)
    });
    let (value, took) = timed(work).await;
    assert_eq!((value.unwrap(), took, longest.into_inner()), (4, SECOND, 3));
}

#[tokio::test(start_paused = true)]
async fn children_spawn_children_and_wait_for_each_other() {
    let sum = AtomicUsize::new(0);
    let outcome: Result<(), GroupError<&str>> = join_scope(async |s: JoinScope<'_, &str>| {
        let (own, sum) = (s.clone(), &sum);
        s.spawn(async move {
            let inner = own.spawn(async {
                sleep(SECOND).await;
                Ok(2)
            });
            own.spawn(async {
                sum.fetch_add(1, Ordering::SeqCst);
                Ok(())
            });
            sum.fetch_add(inner.await, Ordering::SeqCst);
            Ok(())
        });
        Ok(())
    })
    .await;
    outcome.unwrap();
    assert_eq!(sum.into_inner(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_first_error_drops_the_others_and_the_body() {
    let alive = AtomicUsize::new(0);
    let (outcome, took) = timed(join_scope(async |s| {
        let alive = &alive;
        s.spawn(async move {
            let _guard = Guard::new(alive);
            sleep(60 * SECOND).await;
            Ok(())
        });
        s.spawn(async {
            sleep(SECOND).await;
            Err::<(), _>("bad")
        });
        let _guard = Guard::new(alive);
        std::future::pending::<Result<(), _>>().await
    }))
    .await;
    let error = outcome.unwrap_err();
    assert_eq!((error.first(), error.kind(), took), (Some(&"bad"), GroupErrorKind::Failed, SECOND));
    assert_eq!(error.failures()[0].index(), Some(1));
    assert!(error.failures()[0].location().unwrap().file().ends_with("join_scope.rs"));
    assert_eq!(error.reason().unwrap().source(), CancelSource::Error);
    assert_eq!(alive.into_inner(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_bodys_error_and_a_cancel_do_so_too() {
    async fn forever(guard: Guard<'_>) -> Result<(), &'static str> {
        let _guard = guard;
        std::future::pending().await
    }
    let alive = AtomicUsize::new(0);
    let outcome = join_scope(async |s| {
        s.spawn(forever(Guard::new(&alive)));
        yield_now().await;
        Err::<(), _>("body")
    });
    let error = outcome.await.unwrap_err();
    assert!(error.failures()[0].is_body());
    let outcome = join_scope(async |s| {
        s.spawn(forever(Guard::new(&alive)));
        s.cancel("enough");
        std::future::pending::<Result<(), _>>().await
    });
    assert_eq!(outcome.await.unwrap_err().to_string(), "the scope was cancelled: enough");
    let outcome = join_scope(async |s| {
        s.spawn(forever(Guard::new(&alive)));
        s.cancel("done");
        Ok(5)
    });
    assert_eq!(outcome.await.unwrap(), 5);
    assert_eq!(alive.into_inner(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_body_is_gone_before_the_children_are_waited_for() {
    let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
    let work = join_scope(async move |s: JoinScope<'_, &str>| {
        s.spawn(async move {
            while let Some(()) = receiver.recv().await {}
            Ok(())
        });
        sender.send(()).await.unwrap();
        Ok(())
    });
    tokio::time::timeout(SECOND, work).await.expect("the sender is gone").unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_panic_goes_on_when_all_others_are_gone() {
    let alive = AtomicUsize::new(0);
    for in_body in [true, false] {
        let work = join_scope(async |s: JoinScope<'_, &str>| {
            let alive = &alive;
            s.spawn(async move {
                let _guard = Guard::new(alive);
                std::future::pending::<Result<(), _>>().await
            });
            s.spawn(async move {
                yield_now().await;
                if in_body { Ok(()) } else { panic!("child") }
            });
            yield_now().await;
            yield_now().await;
            if in_body { panic!("body") } else { std::future::pending::<Result<(), _>>().await }
        });
        let payload = AssertUnwindSafe(work).catch_unwind().await.map(drop).unwrap_err();
        assert_eq!(payload.downcast_ref::<&str>(), Some(&if in_body { "body" } else { "child" }));
        assert_eq!(alive.load(Ordering::SeqCst), 0);
    }
}

#[test]
fn dropped_anywhere_nothing_is_left() {
    let alive = AtomicUsize::new(0);
    let make = || {
        join_scope(async |s: JoinScope<'_, &str>| {
            let children: Vec<_> = (1..=3)
                .map(|n| {
                    let guard = Guard::new(&alive);
                    s.spawn(async move {
                        let _guard = guard;
                        sleep(SECOND * n).await;
                        Ok(n)
                    })
                })
                .collect();
            let mut sum = 0;
            for child in children {
                sum += child.await;
            }
            Ok(sum)
        })
    };
    let polls = drop_at_every_await(make, |polls, output| {
        assert_eq!(alive.load(Ordering::SeqCst), 0, "after {polls} polls");
        assert!(output.is_none_or(|sum| sum.unwrap() == 6));
    });
    assert!(polls >= 3, "{polls}");
}

#[tokio::test(start_paused = true)]
async fn only_who_was_woken_is_polled() {
    let polls = AtomicUsize::new(0);
    let outcome: Result<(), GroupError<&str>> = join_scope(async |s| {
        let polls = &polls;
        s.spawn(async move {
            let mut wait = std::pin::pin!(sleep(100 * SECOND));
            std::future::poll_fn(|cx| {
                polls.fetch_add(1, Ordering::SeqCst);
                wait.as_mut().poll(cx)
            })
            .await;
            Ok(())
        });
        for _ in 0..50 {
            sleep(SECOND).await;
        }
        Ok(())
    })
    .await;
    outcome.unwrap();
    assert_eq!(polls.into_inner(), 2);
}

#[tokio::test]
async fn the_body_need_not_be_send_and_the_future_is_send_if_it_is() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let local = Cell::new(0);
    let outcome: Result<(), GroupError<()>> = join_scope(async |s| {
        local.set(s.spawn(async { Ok(1) }).await);
        Ok(())
    })
    .await;
    outcome.unwrap();
    assert_eq!(local.get(), 1);
    let work = join_scope(|s: JoinScope<'_, ()>| async move { Ok(s.spawn(async { Ok(2) }).await) });
    assert_eq!(tokio::spawn(is_send(work)).await.unwrap().unwrap(), 2);
}

#[tokio::test]
async fn children_that_wake_each_other_let_others_run() {
    let done = AtomicUsize::new(0);
    let others = async {
        for _ in 0..10 {
            yield_now().await;
        }
        done.store(1, Ordering::SeqCst);
    };
    let busy = join_scope(async |s: JoinScope<'_, ()>| {
        for _ in 0..2 {
            s.spawn(async {
                while done.load(Ordering::SeqCst) == 0 {
                    yield_now().await;
                }
                Ok(())
            });
        }
        Ok(())
    });
    let (outcome, ()) = tokio::join!(busy, others);
    outcome.unwrap();
}
