//! What a child, or a body, holds when it is stopped is dropped inside of its scope, and a panic of it is a failure like any
//! other.

use std::any::Any;
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, panic_any};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use futures::FutureExt;
use steadfast::scope::{CancelSource, Panics, cancel_reason};
use steadfast::{Scope, deadline, scope};
use tokio::task::{LocalSet, yield_now};
use tokio::time::timeout;

use crate::SECOND;

tokio::task_local! {
    static REQUEST: u32;
}

/// What a destructor saw: whose cancel, how much time, which of the inherited values.
type Seen = (Option<CancelSource>, Option<Duration>, Option<u32>);

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<Seen>>>);

impl Log {
    fn probe(&self) -> Probe {
        Probe(self.clone())
    }

    fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// Looks around when it is dropped.
struct Probe(Log);

impl Drop for Probe {
    fn drop(&mut self) {
        let source = cancel_reason().map(|reason| reason.source());
        self.0.0.lock().unwrap().push((source, deadline::remaining(), REQUEST.try_get().ok()));
    }
}

async fn holds<T>(held: T) -> Result<(), &'static str> {
    let _held = held;
    pending().await
}

fn inside(source: CancelSource) -> Seen {
    (Some(source), Some(9 * SECOND), Some(7))
}

#[tokio::test(start_paused = true)]
async fn an_aborted_childs_destructors_run_inside_of_its_scope() {
    scope::inherit(&REQUEST);
    let log = Log::default();
    let outcome = Scope::options().deadline(9 * SECOND).run(async |s: Scope<&str>| {
        REQUEST.sync_scope(7, || s.spawn(holds(log.probe())));
        yield_now().await;
        // One that was never polled.
        REQUEST.sync_scope(7, || s.spawn(holds(log.probe())));
        s.cancel("enough");
        pending::<Result<(), _>>().await
    });
    outcome.await.unwrap_err();
    assert_eq!(log.take(), [inside(CancelSource::Requested); 2]);
}

#[tokio::test(start_paused = true)]
async fn so_they_do_when_the_handle_aborts_it() {
    let log = Log::default();
    let outcome = Scope::options().deadline(9 * SECOND).run(async |s: Scope<&str>| {
        let child = s.spawn(holds(log.probe()));
        yield_now().await;
        child.abort();
        assert!(child.await.unwrap_err().is_cancelled());
        Ok(())
    });
    outcome.await.unwrap();
    assert_eq!(log.take(), [(None, Some(9 * SECOND), None)]);
}

#[tokio::test(start_paused = true)]
async fn so_they_do_when_the_scope_is_dropped_and_the_bodys_too() {
    let log = Log::default();
    let work = Scope::options().deadline(9 * SECOND).run(async |s: Scope<&str>| {
        s.spawn(holds(log.probe()));
        let _held = log.probe();
        pending::<Result<(), _>>().await
    });
    timeout(SECOND, work).await.unwrap_err();
    yield_now().await;
    let left = Some(8 * SECOND);
    assert_eq!(log.take(), [(None, left, None), (Some(CancelSource::Dropped), left, None)]);
}

#[tokio::test(start_paused = true)]
async fn so_they_do_on_a_local_set() {
    let log = Log::default();
    let work = Scope::options().deadline(9 * SECOND).run(async |s: Scope<&str>| {
        s.spawn_local(holds(log.probe()));
        yield_now().await;
        if true { Err("enough") } else { Ok(()) }
    });
    LocalSet::new().run_until(work).await.unwrap_err();
    assert_eq!(log.take(), [(Some(CancelSource::Body), Some(9 * SECOND), None)]);
}

#[tokio::test(start_paused = true)]
async fn so_does_what_a_panic_has_left_behind() {
    let log = Log::default();
    let work = Scope::options().panics(Panics::Collect).deadline(9 * SECOND).run(async |s: Scope<&str>| {
        let probe = log.probe();
        s.spawn(poll_fn(move |_| -> Poll<Result<(), _>> {
            let _held = &probe;
            panic_any("child")
        }));
        Ok(())
    });
    work.await.unwrap_err();
    assert_eq!(log.take(), [(None, Some(9 * SECOND), None)]);
}

