//! Why everything was asked to stop: children and errors are told the cause that the program was given.

use steadfast::__private::Root;
use steadfast::scope::{CancelReason, CancelSource, cancel_reason};
use steadfast::{GroupError, Scope, scope, shutdown};

type Outcome<T> = Result<T, GroupError<&'static str>>;

/// Source and cause.
fn parts(reason: Option<&CancelReason>) -> Option<(CancelSource, &str)> {
    reason.map(|reason| (reason.source(), reason.cause()))
}

const SIGTERM: Option<(CancelSource, &str)> = Some((CancelSource::Shutdown, "SIGTERM"));

#[tokio::test]
async fn a_child_finds_the_cause_of_the_shutdown() {
    let root = Root::new();
    let outcome: Outcome<()> = root
        .enter(scope(async |s: Scope<&'static str>| {
            let inner = s.clone();
            let child = s.spawn(async move {
                assert!(cancel_reason().is_none());
                inner.token().cancelled().await;
                assert_eq!(parts(cancel_reason().as_ref()), SIGTERM);
                assert_eq!(parts(inner.cancel_reason().as_ref()), SIGTERM);
                Ok(())
            });
            tokio::task::yield_now().await;
            root.cancel("SIGTERM");
            child.await.map_err(|_| "cancelled")?
        }))
        .await;
    outcome.unwrap();
}

#[tokio::test]
async fn the_first_cause_stays_and_new_tasks_are_let_in() {
    let root = Root::new();
    let outcome: Outcome<u32> = root
        .enter(async {
            root.cancel("SIGTERM");
            root.cancel("main has returned");
            assert!(shutdown().is_cancelled());
            assert_eq!(parts(cancel_reason().as_ref()), SIGTERM);
            let cleaned_up = steadfast::detach("cleans up", async { 1 }).await.unwrap();
            scope(async |s: Scope<&'static str>| {
                let child = s.spawn(async { Ok(parts(cancel_reason().as_ref()) == SIGTERM) });
                assert!(child.await.unwrap().unwrap());
                Ok(cleaned_up)
            })
            .await
        })
        .await;
    assert_eq!(outcome.unwrap(), 1);
}

/// What gives up because it was asked to says who asked, not that it gave up.
#[tokio::test(start_paused = true)]
async fn an_error_that_follows_from_it_carries_the_cause() {
    let root = Root::new();
    let by_the_body: Outcome<()> = root
        .enter(scope(async |s: Scope<&'static str>| {
            root.cancel("SIGTERM");
            s.token().cancelled().await;
            Err("gave up")
        }))
        .await;
    let by_the_body = by_the_body.unwrap_err();
    assert_eq!(parts(by_the_body.reason()), SIGTERM);
    assert_eq!(by_the_body.first(), Some(&"gave up"));

    let root = Root::new();
    let by_a_child: Outcome<()> = root
        .enter(scope(async |s: Scope<&'static str>| {
            let inner = s.clone();
            s.spawn(async move {
                inner.token().cancelled().await;
                Err::<(), _>("gave up")
            });
            root.cancel("SIGTERM");
            std::future::pending().await
        }))
        .await;
    assert_eq!(parts(by_a_child.unwrap_err().reason()), SIGTERM);
}

#[tokio::test]
async fn an_error_that_was_there_before_keeps_its_own() {
    let root = Root::new();
    let outcome: Outcome<()> = root
        .enter(scope(async |s: Scope<&'static str>| {
            s.spawn_named("reader", async { Err::<(), _>("no such page") });
            let token = s.token();
            token.cancelled().await;
            root.cancel("SIGTERM");
            std::future::pending().await
        }))
        .await;
    let error = outcome.unwrap_err();
    assert_eq!(error.reason().map(CancelReason::source), Some(CancelSource::Error));
    assert_eq!(error.reason().and_then(CancelReason::task), Some("reader"));
}

/// The same between two scopes.
#[tokio::test]
async fn an_inner_scope_says_why_the_outer_one_was_cancelled() {
    let outcome: Outcome<()> = scope(async |outer: Scope<&'static str>| {
        let inner: Outcome<()> = scope(async |s: Scope<&'static str>| {
            outer.cancel("seen enough");
            s.token().cancelled().await;
            Err("gave up")
        })
        .await;
        let reason = inner.unwrap_err();
        assert_eq!(parts(reason.reason()), Some((CancelSource::Requested, "seen enough")));
        Ok(())
    })
    .await;
    outcome.unwrap();
}

#[cfg(unix)]
mod signal {
    use std::io::{BufRead, BufReader, Read as _};
    use std::process::{Command, Stdio};

    use super::*;

    const CHILD: &str = "STEADFAST_TEST_CHILD";

    #[steadfast::main(flavor = "current_thread")]
    async fn program() -> Result<(), GroupError<&'static str>> {
        let outcome = scope(async |s: Scope<&'static str>| {
            eprintln!("ready");
            s.token().cancelled().await;
            let reason = cancel_reason().expect("it was cancelled");
            eprintln!("asked by {}", reason.cause());
            Err("gave up")
        })
        .await;
        if let Err(error) = &outcome {
            eprintln!("error by {}", error.reason().expect("it was cancelled").cause());
        }
        outcome
    }

    #[test]
    fn the_cause_is_the_name_of_the_signal() {
        if std::env::var_os(CHILD).is_some() {
            let _ = program();
            return;
        }
        for (signal, name) in [("TERM", "SIGTERM"), ("INT", "Ctrl-C")] {
            let mut child = Command::new(std::env::current_exe().expect("this binary"))
                .args(["signal::the_cause_is_the_name_of_the_signal", "--exact", "--nocapture"])
                .env(CHILD, "1")
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut stderr = BufReader::new(child.stderr.take().unwrap());
            let mut told = String::new();
            while !told.contains("ready") {
                assert_ne!(stderr.read_line(&mut told).unwrap(), 0, "it ended too early:\n{told}");
            }
            let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
            assert!(kill.unwrap().success());
            stderr.read_to_string(&mut told).unwrap();
            assert!(child.wait().unwrap().success(), "{told}");
            assert!(told.contains(&format!("asked by {name}\nerror by {name}\n")), "{told}");
        }
    }
}
