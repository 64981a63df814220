//! S8: a handle of a scope keeps nobody waiting. And what the handles of children do.

use std::future::pending;
use std::sync::Mutex;

use steadfast::{Scope, TaskHandle, scope};
use steadfast_tests::timed;
use tokio::time::{sleep, timeout};

use crate::{Alive, Outcome, SECOND, forever, second};

#[tokio::test(start_paused = true)]
async fn a_stored_handle_does_not_keep_the_scope_nor_its_parent_from_ending() {
    let stored: Mutex<Option<Scope<&str>>> = Mutex::new(None);
    let alive = Alive::default();
    let outer: Outcome<()> = timeout(
        10 * SECOND,
        scope(async |outer: Scope<&str>| {
            outer.spawn(second(alive.guard()));
            let inner: Outcome<()> = scope(async |inner| {
                *stored.lock().unwrap() = Some(inner.clone());
                inner.spawn(second(alive.guard()));
                Ok(())
            })
            .await;
            inner.unwrap();
            Ok(())
        }),
    )
    .await
    .expect("a clone of the handle keeps nobody waiting");
    outer.unwrap();
    assert_eq!(stored.lock().unwrap().as_ref().unwrap().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_stored_handle_of_a_scope_that_was_dropped_does_not_keep_the_parent() {
    let stored: Mutex<Option<Scope<&str>>> = Mutex::new(None);
    let alive = Alive::default();
    let outer: Outcome<()> = timeout(
        10 * SECOND,
        scope(async |_| {
            let inner = scope(async |inner: Scope<&str>| {
                *stored.lock().unwrap() = Some(inner.clone());
                inner.spawn(forever(alive.guard()));
                pending::<Result<(), &str>>().await
            });
            assert!(timeout(SECOND, inner).await.is_err());
            Ok(())
        }),
    )
    .await
    .expect("nobody waits for the handle");
    outer.unwrap();
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_handle_inside_of_a_child_of_the_same_scope_makes_no_circle() {
    let outcome: Outcome<()> = scope(async |s| {
        let own = s.clone();
        s.spawn(async move {
            sleep(SECOND).await;
            own.spawn(async { Ok(()) });
            Ok(())
        });
        Ok(())
    })
    .await;
    outcome.unwrap();
}

#[tokio::test(start_paused = true)]
async fn dropping_a_childs_handle_lets_it_go_on_and_be_waited_for() {
    let alive = Alive::default();
    let (outcome, took) = timed(scope(async |s| {
        drop(s.spawn(second(alive.guard())));
        Ok(())
    }))
    .await;
    let outcome: Outcome<()> = outcome;
    outcome.unwrap();
    assert_eq!((took, alive.count()), (SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn a_child_that_its_handle_cancels_is_no_failure() {
    let alive = Alive::default();
    let outcome: Outcome<bool> = scope(async |s| {
        let child = s.spawn(forever(alive.guard()));
        let by_another = s.spawn(forever(alive.guard()));
        tokio::task::yield_now().await;
        child.abort();
        by_another.abort_handle().abort();
        let error = child.await.unwrap_err();
        assert!(!s.is_cancelled());
        Ok(error.is_cancelled() && by_another.await.unwrap_err().is_cancelled())
    })
    .await;
    assert!(outcome.unwrap());
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_a_child_can_be_dropped_and_begun_again() {
    let outcome: Outcome<i32> = scope(async |s| {
        let mut child: TaskHandle<Result<i32, &str>> = s.spawn(async {
            sleep(2 * SECOND).await;
            Ok(5)
        });
        assert!(timeout(SECOND, &mut child).await.is_err());
        assert!(!child.is_finished());
        child.await.unwrap()
    })
    .await;
    assert_eq!(outcome.unwrap(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_value_that_nobody_takes_is_gone_before_the_scope_is_ready() {
    let alive = Alive::default();
    let outcome: Outcome<()> = scope(async |s| {
        let guard = alive.guard();
        drop(s.spawn(async move { Ok(guard) }));
        Ok(())
    })
    .await;
    outcome.unwrap();
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_value_outlives_the_scope_with_its_handle() {
    let outcome: Outcome<TaskHandle<Result<i32, &str>>> = scope(async |s| Ok(s.spawn(async { Ok(3) }))).await;
    assert_eq!(outcome.unwrap().await.unwrap(), Ok(3));
}

#[tokio::test(start_paused = true)]
async fn a_child_can_be_handed_to_tokio() {
    let alive = Alive::default();
    let (outcome, took) = timed(scope(async |s| {
        let child = s.spawn({
            let guard = alive.guard();
            async move {
                sleep(SECOND).await;
                drop(guard);
                Ok(4)
            }
        });
        Ok(child.into_tokio("somebody else waits"))
    }))
    .await;
    let outcome: Outcome<_> = outcome;
    assert_eq!((took, alive.count()), (std::time::Duration::ZERO, 1));
    assert_eq!(outcome.unwrap().await.unwrap(), Ok(4));
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn aborting_what_was_handed_to_tokio_aborts_the_child() {
    let alive = Alive::default();
    let outcome: Outcome<_> =
        scope(async |s| Ok(s.spawn(forever(alive.guard())).into_tokio("somebody else waits"))).await;
    let handle = outcome.unwrap();
    tokio::task::yield_now().await;
    handle.abort();
    assert!(handle.await.unwrap_err().is_cancelled());
    tokio::task::yield_now().await;
    assert_eq!(alive.count(), 0);
}
