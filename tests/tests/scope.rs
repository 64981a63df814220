//! Scopes: whatever happens, every child has ended, with its destructors, before the scope is ready, and nothing that went
//! wrong is lost.

use std::time::Duration;

use futures::FutureExt;
use steadfast::{GroupError, Scope, scope};
use steadfast_tests::{Alive, Guard, ms, secs, timed};
use tokio::time::sleep;

#[path = "scope/blocking.rs"]
mod blocking;
#[path = "scope/body.rs"]
mod body;
#[path = "scope/bounded.rs"]
mod bounded;
#[path = "scope/cancel.rs"]
mod cancel;
#[path = "scope/collect.rs"]
mod collect;
#[path = "scope/deadline.rs"]
mod deadline;
#[path = "scope/destructors.rs"]
mod destructors;
#[path = "scope/detach.rs"]
mod detach;
#[path = "scope/dropped.rs"]
mod dropped;
#[path = "scope/errors.rs"]
mod errors;
#[path = "scope/fail_fast.rs"]
mod fail_fast;
#[path = "scope/handles.rs"]
mod handles;
#[path = "scope/inherited.rs"]
mod inherited;
#[path = "scope/nested.rs"]
mod nested;
#[path = "scope/panics.rs"]
mod panics;
#[path = "scope/parallel.rs"]
mod parallel;
#[path = "scope/registry.rs"]
mod registry;
#[path = "scope/spawning.rs"]
mod spawning;

const SECOND: Duration = secs(1);

type Outcome<T> = Result<T, GroupError<&'static str>>;

/// A child that is alive for a second.
async fn second(guard: Guard) -> Result<(), &'static str> {
    sleep(SECOND).await;
    drop(guard);
    Ok(())
}

/// A child that never ends by itself.
async fn forever(guard: Guard) -> Result<(), &'static str> {
    let _guard = guard;
    std::future::pending().await
}

/// The errors in order.
fn errors(error: GroupError<&'static str>) -> Vec<&'static str> {
    error.into_iter().filter_map(steadfast::TaskFailure::into_error).collect()
}

#[tokio::test(start_paused = true)]
async fn it_gives_the_bodys_value_when_all_children_have_ended() {
    let alive = Alive::default();
    let work = scope(async |s| {
        s.spawn(second(alive.guard()));
        let two = s.spawn(async { Ok::<_, &str>(2) });
        Ok(two.await.unwrap()? + 1)
    });
    let (value, took) = timed(work).await;
    assert_eq!((value.unwrap(), took, alive.count()), (3, SECOND, 0));
}

#[tokio::test]
async fn a_scope_without_children_is_its_body() {
    let value: Outcome<i32> = scope(async |_| Ok(1)).await;
    assert_eq!(value.unwrap(), 1);
}

#[tokio::test]
async fn the_body_may_borrow_and_need_not_be_send() {
    let local = std::rc::Rc::new(1);
    let mut sum = 0;
    let outcome: Outcome<()> = scope(async |s| {
        sum += *local + s.spawn(async { Ok(1) }).await.unwrap()?;
        Ok(())
    })
    .await;
    outcome.unwrap();
    assert_eq!(sum, 2);
}

#[test]
fn the_future_is_send_if_the_body_is() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    drop(is_send(scope(|s: Scope<()>| async move {
        s.spawn(async { Ok(()) });
        sleep(SECOND).await;
        Ok(())
    })));
    drop(is_send(Scope::options().limit(2).run(|s: steadfast::BoundedScope<()>| async move {
        s.spawn(async { Ok(()) }).await;
        Ok(())
    })));
}

#[tokio::test(start_paused = true)]
async fn a_closure_that_gives_an_async_block_is_a_body_too() {
    let value = scope(|s: Scope<std::io::Error>| async move {
        let child = s.spawn(async { Ok(7) });
        child.await?
    });
    assert_eq!(value.await.unwrap(), 7);
    sleep(ms(1)).await;
}

#[test]
#[should_panic(expected = "a scope needs a tokio runtime")]
fn without_a_runtime_it_says_so() {
    let _ = scope(async |_: Scope<()>| Ok(())).now_or_never();
}
