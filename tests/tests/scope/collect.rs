//! Scopes that do not fail fast: `collect`, and S13, `supervise`.

use std::future::pending;
use std::sync::{Arc, Mutex};

use steadfast::scope::{GroupErrorKind, Panics};
use steadfast::{Scope, TaskFailure};
use steadfast_tests::timed;
use tokio::time::sleep;

use crate::{Alive, SECOND, errors, forever, second};

async fn fails(after: u32, error: &'static str) -> Result<(), &'static str> {
    sleep(SECOND * after).await;
    Err(error)
}

#[tokio::test(start_paused = true)]
async fn collect_lets_the_siblings_and_the_body_end() {
    let (outcome, took) = timed(Scope::options().collect().run(async |s: Scope<&str>| {
        s.spawn(fails(2, "second"));
        s.spawn(fails(1, "first"));
        sleep(3 * SECOND).await;
        assert!(!s.is_cancelled());
        Ok(())
    }))
    .await;
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), took), (GroupErrorKind::Failed, 3 * SECOND));
    assert!(error.reason().is_none());
    assert_eq!(errors(error), ["first", "second"]);
}

#[tokio::test(start_paused = true)]
async fn an_error_that_its_handle_gave_is_not_reported_twice() {
    let outcome = Scope::options().collect().run(async |s: Scope<&str>| {
        let seen = s.spawn(fails(1, "seen"));
        s.spawn(fails(1, "unseen"));
        assert_eq!(seen.await.unwrap(), Err("seen"));
        Ok(())
    });
    assert_eq!(errors(outcome.await.unwrap_err()), ["unseen"]);

    let outcome = Scope::options()
        .collect()
        .run(async |s: Scope<&str>| Ok(s.spawn(fails(1, "seen")).await.unwrap().is_err()));
    assert!(outcome.await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn the_bodys_error_ends_a_collecting_scope() {
    let alive = Alive::default();
    let outcome = Scope::options().collect().run(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        Err::<(), _>("body")
    });
    assert_eq!(errors(outcome.await.unwrap_err()), ["body"]);
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_supervisor_hears_of_every_error_and_the_siblings_live() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let alive = Alive::default();
    let sink = Arc::clone(&heard);
    let supervise = Scope::options().supervise(move |failure: TaskFailure<&'static str>| {
        let name = failure.name().map(str::to_owned);
        sink.lock().unwrap().push((name, failure.into_error().unwrap()));
    });
    let (outcome, took) = timed(supervise.run(async |s: Scope<&str>| {
        s.spawn_named("one", fails(1, "first"));
        s.spawn_named("two", fails(2, "second"));
        s.spawn(async {
            sleep(2 * SECOND).await;
            Ok(())
        });
        s.spawn(second(alive.guard()));
        Ok("value")
    }))
    .await;
    assert_eq!((outcome.unwrap(), took, alive.count()), ("value", 2 * SECOND, 0));
    let heard = heard.lock().unwrap();
    assert_eq!(*heard, [(Some("one".to_owned()), "first"), (Some("two".to_owned()), "second")]);
}

#[tokio::test(start_paused = true)]
async fn the_bodys_error_and_a_cancel_end_a_supervised_group() {
    let alive = Alive::default();
    let supervised = || Scope::options().supervise(|_: TaskFailure<&'static str>| {});
    let outcome = supervised().run(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        Err::<(), _>("body")
    });
    assert_eq!(errors(outcome.await.unwrap_err()), ["body"]);
    let outcome = supervised().run(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        s.cancel("enough");
        pending::<Result<(), _>>().await
    });
    assert!(outcome.await.unwrap_err().is_cancelled());
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_outer_cancel_reaches_a_supervised_group() {
    let outcome = Scope::options().grace(SECOND).run(async |outer: Scope<&str>| {
        outer.spawn(async {
            let inner =
                Scope::options().supervise(|_: TaskFailure<&'static str>| {}).run(async |s: Scope<&str>| {
                    let own = s.clone();
                    s.spawn(async move {
                        own.cancelled().await;
                        Ok(())
                    });
                    Ok(())
                });
            inner.await.map_err(|_| "inner")
        });
        tokio::task::yield_now().await;
        outer.cancel("enough");
        Ok(())
    });
    outcome.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_supervisor_hears_of_collected_panics_and_its_own_panic_ends_the_group() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&heard);
    let outcome = Scope::options()
        .panics(Panics::Collect)
        .supervise(move |failure: TaskFailure<&'static str>| sink.lock().unwrap().push(failure.to_string()))
        .run(async |s: Scope<&str>| {
            s.spawn(async { if true { panic!("oh") } else { Ok(()) } });
            Ok(())
        });
    outcome.await.unwrap();
    assert!(heard.lock().unwrap()[0].starts_with("panicked: oh"));

    let alive = Alive::default();
    let outcome = Scope::options()
        .panics(Panics::Collect)
        .supervise(|_: TaskFailure<&'static str>| panic!("handler"))
        .run(async |s: Scope<&str>| {
            s.spawn(forever(alive.guard()));
            s.spawn(fails(1, "bad"));
            Ok(())
        });
    assert_eq!(outcome.await.unwrap_err().failures()[0].panic().unwrap().message(), "handler");
    assert_eq!(alive.count(), 0);
}
