//! S10: cancel, grace, abort, wait, and only then `Elapsed`; the outer deadline wins a tie.

use std::future::pending;
use std::sync::Mutex;

use steadfast::scope::{CancelSource, GroupErrorKind};
use steadfast::{PolicyError, Scope, deadline, scope, timeout};
use steadfast_tests::timed;
use tokio::time::{Instant, sleep};

use crate::{Alive, Outcome, SECOND, errors, forever};

#[tokio::test(start_paused = true)]
async fn it_is_elapsed_when_the_children_have_ended_and_not_before() {
    let alive = Alive::default();
    let (outcome, took) =
        timed(Scope::options().deadline(2 * SECOND).grace(3 * SECOND).run(async |s: Scope<&str>| {
            s.spawn(forever(alive.guard()));
            pending::<Result<(), _>>().await
        }))
        .await;
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), took, alive.count()), (GroupErrorKind::Elapsed, 5 * SECOND, 0));
    assert_eq!(error.reason().unwrap().source(), CancelSource::Deadline);
    assert!(error.is_elapsed() && error.is_empty());
    assert_eq!(error.to_string(), "the deadline of the scope has passed");
}

#[tokio::test(start_paused = true)]
async fn it_holds_for_the_wait_as_well() {
    let alive = Alive::default();
    let (outcome, took) = timed(Scope::options().deadline(2 * SECOND).run(async |s: Scope<&str>| {
        s.spawn(forever(alive.guard()));
        Ok(())
    }))
    .await;
    assert!(outcome.unwrap_err().is_elapsed());
    assert_eq!((took, alive.count()), (2 * SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn a_scope_that_ends_in_time_is_not_elapsed() {
    let (outcome, took) = timed(Scope::options().deadline(2 * SECOND).run(async |s: Scope<&str>| {
        s.spawn(async {
            sleep(SECOND).await;
            Ok(())
        });
        Ok(1)
    }))
    .await;
    assert_eq!((outcome.unwrap(), took), (1, SECOND));
}

#[tokio::test(start_paused = true)]
async fn what_fails_in_the_grace_is_kept() {
    let outcome = Scope::options().deadline(SECOND).grace(SECOND).run(async |s: Scope<&str>| {
        let own = s.clone();
        s.spawn(async move {
            own.cancelled().await;
            Err::<(), _>("while stopping")
        });
        Ok(())
    });
    let error = outcome.await.unwrap_err();
    assert!(error.is_elapsed());
    assert_eq!(errors(error), ["while stopping"]);
}

#[tokio::test(start_paused = true)]
async fn children_see_the_deadline() {
    let started = Instant::now();
    let outcome = Scope::options().deadline(5 * SECOND).run(async |s: Scope<&str>| {
        assert_eq!(s.deadline(), Some(started + 5 * SECOND));
        assert_eq!(deadline::current(), s.deadline());
        let nested = s.spawn(async {
            let inner = Scope::options().deadline(60 * SECOND).run(async |s: Scope<&str>| Ok(s.deadline()));
            Ok((deadline::current(), inner.await.unwrap()))
        });
        let both = (s.deadline(), s.deadline());
        assert_eq!(nested.await.unwrap()?, both);
        Ok(())
    });
    outcome.await.unwrap();
    assert_eq!(deadline::current(), None);
}

#[tokio::test(start_paused = true)]
async fn children_see_the_deadline_of_a_policy_around_the_scope() {
    #[timeout(total = 3s)]
    async fn limited() -> Result<(), PolicyError> {
        let outcome: Outcome<()> = scope(async |s| {
            let left = s.spawn(async { Ok(deadline::remaining()) }).await.unwrap()?;
            assert_eq!(left, Some(3 * SECOND));
            Ok(())
        })
        .await;
        outcome.unwrap();
        Ok(())
    }
    limited().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn of_two_equal_deadlines_the_outer_scope_has_it() {
    let inner_end = Mutex::new(None);
    let outer = Scope::options().deadline(2 * SECOND).run(async |_: Scope<&str>| {
        let inner = Scope::options()
            .deadline(2 * SECOND)
            .run(async |_: Scope<&str>| pending::<Result<(), _>>().await);
        *inner_end.lock().unwrap() = Some(inner.await);
        Ok(())
    });
    assert!(outer.await.unwrap_err().is_elapsed());
    assert!(inner_end.lock().unwrap().is_none(), "the inner one was stopped, and did not elapse");
}

#[tokio::test(start_paused = true)]
async fn of_two_equal_deadlines_the_policy_around_has_it() {
    #[timeout(total = 2s)]
    async fn limited(elapsed: &Mutex<bool>) -> Result<(), PolicyError> {
        let inner = Scope::options()
            .deadline(2 * SECOND)
            .run(async |_: Scope<&str>| pending::<Result<(), _>>().await);
        *elapsed.lock().unwrap() = inner.await.is_err();
        Ok(())
    }
    let elapsed = Mutex::new(false);
    limited(&elapsed).await.unwrap_err();
    assert!(!*elapsed.lock().unwrap());
}

#[tokio::test(start_paused = true)]
async fn of_a_scope_in_a_child_too() {
    let outcome = Scope::options().deadline(2 * SECOND).grace(SECOND).run(async |s: Scope<&str>| {
        s.spawn(async {
            let inner = Scope::options().deadline(2 * SECOND).run(async |s: Scope<&str>| {
                s.cancelled().await;
                Ok(s.cancel_reason().unwrap().source())
            });
            // Cancelled by the outer one, it uses that one's grace.
            assert_eq!(inner.await.unwrap(), CancelSource::Deadline);
            Err::<(), _>("seen")
        });
        Ok(())
    });
    assert_eq!(errors(outcome.await.unwrap_err()), ["seen"]);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_uses_the_budget_up_does_not_outlive_it() {
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let outcome = Scope::options().deadline(SECOND).run(async |_: Scope<&str>| {
        loop {
            sender.send(()).unwrap();
            receiver.recv().await.unwrap();
            tokio::time::advance(SECOND / 500).await;
        }
        #[expect(unreachable_code, reason = "names the type")]
        Ok::<(), &str>(())
    });
    assert!(outcome.await.unwrap_err().is_elapsed());
}
