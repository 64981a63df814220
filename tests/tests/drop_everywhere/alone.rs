//! One policy at a time.

use steadfast::deadline::within;

use super::*;

#[timeout(2s)]
async fn timed(steps: u64) -> Result<(), PolicyError> {
    for _ in 0..steps {
        sleep(secs(1)).await;
    }
    Ok(())
}

#[test]
fn timeout_in_time_and_late() {
    assert!(everywhere(|_| timed(1)) >= 2);
    assert!(everywhere(|_| timed(9)) >= 3);
}

#[timeout(attempt = 1s, total = 3s, inherit = false)]
async fn timed_twice() -> Result<(), PolicyError> {
    sleep(secs(9)).await;
    Ok(())
}

#[test]
fn timeout_in_timeout() {
    #[timeout(2s)]
    async fn outer() -> Result<(), PolicyError> {
        let _ = timed_twice().await;
        timed(9).await
    }

    assert!(everywhere(|_| outer()) >= 3);
}

#[test]
fn a_deadline_that_is_moved() {
    let moved = |times: u32| {
        everywhere(move |_| {
            within(secs(2), async move |limit| {
                for _ in 0..times {
                    sleep(secs(1)).await;
                    limit.extend_by(ms(500));
                }
            })
        })
    };
    assert!(moved(3) >= 4);
    assert!(moved(9) >= 4);
}

#[retry(on = any, attempts = unlimited, backoff = constant(1s), jitter = none, budget = world.budget)]
async fn retried(world: &World, begin: Begin<'_>, good: u32) -> io::Result<()> {
    black_box(begin);
    sleep(secs(1)).await;
    if world.attempts.get() < good { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
}

#[test]
fn retry_in_attempts_and_in_pauses() {
    assert!(everywhere(|world| async move { retried(&world, world.call(), 4).await }) >= 7);
}

#[test]
fn retry_with_a_budget_that_runs_out() {
    fn two_tokens() -> World {
        let budget = Budget::new().ratio(1.0).min_per_sec(0).ttl(secs(60));
        budget.deposit();
        budget.deposit();
        World::with_budget(budget)
    }

    let polls = everywhere_in(two_tokens, |world| async move {
        retried(&world, world.call(), 99).await.unwrap_err();
        assert_eq!(world.attempts.get(), 3);
    });
    assert!(polls >= 5, "{polls}");
}

#[retry(on = any, attempts = unlimited, backoff = constant(10s), jitter = none, budget = world.budget, cancel = world.token)]
async fn cancellable(world: &World, begin: Begin<'_>) -> io::Result<()> {
    black_box(begin);
    sleep(secs(1)).await;
    Err(io::ErrorKind::BrokenPipe.into())
}

#[test]
fn retry_that_is_cancelled_in_a_pause() {
    let polls = everywhere(|world| async move {
        let cancel = async {
            sleep(secs(15)).await;
            world.token.cancel();
        };
        let (outcome, ()) = futures::join!(cancellable(&world, world.call()), cancel);
        assert_eq!((outcome.is_err(), world.attempts.get()), (true, 2));
    });
    assert!(polls >= 4);
}

#[test]
fn retry_inside_of_retry() {
    #[retry(on = any, attempts = 2, backoff = constant(1s), budget = none)]
    async fn outer(world: &World) -> io::Result<()> {
        let begin = world.call();
        retried(world, begin, 3).await
    }

    assert!(everywhere(|world| async move { outer(&world).await }) >= 5);
}

#[bounded(by = world.limit)]
async fn inside(world: &World) {
    assert_eq!(world.limit.available(), 0);
    sleep(secs(1)).await;
    sleep(secs(1)).await;
}

#[test]
fn bounded_in_the_queue_and_inside() {
    assert!(everywhere(|world| async move { inside(&world).await }) >= 3);
    let polls = everywhere_contended(|world| async move { inside(&world).await });
    assert!(polls.iter().all(|polls| *polls >= 4), "{polls:?}");
}

#[test]
fn bounded_with_several_in_the_queue() {
    let polls = everywhere_contended(|world| async move {
        let last = given_up(inside(&world), ms(2_500));
        futures::join!(inside(&world), given_up(inside(&world), ms(1_500)), last)
    });
    assert!(polls.iter().all(|polls| *polls >= 5), "{polls:?}");
}

#[bounded(by = world.limit, queue = 1, max_wait = 500ms)]
async fn impatient(world: &World) -> Result<(), PolicyError> {
    sleep(secs(1)).await;
    Ok(())
}

#[bounded(by = world.limit, max_wait = 5s)]
async fn patient(world: &World) -> Result<(), PolicyError> {
    sleep(secs(1)).await;
    Ok(())
}

#[bounded(by = world.limit, reject)]
async fn now_or_never(world: &World) -> Result<(), PolicyError> {
    sleep(secs(1)).await;
    Ok(())
}

#[test]
fn bounded_that_refuses() {
    let polls = everywhere_contended(|world| async move { impatient(&world).await });
    assert!(polls.iter().all(|polls| *polls >= 3), "{polls:?}");
    let polls =
        everywhere_contended(|world| async move { futures::join!(impatient(&world), impatient(&world)) });
    assert!(polls.iter().all(|polls| *polls >= 3), "{polls:?}");
    let polls = everywhere_contended(|world| async move { patient(&world).await });
    assert!(polls.iter().all(|polls| *polls >= 3), "{polls:?}");
    let polls = everywhere_contended(|world| async move { now_or_never(&world).await });
    assert!(polls.iter().all(|polls| *polls >= 2), "{polls:?}");
    assert!(everywhere(|world| async move { now_or_never(&world).await }) >= 2);
}

/// The bulkhead is the function's own, so what it has left is seen by the next call.
#[test]
fn bounded_by_a_number() {
    #[bounded(1)]
    async fn constant(stay: bool) {
        if stay {
            sleep(secs(1)).await;
        }
    }

    #[bounded(limit)]
    async fn changing(limit: usize, stay: bool) {
        if stay {
            sleep(secs(1)).await;
        }
    }

    use futures::FutureExt;

    let make = || async {
        futures::join!(
            constant(true),
            constant(true),
            changing(1, true),
            changing(2, true),
            changing(1, true)
        )
    };
    let polls = drop_at_every_await(make, |polls, _| {
        assert!(constant(false).now_or_never().is_some(), "the permit is back after {polls} polls");
        assert!(changing(1, false).now_or_never().is_some(), "the permit is back after {polls} polls");
    });
    assert!(polls >= 3);
}
