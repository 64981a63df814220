//! Work on other threads: nobody can interrupt it, so whoever is around waits for it.

use std::time::Duration;

use steadfast::{from_sync, offload};

use super::*;

/// Long enough to be still there when whoever called it is gone.
const MOMENT: Duration = Duration::from_millis(3);

#[offload]
fn digest(world: World) -> u64 {
    work(&world)
}

#[offload(pool = "cpu")]
fn on_the_cpus(world: World) -> u64 {
    work(&world)
}

#[offload(limit = 1)]
fn one_at_a_time(world: World) -> u64 {
    work(&world)
}

fn work(world: &World) -> u64 {
    let _guard = world.alive.guard();
    world.begin();
    std::thread::sleep(MOMENT);
    world.finish();
    1
}

#[test]
fn an_offloaded_function() {
    let polls = [
        everywhere(digest),
        everywhere(on_the_cpus),
        everywhere(|world| async move {
            assert_eq!(one_at_a_time(world.clone()).await, 1);
            one_at_a_time(world).await
        }),
    ];
    assert!(polls[0] >= 2 && polls[1] >= 2 && polls[2] >= 3, "{polls:?}");
}

#[test]
fn a_child_on_the_blocking_pool() {
    let polls = everywhere(|world| async move {
        scope(async |s: Scope<&str>| {
            let own = world.clone();
            let one = s.spawn_blocking(move || Ok(work(&own)));
            let own = world.clone();
            s.spawn_blocking(move || Ok(work(&own)));
            one.await.map_err(|_| "cancelled")?
        })
        .await
    });
    assert!(polls >= 2, "{polls}");
}

/// A thread that waits for asynchronous code: the time limit drops it wherever it is, with its children.
#[test]
fn asynchronous_code_on_a_thread() {
    for limit in [0, 1, 3, 6, 1_000].map(Duration::from_millis) {
        let world = World::new();
        let own = world.clone();
        let outcome = std::thread::spawn(move || {
            let work = async {
                let outcome = scope(async |s: Scope<&str>| {
                    let _permit = own.limit.acquire().await;
                    let (first, second) = (own.alive.guard(), own.alive.guard());
                    s.spawn(async move {
                        let _guard = first;
                        sleep(2 * MOMENT).await;
                        Ok(())
                    });
                    sleep(MOMENT).await;
                    drop(second);
                    Ok(())
                });
                outcome.await.is_ok()
            };
            from_sync(Root::new().enter(work), limit)
        });
        let outcome = outcome.join().expect("no panic");
        assert!(outcome.is_err() || limit > MOMENT, "{limit:?}");
        world.assert_all_back(0);
    }
}
