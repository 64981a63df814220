//! S3, S14: what a cancel does, and that it has a reason.

use std::future::pending;

use steadfast::scope::{CancelSource, GroupErrorKind, cancel_reason};
use steadfast::{Scope, scope};
use steadfast_tests::timed;
use tokio::runtime::Builder;
use tokio::time::sleep;

use crate::{Alive, Outcome, SECOND, forever};

#[tokio::test(start_paused = true)]
async fn a_body_that_returns_keeps_its_value() {
    let alive = Alive::default();
    let outcome = scope(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        sleep(SECOND).await;
        s.cancel("done");
        Ok(7)
    });
    let (outcome, took) = timed(outcome).await;
    assert_eq!((outcome.unwrap(), took, alive.count()), (7, SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_awaits_is_stopped() {
    let outcome = scope(async |s: Scope<&str>| {
        s.cancel("first");
        s.cancel("second");
        sleep(SECOND).await;
        Ok(())
    });
    let (outcome, took) = timed(outcome).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), took), (GroupErrorKind::Cancelled, std::time::Duration::ZERO));
    assert_eq!(error.reason().unwrap().cause(), "first");
    assert_eq!(error.reason().unwrap().source(), CancelSource::Requested);
}

#[tokio::test(start_paused = true)]
async fn children_can_cancel_and_read_the_reason_without_a_handle() {
    let outcome = Scope::options().grace(SECOND).run(async |s: Scope<&str>| {
        let own = s.clone();
        s.spawn(async move {
            own.cancel(format!("asked by {}", 1));
            assert_eq!(cancel_reason().unwrap().to_string(), "asked by 1");
            Ok(())
        });
        assert!(cancel_reason().is_none());
        s.cancelled().await;
        pending::<Result<(), _>>().await
    });
    assert_eq!(outcome.await.unwrap_err().to_string(), "the scope was cancelled: asked by 1");
}

#[tokio::test(start_paused = true)]
async fn a_reason_is_seen_in_the_scopes_inside() {
    let outcome = Scope::options().grace(SECOND).run(async |outer: Scope<&str>| {
        outer.spawn(async {
            let inner: Outcome<String> = scope(async |s| {
                s.cancelled().await;
                assert!(s.is_cancelled());
                Ok(s.cancel_reason().unwrap().cause().to_owned())
            })
            .await;
            assert_eq!(inner.unwrap(), "enough");
            Ok(())
        });
        tokio::task::yield_now().await;
        outer.cancel("enough");
        Ok(())
    });
    outcome.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_token_of_the_scope_does_not_cancel_it() {
    let outcome: Outcome<()> = scope(async |s| {
        s.token().cancel();
        sleep(SECOND).await;
        assert!(!s.is_cancelled());
        Ok(())
    })
    .await;
    outcome.unwrap();
}

/// On another runtime than the one that is gone.
fn block_on<F: Future>(work: F) -> F::Output {
    Builder::new_current_thread().enable_time().build().unwrap().block_on(work)
}

#[test]
fn the_end_of_the_runtime_is_an_error_and_no_panic() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
    let entered = runtime.enter();
    let (begun, ready) = std::sync::mpsc::channel();
    let mut work = Box::pin(scope(async |s: Scope<&str>| {
        s.spawn(async move {
            begun.send(()).unwrap();
            pending::<Result<(), _>>().await
        });
        pending::<Result<(), _>>().await
    }));
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(work.as_mut().poll(&mut cx).is_pending());
    ready.recv().unwrap();
    drop(entered);
    runtime.shutdown_timeout(std::time::Duration::from_secs(10));
    let error = block_on(work).unwrap_err();
    assert_eq!(error.kind(), GroupErrorKind::RuntimeShutdown);
    assert_eq!(error.reason().unwrap().source(), CancelSource::Shutdown);
}

#[test]
fn so_it_is_when_a_task_is_spawned_after_it() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
    let entered = runtime.enter();
    let stored = std::sync::Mutex::new(None);
    let mut work = Box::pin(scope(async |s: Scope<&str>| {
        *stored.lock().unwrap() = Some(s);
        pending::<Result<(), _>>().await
    }));
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(work.as_mut().poll(&mut cx).is_pending());
    drop(entered);
    runtime.shutdown_timeout(std::time::Duration::from_secs(10));
    let s = stored.lock().unwrap().take().unwrap();
    let child = s.spawn(async { Ok(()) });
    assert!(block_on(child).unwrap_err().is_cancelled());
    assert_eq!(block_on(work).unwrap_err().kind(), GroupErrorKind::RuntimeShutdown);
}
