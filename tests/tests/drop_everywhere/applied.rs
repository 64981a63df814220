//! The same on a part of a function.

use super::*;

#[test]
fn apply_timeout() {
    for stay in [1, 9] {
        let polls = everywhere(|_| async move {
            apply!(timeout(2s); async { sleep(secs(1)).await; sleep(secs(stay)).await; Ok::<_, PolicyError>(()) }).await
        });
        assert!(polls >= 3, "{polls}");
    }
}

#[test]
fn apply_retry() {
    let polls = everywhere(|world| async move {
        apply!(retry(on = any, attempts = unlimited, backoff = constant(1s), budget = world.budget); async {
            let attempt = world.begin(world.attempts.get() == 0);
            sleep(secs(1)).await;
            if attempt < 3 { Err(io::Error::from(io::ErrorKind::BrokenPipe)) } else { Ok(()) }
        })
        .await
    });
    assert!(polls >= 5, "{polls}");
}

#[test]
fn apply_bounded() {
    let polls = everywhere_contended(|world| async move {
        let call = || apply!(bounded(by = world.limit); async { sleep(secs(1)).await });
        futures::join!(call(), given_up(call(), ms(500)), call())
    });
    assert!(polls.iter().all(|polls| *polls >= 4), "{polls:?}");
    let polls = everywhere_contended(|world| async move {
        apply!(bounded(by = world.limit, queue = 1, max_wait = 500ms); async { Ok::<_, PolicyError>(()) })
            .await
    });
    assert!(polls.iter().all(|polls| *polls >= 2), "{polls:?}");
}

#[test]
fn apply_all_three() {
    let polls = everywhere_contended(|world| async move {
        apply!(
            timeout(attempt = 1500ms, total = 9s),
            retry(on = any, attempts = unlimited, backoff = constant(700ms), jitter = none, idempotent,
                  budget = world.budget, cancel = world.token),
            bounded(by = world.limit);
            async {
                // Counted by the body: with `bounded` inside, an attempt may end in the queue without one, and then
                // the account is of bodies that began and not of attempts. Nothing waits longer than a second here.
                let attempt = world.begin(world.attempts.get() == 0);
                sleep(secs(if attempt == 2 { 60 } else { 1 })).await;
                if attempt < 4 { Err(io::Error::from(io::ErrorKind::BrokenPipe)) } else { Ok(()) }
            }
        )
        .await
    });
    assert!(polls.iter().all(|polls| *polls >= 8), "{polls:?}");
}

/// Inside of an annotated function, in a loop, with a deadline around all of it.
#[test]
fn apply_inside_of_a_stack() {
    #[timeout(total = 8s)]
    #[bounded(3)]
    async fn pages(world: &World) -> io::Result<u32> {
        let mut sum = 0;
        for page in 1..=3 {
            sum += apply!(bounded(by = world.limit), timeout(attempt = 2s); async {
                sleep(secs(1)).await;
                Ok::<_, io::Error>(page)
            })
            .await?;
        }
        Ok(sum)
    }

    let polls = everywhere_contended(|world| async move { pages(&world).await });
    assert!(polls.iter().all(|polls| *polls >= 4), "{polls:?}");
}
