//! `#[must_join]`, alone and in the stack of policies.

use steadfast::{PolicyError, bounded, must_join, retry, timeout};

use super::*;

#[derive(Debug)]
struct Error;

impl From<&'static str> for Error {
    fn from(_: &'static str) -> Self {
        Self
    }
}

impl From<PolicyError> for Error {
    fn from(_: PolicyError) -> Self {
        Self
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("failed")
    }
}

impl std::error::Error for Error {}

#[must_join]
async fn spawns(world: &World) -> Result<u64, Error> {
    tokio::spawn(world.child(3));
    tokio::spawn(world.limited(1));
    let bound = tokio::spawn(world.limited(1));
    let sum = bound.await.map_err(|_| Error)??;
    sleep(secs(1)).await;
    Ok(sum)
}

#[must_join]
async fn fails(world: &World) -> Result<u64, Error> {
    tokio::spawn(world.failing(1));
    tokio::spawn(world.limited(9));
    sleep(secs(9)).await;
    Ok(1)
}

#[must_join(limit = 1, grace = 1s, timeout = 3s)]
async fn with_options(world: &World) -> Result<u64, Error> {
    for _ in 0..3 {
        tokio::spawn(world.child(2));
    }
    sleep(secs(1)).await;
    Ok(1)
}

#[must_join(cancel = "graceful", grace = 1s, panics = "collect")]
async fn gracefully(world: &World) -> Result<u64, Error> {
    tokio::spawn(world.limited(2));
    tokio::spawn(world.child(9));
    sleep(secs(1)).await;
    tokio::spawn(world.failing(1));
    sleep(secs(3)).await;
    Ok(1)
}

#[must_join(scope = s)]
async fn in_its_callers_scope(s: &Scope<&'static str>, world: &World) {
    s.spawn(world.limited(2));
    sleep(secs(1)).await;
}

#[test]
fn alone() {
    let polls = [
        everywhere(|world| async move { spawns(&world).await }),
        everywhere(|world| async move { fails(&world).await }),
        everywhere(|world| async move { with_options(&world).await }),
        everywhere(|world| async move { gracefully(&world).await }),
    ];
    assert!(polls.iter().all(|polls| *polls >= 2), "{polls:?}");
}

#[test]
fn in_the_scope_of_its_caller() {
    let polls = everywhere(|world| async move {
        scope(async |s: Scope<&'static str>| {
            in_its_callers_scope(&s, &world).await;
            sleep(secs(2)).await;
            Ok(())
        })
        .await
    });
    assert!(polls >= 3, "{polls}");
}

#[timeout(attempt = 4s, total = 20s)]
#[retry(on = any, attempts = 3, backoff = constant(1s), jitter = none, idempotent, budget = none)]
#[bounded(2)]
#[must_join]
async fn in_the_stack(world: &World, attempts: &AtomicUsize) -> Result<u64, Error> {
    tokio::spawn(world.limited(1));
    match attempts.fetch_add(1, Ordering::SeqCst) {
        0 => {
            tokio::spawn(world.failing(1));
        }
        // Dropped by the timeout of the attempt.
        1 => sleep(secs(9)).await,
        _ => {}
    }
    let bound = tokio::spawn(world.limited(1));
    bound.await.map_err(|_| Error)?.map_err(Error::from)
}

#[test]
fn with_a_timeout_and_a_retry_and_a_limit() {
    let polls = everywhere(|world| async move {
        let attempts = AtomicUsize::new(0);
        let outcome = in_the_stack(&world, &attempts).await;
        assert_eq!(attempts.load(Ordering::SeqCst), 3);
        outcome.expect("the third attempt succeeds")
    });
    assert!(polls >= 6, "{polls}");
}