#[test]
fn so_they_do_for_one_that_never_began_on_the_blocking_pool() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().max_blocking_threads(1).build().unwrap();
    let (log, (go, gone)) = (Log::default(), std::sync::mpsc::channel::<()>());
    let busy = runtime.spawn_blocking(move || gone.recv());
    runtime.block_on(async {
        let outcome = scope(async |s: Scope<&str>| {
            let probe = log.probe();
            let queued = s.spawn_blocking(move || {
                let _held = probe;
                Ok(())
            });
            s.cancel("enough");
            assert!(queued.await.unwrap_err().is_cancelled());
            Ok(())
        });
        let stop = async {
            // The abort takes it out of the line as soon as the thread looks at it.
            yield_now().await;
            drop(go);
        };
        let (outcome, ()) = tokio::join!(outcome, stop);
        outcome.unwrap_err();
        busy.await.unwrap().unwrap_err();
    });
    assert_eq!(log.take(), [(Some(CancelSource::Requested), None, None)]);
}

struct PanicsOnDrop(&'static str);

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic_any(self.0);
    }
}

async fn caught<F: Future>(work: F) -> Box<dyn Any + Send> {
    let Err(payload) = AssertUnwindSafe(work).catch_unwind().await else { panic!("it did not panic") };
    payload
}

fn text(payload: &(dyn Any + Send)) -> &str {
    payload.downcast_ref::<&str>().copied().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_an_aborted_childs_destructor_goes_on_in_the_caller() {
    let payload = caught(scope(async |s: Scope<&str>| {
        s.spawn(holds(PanicsOnDrop("in a destructor")));
        yield_now().await;
        s.cancel("enough");
        Ok(())
    }))
    .await;
    assert_eq!(text(&*payload), "in a destructor");
}

#[tokio::test(start_paused = true)]
async fn so_does_that_of_a_child_which_was_never_polled() {
    let payload = caught(scope(async |s: Scope<&str>| {
        s.spawn(holds(PanicsOnDrop("in a destructor")));
        s.cancel("enough");
        Ok(())
    }))
    .await;
    assert_eq!(text(&*payload), "in a destructor");
}

#[tokio::test(start_paused = true)]
async fn it_ends_a_scope_that_nothing_else_has_ended() {
    let work = Scope::options().panics(Panics::Collect).run(async |s: Scope<&str>| {
        let child = s.spawn(holds(PanicsOnDrop("in a destructor")));
        yield_now().await;
        child.abort();
        let seen = child.await.unwrap_err();
        assert_eq!(text(&*seen.into_panic()), "in a destructor");
        pending::<Result<(), _>>().await
    });
    let error = work.await.unwrap_err();
    assert_eq!(error.reason().unwrap().source(), CancelSource::Panic);
    assert_eq!(error.failures()[0].index(), Some(0));
    assert_eq!(error.failures()[0].panic().unwrap().message(), "in a destructor");
}

#[tokio::test(start_paused = true)]
async fn it_stands_behind_the_error_that_has_aborted_the_child() {
    let work = Scope::options().panics(Panics::Collect).run(async |s: Scope<&str>| {
        s.spawn(holds(PanicsOnDrop("in a destructor")));
        s.spawn(async { Err::<(), _>("first") });
        pending::<Result<(), _>>().await
    });
    let error = work.await.unwrap_err();
    assert_eq!(error.reason().unwrap().source(), CancelSource::Error);
    assert_eq!(error.failures()[0].error(), Some(&"first"));
    assert_eq!(error.failures()[1].panic().unwrap().message(), "in a destructor");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_scope_does_not_swallow_that_of_its_body() {
    let work = scope(async |s: Scope<&str>| {
        s.spawn(async { Ok(()) });
        holds(PanicsOnDrop("of the body")).await
    });
    let payload = caught(async { timeout(SECOND, work).await }).await;
    assert_eq!(text(&*payload), "of the body");
}
