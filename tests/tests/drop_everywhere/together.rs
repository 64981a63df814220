//! Two of the three, all three, and stacks inside of stacks.

use super::*;

#[timeout(attempt = 1500ms, total = 20s)]
#[retry(on = any, attempts = unlimited, backoff = constant(1s), jitter = none, idempotent, budget = world.budget)]
async fn timed_and_retried(world: &World, begin: Begin<'_>) -> io::Result<()> {
    black_box(begin);
    sleep(secs(1)).await;
    match world.attempts.get() {
        1 => Err(io::ErrorKind::BrokenPipe.into()),
        2 => {
            sleep(secs(60)).await;
            Ok(())
        }
        _ => Ok(()),
    }
}

#[test]
fn timeout_and_retry() {
    assert!(everywhere(|world| async move { timed_and_retried(&world, world.call()).await }) >= 6);
}

#[timeout(total = 3s)]
#[retry(on = any, attempts = unlimited, backoff = constant(800ms), jitter = none, budget = world.budget)]
async fn retried_until_the_deadline(world: &World, begin: Begin<'_>) -> io::Result<()> {
    black_box(begin);
    sleep(secs(1)).await;
    Err(io::ErrorKind::BrokenPipe.into())
}

#[test]
fn retry_until_the_deadline_and_timeout_in_an_attempt() {
    let polls = everywhere(|world| async move {
        let outcome = retried_until_the_deadline(&world, world.call()).await;
        assert_eq!(world.attempts.get(), 2);
        outcome.unwrap_err()
    });
    assert!(polls >= 4);
}

#[timeout(2500ms)]
#[bounded(by = world.limit)]
async fn timed_and_bounded(world: &World, stay: u64) -> Result<(), PolicyError> {
    sleep(secs(1)).await;
    sleep(secs(stay)).await;
    Ok(())
}

#[test]
fn timeout_and_bounded() {
    for stay in [1, 60] {
        assert!(everywhere(|world| async move { timed_and_bounded(&world, stay).await }) >= 3);
        let polls = everywhere_contended(|world| async move { timed_and_bounded(&world, stay).await });
        assert!(polls.iter().all(|polls| *polls >= 4), "{polls:?}");
        let polls = everywhere_contended(|world| async move {
            futures::join!(timed_and_bounded(&world, stay), timed_and_bounded(&world, stay))
        });
        assert!(polls.iter().all(|polls| *polls >= 4), "{polls:?}");
    }
}

#[retry(on = any, attempts = unlimited, backoff = constant(500ms), jitter = none, budget = world.budget)]
#[bounded(by = world.limit, queue = 1, max_wait = 300ms)]
async fn retried_and_bounded(world: &World, begin: Begin<'_>) -> io::Result<()> {
    black_box(begin);
    sleep(secs(1)).await;
    if world.attempts.get() < 5 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
}

#[test]
fn retry_and_bounded() {
    assert!(everywhere(|world| async move { retried_and_bounded(&world, world.call()).await }) >= 7);
    let polls = everywhere_contended(|world| async move { retried_and_bounded(&world, world.call()).await });
    assert!(polls.iter().all(|polls| *polls >= 6), "{polls:?}");
}

#[timeout(attempt = 1500ms, total = 20s)]
#[retry(on = any, attempts = unlimited, backoff = constant(1s), jitter = none, idempotent, budget = world.budget)]
#[bounded(by = world.limit)]
async fn all_three(world: &World, begin: Begin<'_>) -> io::Result<()> {
    black_box(begin);
    sleep(secs(1)).await;
    if world.attempts.get() < 4 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
}

#[timeout(attempt = 1500ms, total = 6s)]
#[retry(
    on = any,
    attempts = unlimited,
    backoff = constant(500ms),
    jitter = none,
    idempotent,
    budget = world.budget,
    cancel = world.token,
    on_retry = |_| ()
)]
#[bounded(by = world.limit, queue = 2, max_wait = 700ms)]
async fn all_three_with_everything(world: &World, begin: Begin<'_>) -> io::Result<()> {
    black_box(begin);
    sleep(secs(1)).await;
    if world.attempts.get() == 3 {
        sleep(secs(60)).await;
    }
    Err(io::ErrorKind::BrokenPipe.into())
}

#[test]
fn timeout_and_retry_and_bounded() {
    assert!(everywhere(|world| async move { all_three(&world, world.call()).await }) >= 8);
    let polls = everywhere_contended(|world| async move { all_three(&world, world.call()).await });
    assert!(polls.iter().all(|polls| *polls >= 8), "{polls:?}");
}

#[test]
fn timeout_and_retry_and_bounded_with_everything() {
    let call = |world: Rc<World>| async move { all_three_with_everything(&world, world.call()).await };
    assert!(everywhere(call) >= 7);
    assert!(everywhere_contended(call).iter().all(|polls| *polls >= 7));
}

#[test]
fn cancelled_while_all_three_are_at_work() {
    for at in [500, 1_200, 2_200, 5_000] {
        let call = |world: Rc<World>| async move {
            let cancel = async {
                sleep(ms(at)).await;
                world.token.cancel();
            };
            futures::join!(all_three_with_everything(&world, world.call()), cancel).0
        };
        assert!(everywhere(call) >= 2);
        assert!(everywhere_contended(call).iter().all(|polls| *polls >= 2));
    }
}

#[test]
fn given_up_by_another_branch_at_any_time() {
    for at in (0..7_000).step_by(250) {
        let polls = everywhere_contended(|world| async move {
            given_up(all_three_with_everything(&world, world.call()), ms(at)).await
        });
        assert!(polls.iter().all(|polls| *polls >= 1), "{polls:?}");
    }
}

#[test]
fn stacks_inside_of_stacks() {
    #[timeout(attempt = 5s, total = 15s)]
    #[retry(on = any, attempts = 2, backoff = constant(1s), jitter = none, idempotent, budget = none)]
    #[bounded(2)]
    async fn outer(world: &World) -> io::Result<()> {
        let begin = world.call();
        all_three(world, begin).await
    }

    let polls = everywhere_contended(|world| async move { outer(&world).await });
    assert!(polls.iter().all(|polls| *polls >= 6), "{polls:?}");
}
