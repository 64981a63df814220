//! `#[must_join]` on functions: every path out of them waits for their tasks.

use std::future::pending;
use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::Mutex;

use futures::FutureExt;
use steadfast::{PolicyError, PolicyErrorKind, Scope, must_join, retry, scope};
use steadfast_tests::{Alive, Guard, secs, timed};
use tokio::time::{sleep, timeout};

use super::SECOND;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Value,
    Return,
    QuestionMark,
    Panic,
}

async fn second(guard: Guard) -> io::Result<()> {
    sleep(SECOND).await;
    drop(guard);
    Ok(())
}

#[must_join]
async fn leaves(way: Way, alive: &Alive) -> io::Result<u32> {
    tokio::spawn(second(alive.guard()));
    let kept = tokio::task::spawn(second(alive.guard()));
    match way {
        Way::Value => {}
        Way::Return => return Ok(1),
        Way::QuestionMark => Err(io::Error::other("by question mark"))?,
        Way::Panic => panic!("by panic"),
    }
    kept.await??;
    Ok(2)
}

#[tokio::test(start_paused = true)]
async fn every_way_out_waits_for_the_tasks() {
    let alive = Alive::default();
    // An error and a panic end them before they have come to their own end.
    for (way, expected) in
        [(Way::Value, secs(1)), (Way::Return, secs(1)), (Way::QuestionMark, secs(0)), (Way::Panic, secs(0))]
    {
        let (outcome, took) = timed(AssertUnwindSafe(leaves(way, &alive)).catch_unwind()).await;
        assert_eq!((alive.count(), took), (0, expected), "{way:?}");
        assert_eq!(outcome.is_err(), way == Way::Panic);
        assert!(outcome.is_err() || outcome.is_ok_and(|value| value.is_err() == (way == Way::QuestionMark)));
    }
}

#[must_join]
async fn never_ends(guard: Guard) {
    tokio::spawn(async move {
        let _guard = guard;
        pending::<()>().await;
    });
    pending::<()>().await;
}

#[tokio::test(start_paused = true)]
async fn the_scope_around_waits_for_a_call_that_is_dropped() {
    let alive = Alive::default();
    let work = scope(async |_: Scope<io::Error>| {
        assert!(timeout(SECOND, never_ends(alive.guard())).await.is_err());
        Ok(())
    });
    work.await.unwrap();
    assert_eq!(alive.count(), 0);
}

#[must_join]
async fn one_fails(alive: &Alive) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    tokio::spawn(async {
        sleep(SECOND).await;
        Err::<(), _>(io::Error::other("nobody awaited me"))
    });
    let guard = alive.guard();
    tokio::spawn(async move {
        let _guard = guard;
        pending::<()>().await;
    });
    pending().await
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_discarded_task_is_the_functions() {
    let alive = Alive::default();
    let (outcome, took) = timed(one_fails(&alive)).await;
    assert_eq!(outcome.unwrap_err().to_string(), "nobody awaited me");
    assert_eq!((took, alive.count()), (SECOND, 0));
}

/// Nothing says of what type a task is that never returns.
#[must_join]
async fn beside_endless_tasks(alive: &Alive) -> io::Result<()> {
    let guard = alive.guard();
    tokio::spawn(async move {
        let _guard = guard;
        loop {
            sleep(SECOND).await;
        }
    });
    if alive.count() > 1 {
        tokio::spawn(async { panic!("never spawned") });
    }
    sleep(SECOND).await;
    Err(io::Error::other("the end"))
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_body_ends_what_would_never_end() {
    let alive = Alive::default();
    let (outcome, took) = timed(beside_endless_tasks(&alive)).await;
    assert_eq!(outcome.unwrap_err().to_string(), "the end");
    assert_eq!((took, alive.count()), (SECOND, 0));
}

#[must_join]
async fn one_panics() -> io::Result<()> {
    let panics: fn() = || panic!("nobody awaited me");
    tokio::spawn(async move { panics() });
    pending().await
}

#[tokio::test(start_paused = true)]
async fn the_panic_of_a_discarded_task_is_the_functions() {
    let panic = AssertUnwindSafe(one_panics()).catch_unwind().await.unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"nobody awaited me"));
}

#[retry(on = any, attempts = 3, backoff = constant(1s), jitter = none)]
#[must_join]
async fn attempt(alive: &Alive, seen: &Mutex<Vec<usize>>) -> io::Result<()> {
    seen.lock().unwrap().push(alive.count());
    tokio::spawn(second(alive.guard()));
    Err(io::Error::other("again"))
}

#[tokio::test(start_paused = true)]
async fn the_tasks_of_an_attempt_end_before_the_next_one() {
    let (alive, seen) = (Alive::default(), Mutex::default());
    let (outcome, took) = timed(attempt(&alive, &seen)).await;
    outcome.unwrap_err();
    assert_eq!(took, 2 * SECOND, "three attempts, whose errors end their tasks, and two pauses");
    assert_eq!(*seen.lock().unwrap(), [0, 0, 0]);
    assert_eq!((alive.count(), alive.most()), (0, 1));
}

#[must_join(limit = 2, timeout = 10s)]
async fn limited(alive: &Alive, tasks: u64) -> Result<(), PolicyError> {
    for _ in 0..tasks {
        let alive = alive.clone();
        tokio::spawn(async move {
            let _guard = alive.guard();
            sleep(SECOND).await;
        });
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_limit_and_a_timeout_hold_for_all_tasks_together() {
    let alive = Alive::default();
    let (outcome, took) = timed(limited(&alive, 6)).await;
    outcome.unwrap();
    assert_eq!((took, alive.most()), (secs(3), 2));
    let (outcome, took) = timed(limited(&alive, 100)).await;
    assert_eq!(outcome.unwrap_err().kind(), PolicyErrorKind::TimedOut);
    assert_eq!((took, alive.count()), (secs(10), 0));
}

#[must_join(scope = tasks)]
fn starts(tasks: &Scope<io::Error>, guard: Guard) {
    tasks.spawn(second(guard));
}

#[tokio::test(start_paused = true)]
async fn a_helper_spawns_into_the_scope_of_its_caller() {
    let alive = Alive::default();
    let work = scope(async |tasks: Scope<io::Error>| {
        starts(&tasks, alive.guard());
        assert_eq!(alive.count(), 1, "the helper does not wait");
        Ok(())
    });
    let (outcome, took) = timed(work).await;
    outcome.unwrap();
    assert_eq!((took, alive.count()), (SECOND, 0));
}
