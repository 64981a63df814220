//! A deadline that is moved while the call runs.

use steadfast::deadline::{Deadline, within};
use steadfast::{PolicyErrorKind, Scope, scope};
use steadfast_tests::against_the_clock;

use super::*;

/// When the call was ended, if it was.
async fn ended_after(outcome: impl Future<Output = Result<(), PolicyError>>) -> Option<std::time::Duration> {
    let (outcome, took) = timed(outcome).await;
    outcome.err().map(|error| {
        assert_eq!((error.kind(), error.function()), (PolicyErrorKind::TimedOut, "deadline::within"));
        assert_eq!(error.elapsed(), took);
        took
    })
}

#[tokio::test(start_paused = true)]
async fn unmoved_it_is_a_timeout() {
    assert_eq!(within(secs(2), async |_| 7).await.unwrap(), 7);
    assert_eq!(ended_after(within(secs(2), async |_| pending::<()>().await)).await, Some(secs(2)));
    let error = within(ms(1500), async |_| pending::<()>().await).await.unwrap_err();
    assert_eq!(error.to_string(), "`deadline::within` timed out after 1.5s");
}

#[tokio::test(start_paused = true)]
async fn later() {
    let call = within(secs(2), async |limit| {
        sleep(secs(1)).await;
        limit.reschedule(Instant::now() + secs(3));
        pending::<()>().await;
    });
    assert_eq!(ended_after(call).await, Some(secs(4)));

    let call = within(secs(2), async |limit| {
        limit.extend_by(secs(3));
        limit.extend_by(secs(1));
        sleep(secs(5)).await;
    });
    assert_eq!(timed(call).await.1, secs(5));
}

#[tokio::test(start_paused = true)]
async fn later_when_the_timer_runs_already() {
    let call = within(secs(2), async |limit| {
        for _ in 0..3 {
            sleep(ms(1900)).await;
            limit.reschedule(Instant::now() + secs(2));
        }
        pending::<()>().await;
    });
    assert_eq!(ended_after(call).await, Some(3 * ms(1900) + secs(2)));
}

#[tokio::test(start_paused = true)]
async fn earlier() {
    let call = within(secs(20), async |limit| {
        sleep(secs(1)).await;
        limit.reschedule(Instant::now() + secs(1));
        pending::<()>().await;
    });
    assert_eq!(ended_after(call).await, Some(secs(2)));
}

