//! Scopes: their joiner, their children that end, fail and are aborted, who adopts them, and the token.

use std::sync::Mutex;

use steadfast_loom::__private::must_join::{Failure, Options, Returned, discarded, join, spawn};
use steadfast_loom::__private::{Site, shield};
use steadfast_loom::{GroupError, Scope, scope};

use super::*;

type Outcome<T> = Result<T, GroupError<&'static str>>;

static SITE: Site = Site::new("site");

/// The last child ends while the scope begins to wait.
#[test]
fn it_is_ready_when_its_children_have_ended() {
    every_order_of(3, async |alive| {
        let outcome: Outcome<()> = scope(async |s| {
            for _ in 0..2 {
                let guard = alive.guard();
                s.spawn(async move {
                    drop(guard);
                    Ok(())
                });
            }
            Ok(())
        })
        .await;
        assert!(outcome.is_ok());
        assert_eq!(alive.now(), 0);
    });
}

#[test]
fn whoever_awaits_a_child_gets_its_value() {
    every_order_of(3, async |alive| {
        let outcome: Outcome<u8> = scope(async |s| {
            let guard = alive.guard();
            let child = s.spawn(async move {
                drop(guard);
                Ok(7)
            });
            child.await.map_err(|_| "cancelled")?
        })
        .await;
        assert_eq!(outcome.ok(), Some(7));
    });
}

/// Each error that was returned is there, whichever came first; the other child may have been aborted before.
#[test]
fn no_error_is_lost() {
    every_order_of(2, async |alive| {
        let returned = Count::default();
        let outcome: Outcome<()> = scope(async |s| {
            for error in ["one", "two"] {
                let (guard, returned) = (alive.guard(), returned.clone());
                s.spawn(async move {
                    let _guard = guard;
                    returned.add();
                    Err::<(), _>(error)
                });
            }
            forever().await;
            Ok(())
        })
        .await;
        assert_eq!(outcome.map_err(|error| error.len()), Err(returned.now()));
        assert_eq!(alive.now(), 0);
    });
}

/// The body is stopped, and a child that waits for ever is aborted, also one that is being spawned.
#[test]
fn a_cancel_reaches_whoever_is_there() {
    every_order_of(2, async |alive| {
        let outcome: Outcome<()> = scope(async |s| {
            let own: Scope<&str> = s.clone();
            s.spawn(async move {
                own.cancel("enough");
                Ok(())
            });
            let guard = alive.guard();
            s.spawn(async move {
                let _guard = guard;
                forever().await;
                Ok(())
            });
            forever().await;
            Ok(())
        })
        .await;
        assert!(outcome.is_err_and(|error| error.is_cancelled()));
        assert_eq!(alive.now(), 0);
    });
}

/// A child spawns a sibling while the body fails: it is refused, or aborted, and gone in any case.
#[test]
fn a_child_that_is_spawned_while_the_scope_stops() {
    every_order_of(3, async |alive| {
        let outcome: Outcome<()> = scope(async |s| {
            let (own, guard): (Scope<&str>, _) = (s.clone(), alive.guard());
            s.spawn(async move {
                own.spawn(async move {
                    let _guard = guard;
                    forever().await;
                    Ok(())
                });
                Ok(())
            });
            Err("bad")
        })
        .await;
        assert!(outcome.is_err_and(|error| error.len() == 1));
        assert_eq!(alive.now(), 0);
    });
}

/// Whoever makes the token while the scope is being cancelled has one that is cancelled.
#[test]
fn a_token_that_is_made_while_the_scope_is_cancelled() {
    every_order_of(3, async |_| {
        let made = Arc::new(Mutex::new(None));
        let outcome: Outcome<()> = scope(async |s| {
            let (own, made): (Scope<&str>, _) = (s.clone(), Arc::clone(&made));
            s.spawn(async move {
                let token = own.token();
                *made.lock().expect("no panic") = Some(token);
                Ok(())
            });
            s.cancel("enough");
            Ok(())
        })
        .await;
        assert!(outcome.is_ok());
        // `None` if the child was aborted before.
        let made = made.lock().expect("no panic").take();
        assert!(made.is_none_or(|token| token.is_cancelled()));
    });
}

