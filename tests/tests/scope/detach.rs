//! `detach`, the root tracker, and `shutdown`.

use std::future::pending;

use steadfast::__private::Root;
use steadfast::{Scope, detach, scope, shutdown};
use tokio::task::yield_now;
use tokio::time::{sleep, timeout};

use crate::{Alive, Outcome, SECOND, forever, second};

#[tokio::test(start_paused = true)]
async fn a_detached_task_outlives_the_scope_and_belongs_to_the_root() {
    let root = Root::new();
    let alive = Alive::default();
    let guard = alive.guard();
    let outcome: Outcome<()> = root
        .enter(scope(async move |s| {
            s.spawn(async move {
                detach("goes on", second(guard));
                Ok(())
            });
            Ok(())
        }))
        .await;
    outcome.unwrap();
    assert_eq!(alive.count(), 1);
    let living = root.living();
    assert_eq!((living.len(), living[0].name()), (1, Some("goes on")));
    assert!(
        living[0].to_string().starts_with("`goes on`, spawned at tests/tests/scope/detach.rs:"),
        "{}",
        living[0]
    );
    root.ended().await;
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn its_value_comes_out_of_the_handle_and_it_has_no_deadline() {
    let outcome = Scope::options().deadline(SECOND).run(async |_: Scope<&str>| {
        Ok(detach("asks", async { steadfast::deadline::current() }).await.unwrap())
    });
    assert_eq!(outcome.await.unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn the_root_waits_for_scopes_that_were_dropped() {
    let root = Root::new();
    let alive = Alive::default();
    let work = scope(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        pending::<Result<(), _>>().await
    });
    let dropped = timeout(SECOND, root.enter(work)).await;
    assert!(dropped.is_err());
    assert_eq!(root.living().len(), 1);
    root.ended().await;
    assert_eq!((alive.count(), root.living().len()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn the_roots_cancel_reaches_everybody_and_stops_nobody() {
    let root = Root::new();
    let ended = root.enter(async {
        let stop = shutdown();
        detach("waits for the end", async move { stop.cancelled().await });
        let outcome: Outcome<&str> = scope(async |s| {
            s.cancelled().await;
            sleep(SECOND).await;
            Ok("in its own time")
        })
        .await;
        outcome.unwrap()
    });
    let cancel = async {
        sleep(SECOND).await;
        root.cancel("test");
    };
    assert_eq!(tokio::join!(ended, cancel).0, "in its own time");
    root.ended().await;
}

#[tokio::test(start_paused = true)]
async fn the_root_aborts_what_does_not_end() {
    let root = Root::new();
    let alive = Alive::default();
    let guard = alive.guard();
    root.enter(async move { drop(detach("never ends", forever(guard))) }).await;
    assert!(timeout(SECOND, root.ended()).await.is_err());
    root.abort();
    root.ended().await;
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_a_detached_task_is_its_own() {
    let handle = detach("panics", async { panic!("oh") });
    let error: tokio::task::JoinError = handle.await.map(|never: ()| never).unwrap_err();
    assert!(error.is_panic());
    yield_now().await;
}
