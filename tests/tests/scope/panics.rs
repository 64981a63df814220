//! S5: a panic is recorded, ends the group, is drained, and goes on.

use std::any::Any;
use std::future::pending;
use std::panic::{AssertUnwindSafe, panic_any};

use futures::FutureExt;
use steadfast::scope::{CancelSource, FailureKind, Panics};
use steadfast::{Scope, scope};
use tokio::time::sleep;

use crate::{Alive, Outcome, SECOND, forever};

async fn caught<F: Future>(work: F) -> Box<dyn Any + Send> {
    let Err(payload) = AssertUnwindSafe(work).catch_unwind().await else { panic!("it did not panic") };
    payload
}

fn text(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap()
}

async fn panics(message: &'static str) -> Result<(), &'static str> {
    tokio::task::yield_now().await;
    panic_any(message)
}

#[tokio::test(start_paused = true)]
async fn a_childs_panic_goes_on_in_the_caller_when_all_have_ended() {
    let alive = Alive::default();
    let payload = caught(scope(async |s| {
        s.spawn(forever(alive.guard()));
        s.spawn(panics("first"));
        let _guard = alive.guard();
        pending::<Result<(), &str>>().await
    }))
    .await;
    assert_eq!((text(&*payload), alive.count()), ("first", 0));
}

#[tokio::test(start_paused = true)]
async fn the_payload_is_the_one_that_was_panicked_with() {
    #[derive(Debug, PartialEq)]
    struct Mine(u8);
    let payload = caught(scope(async |s: Scope<()>| {
        s.spawn(async { if true { panic_any(Mine(7)) } else { Ok(()) } });
        Ok(())
    }))
    .await;
    assert_eq!(payload.downcast_ref(), Some(&Mine(7)));
}

#[tokio::test(start_paused = true)]
async fn the_first_of_several_goes_on() {
    let payload = caught(Scope::options().grace(SECOND).run(async |s: Scope<&str>| {
        s.spawn(async {
            sleep(SECOND / 2).await;
            panics("second").await
        });
        s.spawn(panics("first"));
        Ok(())
    }))
    .await;
    assert_eq!(text(&*payload), "first");
}

#[tokio::test(start_paused = true)]
async fn the_bodys_panic_ends_the_children_first() {
    let alive = Alive::default();
    let payload = caught(scope(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        tokio::task::yield_now().await;
        if true { panic_any("body") } else { Ok(()) }
    }))
    .await;
    assert_eq!((text(&*payload), alive.count()), ("body", 0));
}

#[tokio::test(start_paused = true)]
async fn collected_panics_are_failures_in_order() {
    let outcome = Scope::options().panics(Panics::Collect).grace(9 * SECOND).run(async |s: Scope<&str>| {
        s.spawn(panics("child"));
        s.spawn(async {
            sleep(SECOND).await;
            Err::<(), _>("error")
        });
        pending::<Result<(), _>>().await
    });
    let error = outcome.await.unwrap_err();
    assert_eq!(error.reason().unwrap().source(), CancelSource::Panic);
    assert_eq!(error.failures()[0].panic().unwrap().message(), "child");
    assert_eq!(error.failures()[1].error(), Some(&"error"));
}

#[tokio::test(start_paused = true)]
async fn the_bodys_panic_is_collected_too() {
    let outcome = Scope::options().panics(Panics::Collect).run(
        async |_: Scope<&str>| {
            if true { panic_any("body") } else { Ok(()) }
        },
    );
    let error = outcome.await.unwrap_err();
    assert!(error.failures()[0].is_body());
    assert!(matches!(error.failures()[0].kind(), FailureKind::Panic(panic) if panic.message() == "body"));
}

#[tokio::test(start_paused = true)]
async fn a_handle_sees_the_panic_as_well() {
    let outcome = Scope::options().panics(Panics::Collect).collect().run(async |s: Scope<&str>| {
        let error = s.spawn(panics("child")).await.unwrap_err();
        Ok::<String, _>(text(&*error.into_panic()).to_owned())
    });
    let error = outcome.await.unwrap_err();
    assert_eq!(error.failures()[0].panic().unwrap().message(), "child");
}

struct PanicsOnDrop;

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic_any("in a destructor");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_a_childs_destructor_is_one_of_the_child() {
    let payload = caught(scope(async |s: Scope<&str>| {
        s.spawn(async {
            let _bad = PanicsOnDrop;
            tokio::task::yield_now().await;
            Ok(())
        });
        Ok(())
    }))
    .await;
    assert_eq!(text(&*payload), "in a destructor");
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_the_bodys_destructor_ends_the_children_first() {
    let alive = Alive::default();
    let payload = caught(scope(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        let _bad = PanicsOnDrop;
        s.cancel("stop");
        pending::<Result<(), _>>().await
    }))
    .await;
    assert_eq!((text(&*payload), alive.count()), ("in a destructor", 0));
}

#[tokio::test(start_paused = true)]
async fn nothing_of_a_panic_reaches_the_next_scope() {
    drop(caught(scope(async |s| s.spawn(panics("x")).await.unwrap())).await);
    let outcome: Outcome<i32> = scope(async |s| s.spawn(async { Ok(1) }).await.unwrap()).await;
    assert_eq!(outcome.unwrap(), 1);
    assert_eq!(scope::cancel_reason().map(|reason| reason.to_string()), None);
}
