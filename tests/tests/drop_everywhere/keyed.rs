//! A limit for each key. The bulkhead is the function's own, so what it has left is seen by the next call: with room
//! for one key, a call with another one gets in at once only if no permit, no place and no hold on the room is left.

use futures::FutureExt;

use super::*;

#[bounded(1, key = key, max_keys = 1)]
async fn waits(key: u32, stay: bool) {
    if stay {
        sleep(secs(1)).await;
    }
}

#[bounded(1, key = key, max_keys = 1, queue = 1, max_wait = 1500ms)]
async fn refuses(key: u32, stay: bool) -> Result<(), PolicyError> {
    if stay {
        sleep(secs(1)).await;
    }
    Ok(())
}

#[timeout(attempt = 1500ms, total = 20s)]
#[retry(on = any, attempts = unlimited, backoff = constant(1s), jitter = none, idempotent, budget = world.budget)]
#[bounded(1, key = key, max_keys = 1, max_wait = 1200ms)]
async fn all_three(world: &World, begin: Begin<'_>, key: u32, good: u32) -> io::Result<()> {
    black_box(begin);
    if good > 0 {
        sleep(secs(1)).await;
    }
    if world.attempts.get() < good { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
}

#[test]
fn bounded_by_key_in_every_queue() {
    // One inside, one in the queue of its key, one before the cap.
    let make = || async { futures::join!(waits(1, true), waits(1, true), waits(2, true)) };
    let polls = drop_at_every_await(make, |polls, _| {
        for key in [3, 4] {
            assert!(waits(key, false).now_or_never().is_some(), "there is room after {polls} polls");
        }
    });
    assert!(polls >= 4, "{polls}");
}

#[test]
fn bounded_by_key_that_refuses() {
    let make = || async {
        futures::join!(
            refuses(1, true),
            refuses(1, true),
            refuses(1, true),
            refuses(2, true),
            refuses(3, true)
        )
    };
    let polls = drop_at_every_await(make, |polls, _| {
        for key in [4, 5] {
            let outcome = refuses(key, false).now_or_never();
            assert!(matches!(outcome, Some(Ok(()))), "there is room after {polls} polls");
        }
    });
    assert!(polls >= 4, "{polls}");
}

#[test]
fn timeout_and_retry_and_bounded_by_key() {
    let polls = everywhere(|world| async move {
        let other = World::new();
        let calls = futures::join!(
            all_three(&world, world.call(), 1, 3),
            given_up(all_three(&other, other.call(), 1, 3), ms(2_500))
        );
        other.assert_all_back(0);
        calls.0
    });
    assert!(polls >= 6, "{polls}");
    let polls = drop_at_every_await(
        || async {
            let worlds = [World::new(), World::new()];
            let calls = worlds.each_ref().map(|world| all_three(world, world.call(), 1, 2));
            futures::future::join_all(calls).await;
        },
        |polls, _| {
            let world = World::new();
            let free = all_three(&world, world.call(), 2, 0).now_or_never();
            assert!(matches!(free, Some(Ok(()))), "there is room after {polls} polls");
        },
    );
    assert!(polls >= 6, "{polls}");
}
