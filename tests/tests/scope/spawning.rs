//! S6: spawning while the scope waits, while it is being cancelled, and after its end.

use std::sync::Mutex;

use steadfast::scope::TrySpawnError;
use steadfast::{Scope, scope};
use steadfast_tests::timed;
use tokio::time::sleep;

use crate::{Alive, Outcome, SECOND, second};

#[tokio::test(start_paused = true)]
async fn children_may_spawn_while_the_scope_waits() {
    let alive = Alive::default();
    let (outcome, took) = timed(scope(async |s| {
        let (own, guard) = (s.clone(), alive.guard());
        s.spawn(async move {
            sleep(SECOND).await;
            own.spawn(second(guard));
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
async fn a_scope_that_is_being_cancelled_drops_it_unpolled() {
    let alive = Alive::default();
    let outcome = Scope::options().grace(5 * SECOND).run(async |s: Scope<&str>| {
        s.cancel("enough");
        let guard = alive.guard();
        let late = s.spawn(async move {
            let _guard = guard;
            panic!("it was polled")
        });
        let local = s.spawn_local(async { Ok(()) });
        let blocking = s.spawn_blocking(|| Ok(()));
        assert_eq!((alive.count(), late.is_finished(), s.len()), (0, true, 0));
        assert!(local.is_finished() && blocking.is_finished());
        let late: Result<Result<(), &str>, _> = futures::FutureExt::now_or_never(late).unwrap();
        assert!(late.unwrap_err().is_cancelled());
        Ok(1)
    });
    assert_eq!(outcome.await.unwrap(), 1);
}

#[tokio::test(start_paused = true)]
async fn try_spawn_gives_it_back() {
    let outcome = scope(async |s: Scope<&str>| {
        assert_eq!(s.try_spawn(async { Ok(2) }).unwrap().await.unwrap(), Ok(2));
        s.cancel("enough");
        let refused = s.try_spawn(async { Ok(3) }).unwrap_err();
        assert!(matches!(&refused, TrySpawnError::Aborting(_)));
        assert_eq!((refused.is_full(), refused.to_string().as_str()), (false, "the scope is cancelled"));
        let back: Result<i32, &str> = refused.into_inner().await;
        back
    });
    assert_eq!(outcome.await.unwrap(), 3);
}

#[tokio::test]
#[should_panic(expected = "task group is finished")]
async fn a_scope_that_has_ended_panics() {
    let outcome: Outcome<Scope<&str>> = scope(async |s| Ok(s)).await;
    outcome.unwrap().spawn(async { Ok(()) });
}

#[tokio::test]
async fn the_panic_names_the_caller() {
    let outcome: Outcome<Scope<&str>> = scope(async |s| Ok(s)).await;
    let ended = outcome.unwrap();
    let seen = std::sync::Arc::new(Mutex::new(String::new()));
    let (before, sink) = (std::panic::take_hook(), std::sync::Arc::clone(&seen));
    let this = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == this {
            *sink.lock().unwrap() = info.location().unwrap().file().to_owned();
        } else {
            before(info);
        }
    }));
    let spawn = std::panic::AssertUnwindSafe(|| drop(ended.spawn(async { Ok(()) })));
    assert!(std::panic::catch_unwind(spawn).is_err());
    let seen = seen.lock().unwrap().clone();
    assert!(seen.ends_with("spawning.rs"), "{seen}");
}

#[tokio::test(start_paused = true)]
async fn local_children_stay_on_the_thread() {
    let set = tokio::task::LocalSet::new();
    let outcome: Outcome<i32> = set
        .run_until(scope(async |s| {
            let local = std::rc::Rc::new(4);
            s.spawn_local(async move {
                tokio::task::yield_now().await;
                Ok(*local)
            })
            .await
            .unwrap()
        }))
        .await;
    assert_eq!(outcome.unwrap(), 4);
}
