//! S12: at most so many children at once; the spawn waits.

use std::future::{pending, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use steadfast::scope::{Panics, TrySpawnError};
use steadfast::{BoundedScope, Scope};
use steadfast_tests::timed;
use tokio::time::sleep;

use crate::{Alive, SECOND, second};

#[tokio::test(start_paused = true)]
async fn spawn_waits_for_a_place() {
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (outcome, took) = timed(Scope::options().limit(3).run(async |s: BoundedScope<&str>| {
        for _ in 0..9 {
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            s.spawn(async move {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(SECOND).await;
                running.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            })
            .await;
            assert!(s.len() <= 3);
        }
        Ok(())
    }))
    .await;
    outcome.unwrap();
    assert_eq!((took, most.load(Ordering::SeqCst)), (3 * SECOND, 3));
}

#[tokio::test(start_paused = true)]
async fn try_spawn_gives_it_back_when_full() {
    let outcome = Scope::options().limit(1).run(async |s: BoundedScope<&str>| {
        let first = s.try_spawn(async {
            sleep(SECOND).await;
            Ok(1)
        });
        let first = first.unwrap();
        let refused = s.try_spawn(async { Ok(2) }).unwrap_err();
        assert!(matches!(&refused, TrySpawnError::Full(_)));
        assert_eq!(refused.into_inner().await, Ok(2));
        assert_eq!(first.await.unwrap(), Ok(1));
        assert!(s.try_spawn(async { Ok(2) }).is_ok());
        Ok(())
    });
    outcome.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_place_is_free_after_any_end() {
    let outcome =
        Scope::options().limit(1).panics(Panics::Collect).collect().run(async |s: BoundedScope<&str>| {
            let ok = s.spawn(async { Ok(()) }).await;
            let error = s.spawn(async { Err::<(), _>("bad") }).await;
            let panic = s.spawn(async { if true { panic!("oh") } else { Ok(()) } }).await;
            let aborted = s.spawn(pending::<Result<(), _>>()).await;
            aborted.abort();
            let last = s.spawn(async { Ok(()) }).await;
            let blocking = s.spawn_blocking(|| Ok(5)).await;
            drop((ok, error, panic, last));
            blocking.await.unwrap()
        });
    assert_eq!(outcome.await.unwrap_err().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_spawn_that_waits_and_is_dropped_drops_its_future() {
    let alive = Alive::default();
    let outcome = Scope::options().limit(1).run(async |s: BoundedScope<&str>| {
        s.spawn(second(alive.guard())).await;
        {
            let mut waiting = pin!(s.spawn(second(alive.guard())));
            poll_fn(|cx| {
                assert!(waiting.as_mut().poll(cx).is_pending());
                Poll::Ready(())
            })
            .await;
            assert_eq!(alive.count(), 2);
        }
        assert_eq!((alive.count(), s.len()), (1, 1));
        s.spawn(async { Ok(()) }).await;
        Ok(())
    });
    outcome.await.unwrap();
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_spawn_that_waits_in_a_scope_that_is_cancelled_gives_a_cancelled_task() {
    let alive = Alive::default();
    let outcome = Scope::options().limit(1).grace(SECOND).run(async |s: BoundedScope<&str>| {
        let (own, guard) = (s.clone(), alive.guard());
        s.spawn(async move {
            let child = own.spawn(second(guard)).await;
            assert!(child.await.unwrap_err().is_cancelled());
            Ok(())
        })
        .await;
        sleep(SECOND).await;
        s.cancel("enough");
        assert!(matches!(s.try_spawn(async { Ok(()) }), Err(TrySpawnError::Aborting(_))));
        Ok(())
    });
    outcome.await.unwrap();
    assert_eq!(alive.count(), 0);
}

#[tokio::test]
#[should_panic(expected = "a scope with a limit of 0 could run no task")]
async fn a_limit_of_zero_is_refused() {
    let _ = Scope::<()>::options().limit(0);
}