/// Two make it at once.
#[test]
fn there_is_one_token() {
    every_order_of(3, async |_| {
        let made = Arc::new(Mutex::new(Vec::new()));
        let outcome: Outcome<()> = scope(async |s| {
            let (own, theirs): (Scope<&str>, _) = (s.clone(), Arc::clone(&made));
            s.spawn(async move {
                let token = own.token();
                theirs.lock().expect("no panic").push(token);
                Ok(())
            });
            let token = s.token();
            made.lock().expect("no panic").push(token);
            Ok(())
        })
        .await;
        assert!(outcome.is_ok());
        assert_eq!(made.lock().expect("no panic").len(), 2);
    });
}

/// Its children end while it gives them away: the root waits for as many as there are.
#[test]
fn a_scope_that_is_dropped_while_its_children_end() {
    every_order_of(2, async |alive| {
        let dropped = poll_once(scope(async |s: Scope<&str>| {
            for waits in [false, true] {
                let guard = alive.guard();
                s.spawn(async move {
                    let _guard = guard;
                    if waits {
                        forever().await;
                    }
                    Ok(())
                });
            }
            forever().await;
            Ok(())
        }));
        assert!(dropped.is_none());
    });
}

/// The same with a scope around it, which is not ready before.
#[test]
fn a_scope_that_is_dropped_inside_of_another_one() {
    every_order_of(3, async |alive| {
        let outcome: Outcome<()> = scope(async |_| {
            let dropped = poll_once(scope(async |s: Scope<&str>| {
                let guard = alive.guard();
                s.spawn(async move {
                    drop(guard);
                    Ok(())
                });
                forever().await;
                Ok(())
            }));
            assert!(dropped.is_none());
            Ok(())
        })
        .await;
        assert!(outcome.is_ok());
        assert_eq!(alive.now(), 0);
    });
}

/// The scope around is itself dropped, in a child that is aborted, while the innermost child ends.
#[test]
fn a_scope_in_a_child_that_is_aborted() {
    every_order_of(2, async |alive| {
        let outcome: Outcome<()> = scope(async |s| {
            let guard = alive.guard();
            s.spawn(async move {
                let inner: Outcome<()> = scope(async move |inner| {
                    inner.spawn(async move {
                        drop(guard);
                        Ok(())
                    });
                    forever().await;
                    Ok(())
                })
                .await;
                inner.map_err(|_| "inner")
            });
            Err("bad")
        })
        .await;
        assert!(outcome.is_err());
        assert_eq!(alive.now(), 0);
    });
}

/// A call that goes on in the background keeps the scope, however late it is dropped.
#[test]
fn what_is_shielded_is_waited_for() {
    every_order_of(2, async |alive| {
        let ended = Count::default();
        let outcome: Outcome<()> = scope(async |s| {
            s.spawn(async { Err::<(), _>("bad") });
            let (guard, ended) = (alive.guard(), ended.clone());
            let mut turns = 0;
            let call = shield(&SITE, async move {
                let _guard = guard;
                poll_fn(move |cx| {
                    turns += 1;
                    cx.waker().wake_by_ref();
                    if turns < 2 { Poll::Pending } else { Poll::Ready(()) }
                })
                .await;
                ended.add();
            });
            assert!(poll_once(call).is_none());
            Ok(())
        })
        .await;
        assert!(outcome.is_err());
        assert_eq!((alive.now(), ended.now()), (0, 1));
    });
}

/// The handle of a task is discarded while it returns its error, which is the function's.
#[test]
fn the_error_of_a_discarded_task() {
    every_order_of(3, async |alive| {
        let guard = alive.guard();
        let outcome = join(&SITE, Options::new(), Result::is_err, async move {
            let task = spawn(async move {
                drop(guard);
                Err::<(), _>("bad")
            });
            discarded(task).or_fail(Returned::<Result<(), &str>>::new().error());
            Ok::<(), &str>(())
        })
        .await;
        let Err(failure @ Failure::Task(_)) = outcome else { panic!("the error is lost: {outcome:?}") };
        assert_eq!(Returned::<Result<(), &str>>::new().end::<()>(failure), Err("bad"));
    });
}

/// Where errors are collected, one is the scope's, or whoever awaits its task has it.
#[test]
fn an_error_that_is_collected_comes_out_once() {
    every_order_of(3, async |_| {
        let seen = Count::default();
        let outcome = Scope::options().collect().run(async |s: Scope<&str>| {
            let child = s.spawn(async { Err::<(), _>("bad") });
            if let Some(Ok(Err("bad"))) = poll_once(child) {
                seen.add();
            }
            Ok(())
        });
        let told = outcome.await.map_err(|error| error.len());
        assert_eq!((told, seen.now()), if seen.now() == 1 { (Ok(()), 1) } else { (Err(1), 0) });
    });
}