#[tokio::test(start_paused = true)]
async fn to_the_past_it_ends_at_the_next_await_that_waits() {
    let reached = std::cell::Cell::new(0);
    let call = within(secs(20), async |limit| {
        sleep(secs(1)).await;
        limit.reschedule(Instant::now() - ms(500));
        std::future::ready(()).await;
        reached.set(1);
        yield_now().await;
        sleep(secs(1)).await;
        reached.set(2);
    });
    let started = Instant::now();
    let error = call.await.unwrap_err();
    assert_eq!((started.elapsed(), reached.get()), (secs(1), 1));
    assert_eq!(error.to_string(), "`deadline::within` timed out after 500ms");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_ready_keeps_its_value() {
    let call = within(secs(1), async |limit| {
        yield_now().await;
        limit.reschedule(Instant::now());
        7
    });
    assert_eq!(call.await.unwrap(), 7);
    assert_eq!(within(secs(0), async |_| 8).await.unwrap(), 8);
    assert_eq!(ended_after(within(secs(0), async |_| pending::<()>().await)).await, Some(secs(0)));
}

#[tokio::test(start_paused = true)]
async fn to_none_there_is_no_limit() {
    let call = within(secs(1), async |limit| {
        yield_now().await;
        limit.reschedule(None);
        assert_eq!((limit.at(), current()), (None, None));
        limit.extend_by(secs(1));
        assert_eq!(limit.at(), None, "there is nothing to extend");
        sleep(secs(60)).await;
        limit.reschedule(Instant::now() + secs(2));
        pending::<()>().await;
    });
    assert_eq!(ended_after(call).await, Some(secs(62)));
}

#[tokio::test(start_paused = true)]
async fn from_none_there_is_one() {
    let call = within(None, async |limit| {
        sleep(secs(60)).await;
        limit.reschedule(Instant::now() + secs(1));
        pending::<()>().await;
    });
    assert_eq!(ended_after(call).await, Some(secs(61)));
    let call = within(std::time::Duration::MAX, async |limit| limit.at());
    assert_eq!(call.await.unwrap(), None, "later than every instant");
}

#[tokio::test(start_paused = true)]
async fn by_another_task_while_the_body_waits() {
    let (give, get) = tokio::sync::oneshot::channel::<Deadline>();
    tokio::spawn(async move {
        let limit = get.await.expect("it is given away");
        sleep(secs(1)).await;
        limit.reschedule(Instant::now() + secs(10)); // the old timer is still to fire
        sleep(secs(5)).await;
        limit.reschedule(Instant::now() + secs(1)); // and this one is sooner
    });
    let call = within(secs(2), async |limit| {
        assert!(give.send(limit).is_ok());
        pending::<()>().await;
    });
    assert_eq!(ended_after(call).await, Some(secs(7)));
}

#[tokio::test(start_paused = true)]
async fn what_is_called_next_sees_the_new_one() {
    let started = Instant::now();
    let call = within(secs(5), async |limit| {
        assert_eq!((limit.at(), current()), (Some(started + secs(5)), Some(started + secs(5))));
        limit.extend_by(secs(3));
        assert_eq!(remaining(), Some(secs(8)));
        assert_eq!(ten().await.unwrap(), Some(secs(8)), "at once");
        limit.reschedule(started + secs(2));
        let child =
            scope(async |tasks: Scope<PolicyError>| Ok(tasks.spawn(ten()).await.expect("it only looks")?));
        assert_eq!(child.await.unwrap(), Some(secs(2)), "and so does what it begins");
        yield_now().await;
        remaining()
    });
    assert_eq!(call.await.unwrap(), Some(secs(2)));
    assert_eq!(current(), None);
}

/// A call that has a deadline of its own keeps it.
#[tokio::test(start_paused = true)]
async fn a_nested_limit_is_not_moved_with_it() {
    let call = within(secs(5), async |limit| {
        let nested = within(secs(1), async |_| {
            limit.extend_by(secs(5));
            assert_eq!(remaining(), Some(secs(1)));
            yield_now().await;
            assert_eq!(remaining(), Some(secs(1)));
            pending::<()>().await;
        });
        (ended_after(nested).await, remaining())
    });
    assert_eq!(call.await.unwrap(), (Some(secs(1)), Some(secs(9))));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_around_it_still_holds() {
    #[timeout(3s)]
    async fn around(more: std::time::Duration) -> Result<(), PolicyError> {
        within(secs(1), async |limit| {
            limit.extend_by(more);
            assert_eq!(remaining(), Some(secs(3)), "the earlier one");
            yield_now().await;
            assert_eq!(remaining(), Some(secs(3)));
            pending::<()>().await;
        })
        .await
    }

    let (error, took) = timed(around(secs(60))).await;
    assert!(error.unwrap_err().function().ends_with("around"));
    assert_eq!(took, secs(3));
    // Moved to the same instant: the outer one wins the tie.
    let (error, took) = timed(around(secs(2))).await;
    assert!(error.unwrap_err().function().ends_with("around"));
    assert_eq!(took, secs(3));
}

#[tokio::test(start_paused = true)]
async fn nested_ones_move_on_their_own() {
    let call = within(secs(2), async |outer| {
        let inner = within(secs(1), async |inner| {
            sleep(ms(500)).await;
            inner.extend_by(secs(60));
            outer.extend_by(secs(1));
            pending::<()>().await;
        });
        inner.await.expect("the outer one ends both");
    });
    assert_eq!(ended_after(call).await, Some(secs(3)));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_kept_outlives_the_limit_it_was_first_polled_in() {
    let mut call = Box::pin(within(secs(1), async |limit| {
        limit.extend_by(secs(4));
        pending::<()>().await;
    }));
    let first = within(secs(1), async |_| call.as_mut().await);
    assert_eq!(ended_after(async { first.await.map(drop) }).await, Some(secs(1)));
    assert_eq!(timed(call).await.1, secs(4), "by its own limit");
}

#[tokio::test(start_paused = true)]
async fn afterwards_it_moves_nothing() {
    let limit = within(None, async |limit| limit).await.unwrap();
    limit.reschedule(Instant::now() + secs(3));
    assert_eq!(current(), None);
    let mut kept = None;
    let call = within(secs(1), async |limit| {
        kept = Some(limit);
        pending::<()>().await;
    });
    assert_eq!(ended_after(call).await, Some(secs(1)));
    kept.expect("it has run").reschedule(None);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_half_way_takes_its_body_with_it() {
    let held = std::rc::Rc::new(());
    let body = std::rc::Rc::clone(&held);
    let mut given = None;
    let mut call = Box::pin(within(None, async |limit| {
        given = Some(limit);
        pending::<()>().await;
        drop(body);
    }));
    assert!(futures::poll!(call.as_mut()).is_pending());
    drop(call);
    assert_eq!(std::rc::Rc::strong_count(&held), 1);
    given.expect("it was polled").reschedule(Instant::now());
    assert_eq!(current(), None);
}

#[tokio::test(start_paused = true)]
async fn a_panic_goes_through_and_leaves_no_deadline_behind() {
    let given = std::cell::OnceCell::new();
    let mut call = Box::pin(within(None, async |limit| {
        given.set(limit).expect("polled once");
        yield_now().await;
        panic!("with a deadline set");
    }));
    let outcome: Result<Result<(), _>, _> = AssertUnwindSafe(call.as_mut()).catch_unwind().await;
    outcome.unwrap_err();
    given.get().expect("it was polled").reschedule(Instant::now() + secs(1));
    assert_eq!(current(), None);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_uses_the_budget_up_does_not_hide_its_end() {
    let greedy = within(secs(2), async |limit| {
        limit.extend_by(secs(1));
        loop {
            tokio::task::coop::consume_budget().await;
        }
    });
    let outcome: Result<(), PolicyError> = against_the_clock(greedy).await;
    assert_eq!(outcome.unwrap_err().kind(), PolicyErrorKind::TimedOut);
}

#[tokio::test(start_paused = true)]
async fn in_a_task_of_its_own() {
    let call = tokio::spawn(within(secs(2), async |limit| {
        limit.extend_by(secs(1));
        pending::<()>().await;
    }));
    let (outcome, took) = timed(call).await;
    assert_eq!(outcome.expect("no panic").unwrap_err().kind(), PolicyErrorKind::TimedOut);
    assert_eq!(took, secs(3));
}

#[tokio::test(start_paused = true)]
async fn retries_reckon_with_the_deadline_as_it_is() {
    #[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none)]
    async fn every_second(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let attempts = Attempts::new();
    let call = within(ms(500), async |limit| {
        limit.extend_by(secs(2));
        every_second(&attempts).await
    });
    call.await.expect("it gives up before").unwrap_err();
    assert_eq!(attempts.at(), [secs(0), secs(1), secs(2)]);
}
