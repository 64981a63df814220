//! S1, S2, S4: the first failure is recorded, then ends the body, the siblings and their destructors.

use std::future::pending;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use steadfast::scope::{CancelSource, GroupErrorKind};
use steadfast::{Scope, scope};
use steadfast_tests::timed;
use tokio::time::sleep;

use crate::{Alive, Outcome, SECOND, errors, forever};

#[tokio::test(start_paused = true)]
async fn an_error_ends_the_siblings_and_stops_the_body() {
    let alive = Alive::default();
    let (outcome, took) = timed(scope(async |s| {
        s.spawn(forever(alive.guard()));
        s.spawn(async {
            sleep(SECOND).await;
            Err::<(), _>("bad")
        });
        let _guard = alive.guard();
        pending::<Result<(), &str>>().await
    }))
    .await;
    let error = outcome.unwrap_err();
    assert_eq!((took, alive.count()), (SECOND, 0));
    assert_eq!(
        (error.kind(), error.reason().unwrap().source()),
        (GroupErrorKind::Failed, CancelSource::Error)
    );
    assert_eq!(errors(error), ["bad"]);
}

#[tokio::test(start_paused = true)]
async fn it_is_recorded_before_the_token_is_cancelled() {
    let seen = Arc::new(Mutex::new(None));
    let outcome = Scope::options().grace(SECOND).run(async |s: Scope<&str>| {
        let (own, seen) = (s.clone(), Arc::clone(&seen));
        s.spawn(async move {
            own.cancelled().await;
            *seen.lock().unwrap() = own.cancel_reason().map(|reason| reason.to_string());
            Ok(())
        });
        s.spawn_named("bad one", async { Err::<(), _>("bad") });
        Ok(())
    });
    outcome.await.unwrap_err();
    let seen = seen.lock().unwrap().take().unwrap();
    assert!(seen.starts_with("a task returned an error (task `bad one`, spawned at "), "{seen}");
}

#[tokio::test(start_paused = true)]
async fn children_have_their_grace_and_the_body_has_none() {
    let alive = Alive::default();
    let cleaned = AtomicBool::new(false);
    let cleaned_up = Arc::new(cleaned);
    let (outcome, took) = timed(Scope::options().grace(5 * SECOND).run(async |s: Scope<&str>| {
        let (own, cleaned_up) = (s.clone(), Arc::clone(&cleaned_up));
        s.spawn(async move {
            own.cancelled().await;
            sleep(2 * SECOND).await;
            cleaned_up.store(true, Ordering::SeqCst);
            Ok(())
        });
        s.spawn(async { Err::<(), _>("bad") });
        let _guard = alive.guard();
        let on_drop = Cleared(&alive);
        sleep(60 * SECOND).await;
        drop(on_drop);
        Ok(())
    }))
    .await;
    assert_eq!(errors(outcome.unwrap_err()), ["bad"]);
    assert!(cleaned_up.load(Ordering::SeqCst));
    assert_eq!(took, 2 * SECOND);
}

/// Dropped with the body, while its guard still is alive.
struct Cleared<'a>(&'a Alive);

impl Drop for Cleared<'_> {
    fn drop(&mut self) {
        assert_eq!(self.0.count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_does_not_use_its_grace_is_aborted_after_it() {
    let alive = Alive::default();
    let (outcome, took) = timed(Scope::options().grace(5 * SECOND).run(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        s.spawn(async { Err::<(), _>("bad") });
        Ok(())
    }))
    .await;
    assert_eq!(errors(outcome.unwrap_err()), ["bad"]);
    assert_eq!((took, alive.count()), (5 * SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn all_failures_are_kept_in_order_and_the_bodys_is_last() {
    let outcome = Scope::options().grace(10 * SECOND).run(async |s: Scope<&str>| {
        for (nth, error) in ["third", "first", "second"].into_iter().enumerate() {
            let own = s.clone();
            s.spawn_named(error, async move {
                own.cancelled().await;
                sleep(SECOND * [3, 1, 2][nth]).await;
                Err::<(), _>(error)
            });
        }
        tokio::task::yield_now().await;
        Err::<(), _>("body")
    });
    let error = outcome.await.unwrap_err();
    let all: Vec<_> = error.failures().iter().map(|f| (f.name(), f.index(), *f.error().unwrap())).collect();
    assert_eq!(
        all,
        [
            (Some("first"), Some(1), "first"),
            (Some("second"), Some(2), "second"),
            (Some("third"), Some(0), "third"),
            (None, None, "body"),
        ]
    );
    assert!(error.failures()[..3].iter().all(|f| f.location().unwrap().file().ends_with("fail_fast.rs")));
    assert!(error.failures()[3].is_body() && error.failures()[3].location().is_none());
}

#[tokio::test(start_paused = true)]
async fn errors_beat_a_cancel_and_the_token_stays_cancelled() {
    let outcome = Scope::options().grace(5 * SECOND).run(async |s: Scope<&str>| {
        let own = s.clone();
        s.spawn(async move {
            own.cancelled().await;
            Err::<(), _>("while stopping")
        });
        tokio::task::yield_now().await;
        s.cancel("enough");
        pending::<Result<(), _>>().await
    });
    let error = outcome.await.unwrap_err();
    assert_eq!((error.kind(), error.len()), (GroupErrorKind::Failed, 1));
    assert_eq!(error.reason().unwrap().cause(), "enough");

    let token = Mutex::new(None);
    let outcome: Outcome<()> = scope(async |s| {
        *token.lock().unwrap() = Some(s.token());
        Err("bad")
    })
    .await;
    outcome.unwrap_err();
    assert!(token.lock().unwrap().as_ref().unwrap().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_failure_while_the_scope_waits_ends_the_others_too() {
    let alive = Alive::default();
    let (outcome, took) = timed(scope(async |s| {
        s.spawn(forever(alive.guard()));
        s.spawn(async {
            sleep(SECOND).await;
            Err::<(), _>("late")
        });
        Ok("the body is through")
    }))
    .await;
    assert_eq!(errors(outcome.unwrap_err()), ["late"]);
    assert_eq!((took, alive.count()), (SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn the_bodys_error_ends_the_children() {
    let alive = Alive::default();
    let outcome = scope(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        tokio::task::yield_now().await;
        Err::<(), _>("body")
    });
    let error = outcome.await.unwrap_err();
    assert_eq!(error.reason().unwrap().source(), CancelSource::Body);
    assert_eq!((errors(error), alive.count()), (vec!["body"], 0));
}

#[tokio::test(start_paused = true)]
async fn children_that_never_ran_are_dropped_too() {
    let alive = Alive::default();
    let outcome = scope(async |s: Scope<&str>| {
        for _ in 0..10 {
            s.spawn(forever(alive.guard()));
        }
        Err::<(), _>("at once")
    });
    outcome.await.unwrap_err();
    assert_eq!(alive.count(), 0);
}
