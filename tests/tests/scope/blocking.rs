//! S11: blocking children are waited for, or abandoned and reported.

use std::sync::mpsc;
use std::time::Duration;

use steadfast::scope::{CancelSource, FailureKind};
use steadfast::{Scope, scope};

use crate::{Alive, Guard, Outcome};

#[tokio::test]
async fn a_blocking_child_is_waited_for() {
    let alive = Alive::default();
    let outcome: Outcome<()> = scope(async |s| {
        let guard = alive.guard();
        s.spawn_blocking(move || {
            std::thread::sleep(Duration::from_millis(20));
            drop(guard);
            Ok(())
        });
        Ok(())
    })
    .await;
    outcome.unwrap();
    assert_eq!(alive.count(), 0);
}

#[tokio::test]
async fn it_can_see_that_it_is_to_end() {
    let outcome = scope(async |s: Scope<&str>| {
        let own = s.clone();
        s.spawn_blocking(move || {
            while !own.is_cancelled() {
                std::thread::yield_now();
            }
            assert_eq!(own.cancel_reason().unwrap().source(), CancelSource::Error);
            Ok(())
        });
        s.spawn(async { Err::<(), _>("bad") });
        Ok(())
    });
    assert_eq!(crate::errors(outcome.await.unwrap_err()), ["bad"]);
}

#[tokio::test]
async fn its_error_and_its_panic_are_failures() {
    let outcome = Scope::options().panics(scope::Panics::Collect).collect().run(async |s: Scope<&str>| {
        s.spawn_blocking_named("fails", || Err::<(), _>("blocking")).await.ok();
        let panics = s.spawn_blocking(|| if true { panic!("oh") } else { Ok(()) });
        assert!(panics.await.unwrap_err().is_panic());
        s.spawn_blocking_named("fails", || Err::<(), _>("unseen"));
        Ok(())
    });
    let error = outcome.await.unwrap_err();
    assert_eq!(error.failures()[0].panic().unwrap().message(), "oh");
    assert_eq!((error.failures()[1].error(), error.failures()[1].name()), (Some(&"unseen"), Some("fails")));
    assert_eq!(error.len(), 2);
}

#[tokio::test]
async fn one_that_does_not_end_is_abandoned_reported_and_left_to_the_root() {
    let root = steadfast::__private::Root::new();
    let (end, ended) = mpsc::channel::<()>();
    let alive = Alive::default();
    let guard = alive.guard();
    let (begun, ready) = tokio::sync::oneshot::channel();
    let work =
        Scope::options().abandon_blocking_after(Duration::from_millis(10)).run(async |s: Scope<&str>| {
            s.spawn_blocking_named("stuck", move || {
                let _guard = guard;
                begun.send(()).unwrap();
                ended.recv().ok();
                Ok(())
            });
            ready.await.unwrap();
            s.cancel("enough");
            std::future::pending::<Result<(), _>>().await
        });
    let error = root.enter(work).await.unwrap_err();
    assert_eq!((error.len(), error.failures()[0].name()), (1, Some("stuck")));
    let FailureKind::Abandoned { running_for, .. } = error.failures()[0].kind() else { panic!("{error:?}") };
    assert!(*running_for >= Duration::from_millis(10));
    assert_eq!((alive.count(), root.living().len()), (1, 1));
    assert_eq!(root.living()[0].name(), Some("stuck"));
    end.send(()).unwrap();
    root.ended().await;
    assert_eq!((alive.count(), root.living().len()), (0, 0));
}

#[tokio::test]
async fn without_a_cancel_nothing_is_abandoned() {
    let outcome = Scope::options().abandon_blocking_after(Duration::ZERO).run(async |s: Scope<&str>| {
        s.spawn_blocking(|| {
            std::thread::sleep(Duration::from_millis(20));
            Ok(())
        });
        Ok(1)
    });
    assert_eq!(outcome.await.unwrap(), 1);
}

/// Takes real time to be dropped.
struct Slow(#[expect(dead_code, reason = "dropped after the wait")] Guard);

impl Drop for Slow {
    fn drop(&mut self) {
        std::thread::sleep(Duration::from_millis(30));
    }
}

#[test]
fn what_one_holds_that_never_began_is_gone_before_the_scope_is_ready() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(1)
        .build()
        .expect("a runtime without I/O needs nothing from the system");
    let alive = Alive::default();
    let outcome = runtime.block_on(scope(async |s: Scope<&str>| {
        let (end, ended) = mpsc::channel::<()>();
        s.spawn_blocking(move || {
            ended.recv().ok();
            Ok(())
        });
        let slow = Slow(alive.guard());
        let second = s.spawn_blocking(move || {
            drop(slow);
            Ok(())
        });
        second.abort();
        drop(end);
        Ok(())
    }));
    outcome.unwrap();
    assert_eq!(alive.count(), 0);
}
