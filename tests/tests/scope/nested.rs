//! Scopes in scopes, in children and in functions that know nothing of each other.

use steadfast::{Scope, scope};
use steadfast_tests::timed;
use tokio::time::sleep;

use crate::{Alive, Outcome, SECOND, errors, forever, second};

#[tokio::test(start_paused = true)]
async fn each_waits_for_its_own() {
    let alive = Alive::default();
    let (outcome, took) = timed(scope(async |outer| {
        let inner_guard = alive.guard();
        outer.spawn(async move {
            let inner: Outcome<()> = scope(async move |inner| {
                inner.spawn(second(inner_guard));
                sleep(SECOND / 2).await;
                Ok(())
            })
            .await;
            inner.map_err(|_| "inner")?;
            sleep(SECOND).await;
            Ok(())
        });
        Ok(())
    }))
    .await;
    let outcome: Outcome<()> = outcome;
    outcome.unwrap();
    assert_eq!((took, alive.count()), (2 * SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn a_failure_outside_ends_what_is_inside() {
    let alive = Alive::default();
    let outcome = scope(async |outer: Scope<&str>| {
        for _ in 0..3 {
            let guards = (alive.guard(), alive.guard());
            outer.spawn(async move {
                let inner: Outcome<()> = scope(async move |inner| {
                    inner.spawn(forever(guards.0));
                    inner.spawn(forever(guards.1));
                    std::future::pending().await
                })
                .await;
                inner.map_err(|_| "inner")
            });
        }
        sleep(SECOND).await;
        assert_eq!(alive.count(), 6);
        Err::<(), _>("outer")
    });
    assert_eq!(errors(outcome.await.unwrap_err()), ["outer"]);
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_failure_inside_is_a_failure_of_the_one_who_called() {
    let outcome = scope(async |outer: Scope<&str>| {
        outer.spawn(async {
            let inner: Outcome<()> = scope(async |inner| {
                inner.spawn(async { Err::<(), _>("deep") });
                Ok(())
            })
            .await;
            inner.map_err(|error| error.into_first().unwrap())
        });
        Ok(())
    });
    assert_eq!(errors(outcome.await.unwrap_err()), ["deep"]);
}

fn tree(depth: u32, alive: &Alive) -> futures::future::BoxFuture<'static, Result<u32, &'static str>> {
    let alive = alive.clone();
    Box::pin(async move {
        let _guard = alive.guard();
        if depth == 0 {
            return Ok(1);
        }
        let outcome: Outcome<u32> = scope(async |s| {
            let children: Vec<_> = (0..3).map(|_| s.spawn(tree(depth - 1, &alive))).collect();
            let mut sum = 1;
            for child in children {
                sum += child.await.unwrap()?;
            }
            Ok(sum)
        })
        .await;
        outcome.map_err(|error| error.into_first().unwrap())
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_tree_of_scopes_counts_its_nodes() {
    let alive = Alive::default();
    assert_eq!(tree(6, &alive).await, Ok((3u32.pow(7) - 1) / 2));
    assert_eq!(alive.count(), 0);
}
