//! Scopes with all of their options, the handles of their children, and scopes in one task.

use std::future::pending;
use std::time::Duration;

use steadfast::scope::Panics;
use steadfast::{BoundedScope, JoinScope, TaskFailure, join_scope};
use tokio_util::sync::CancellationToken;

use super::*;

type Outcome = Result<u64, &'static str>;

/// Children of which one fails, one waits for the permit, and one has a scope in it.
async fn body(s: Scope<&'static str>, world: &World) -> Outcome {
    let inner = world.clone();
    s.spawn(world.limited(2));
    let handle = s.spawn(world.limited(1));
    s.spawn(async move {
        let nested = scope(async |inside| {
            inside.spawn(inner.child(1));
            inside.spawn(inner.limited(1)).await.map_err(|_| "cancelled")?
        });
        nested.await.map_err(|_| "nested")
    });
    let sum = handle.await.map_err(|_| "cancelled")??;
    sleep(secs(1)).await;
    Ok(sum)
}

#[test]
fn a_scope() {
    let polls = everywhere(|world| async move { scope(async |s| body(s, &world).await).await });
    assert!(polls >= 4, "{polls}");
}

#[test]
fn a_scope_that_fails() {
    let polls = everywhere(|world| async move {
        scope(async |s| {
            s.spawn(world.failing(2));
            s.spawn(world.limited(9));
            body(s, &world).await
        })
        .await
    });
    assert!(polls >= 3, "{polls}");
}

#[test]
fn a_scope_that_collects() {
    let polls = everywhere(|world| async move {
        let options = Scope::options().collect().panics(Panics::Collect).name("collects");
        options
            .run(async |s: Scope<&str>| {
                s.spawn(world.failing(1));
                let panics = world.child(1);
                s.spawn(async move {
                    let seconds = panics.await?;
                    if seconds == 1 { std::panic::resume_unwind(Box::new("a child")) } else { Ok(seconds) }
                });
                let seen = s.spawn(world.failing(2)).await;
                assert_eq!(seen.expect("not cancelled"), Err("failed"));
                body(s, &world).await
            })
            .await
    });
    assert!(polls >= 4, "{polls}");
}

#[test]
fn a_scope_that_supervises() {
    let polls = everywhere(|world| async move {
        let handled = world.alive.clone();
        let options = Scope::options().supervise(move |failure: TaskFailure<&str>| {
            let _handled = handled.guard();
            assert_eq!(failure.error(), Some(&"failed"));
        });
        options
            .run(async |s| {
                s.spawn(world.failing(1));
                body(s, &world).await
            })
            .await
    });
    assert!(polls >= 4, "{polls}");
}

#[test]
fn a_scope_with_a_limit() {
    let polls = everywhere(|world| async move {
        let options = Scope::options().limit(2);
        options
            .run(async |s: BoundedScope<&str>| {
                for seconds in 1..=5 {
                    s.spawn(world.child(seconds)).await;
                }
                assert!(s.try_spawn(world.child(1)).is_err());
                s.spawn_named("last", world.limited(1)).await.await.map_err(|_| "cancelled")?
            })
            .await
    });
    assert!(polls >= 5, "{polls}");
}

#[test]
fn a_scope_with_a_deadline_and_grace() {
    let polls = everywhere(|world| async move {
        let options = Scope::options().deadline(secs(3)).grace(secs(2));
        options
            .run(async |s: Scope<&str>| {
                let (own, guard) = (s.clone(), world.alive.guard());
                s.spawn(async move {
                    let _guard = guard;
                    own.cancelled().await;
                    sleep(secs(1)).await;
                    Ok(())
                });
                s.spawn(world.child(100));
                body(s, &world).await?;
                pending::<Outcome>().await
            })
            .await
    });
    assert!(polls >= 5, "{polls}");
}

#[test]
fn a_scope_that_is_cancelled() {
    let polls = everywhere(|world| async move {
        scope(async |s: Scope<&str>| {
            s.spawn(world.limited(9));
            s.spawn(world.limited(9));
            sleep(secs(1)).await;
            s.cancel("enough");
            pending::<Outcome>().await
        })
        .await
    });
    assert!(polls >= 2, "{polls}");
}

#[test]
fn waiting_for_a_cancel() {
    let polls = everywhere(|world| async move {
        let token = CancellationToken::new();
        scope(async |s: Scope<&str>| {
            let (own, stop, guard) = (s.clone(), token.clone(), world.alive.guard());
            s.spawn(async move {
                let _guard = guard;
                tokio::join!(own.cancelled(), async {
                    sleep(secs(1)).await;
                    stop.cancel();
                });
                Ok(())
            });
            token.cancelled().await;
            sleep(secs(1)).await;
            s.cancel("enough");
            Ok(1)
        })
        .await
    });
    assert!(polls >= 3, "{polls}");
}

#[test]
fn the_handle_of_a_child() {
    let polls = everywhere(|world| async move {
        scope(async |s: Scope<&str>| {
            let mut handle = s.spawn(world.limited(3));
            for _ in 0..2 {
                // A wait that is dropped loses nothing.
                assert!(tokio::time::timeout(secs(1), &mut handle).await.is_err());
            }
            let aborted = s.spawn(world.limited(3));
            aborted.abort();
            assert!(aborted.await.is_err_and(|error| error.is_cancelled()));
            handle.await.map_err(|_| "cancelled")?
        })
        .await
    });
    assert!(polls >= 4, "{polls}");
}

/// Dropped by the deadline around it, which gives way by a millisecond to the one outside.
#[test]
fn a_scope_in_a_scope_in_a_scope() {
    let polls = everywhere(|world| async move {
        scope(async |outer: Scope<&str>| {
            outer.spawn(world.child(1));
            let middle = scope(async |middle: Scope<&str>| {
                middle.spawn(world.limited(2));
                let inner = Scope::options().deadline(Duration::from_millis(2_500));
                let inner = inner.run(async |s| body(s, &world).await);
                inner.await.map_err(|_| "inner")
            });
            tokio::select! {
                outcome = middle => outcome.map_err(|_| "middle"),
                () = sleep(secs(2)) => Err("given up"),
            }
        })
        .await
    });
    assert!(polls >= 3, "{polls}");
}

#[test]
fn a_scope_in_one_task() {
    let polls = everywhere(|world| async move {
        let world = &world;
        join_scope(async |s: JoinScope<'_, &str>| {
            let one = s.spawn(world.limited(1));
            s.spawn(world.limited(2));
            s.spawn(
                async move { scope(async |inside| body(inside, world).await).await.map_err(|_| "nested") },
            );
            Ok(one.await)
        })
        .await
    });
    assert!(polls >= 4, "{polls}");
}
