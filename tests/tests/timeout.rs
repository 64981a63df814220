//! `#[timeout]`: ends a call at its limit, and says so in the caller's own terms.

use std::future::pending;
use std::io;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use steadfast::{Executed, PolicyError, PolicyErrorKind, timeout};
use steadfast_tests::{against_the_clock, ms, record, secs, timed};
use tokio::time::{advance, sleep};

#[path = "timeout/conversion.rs"]
mod conversion;
#[path = "timeout/forms.rs"]
mod forms;

#[timeout(1s)]
async fn sleeps(time: Duration) -> Result<Duration, PolicyError> {
    sleep(time).await;
    Ok(time)
}

#[tokio::test(start_paused = true)]
async fn a_call_that_ends_in_time_is_untouched() {
    let (outcome, took) = timed(sleeps(ms(999))).await;
    assert_eq!((outcome.unwrap(), took), (ms(999), ms(999)));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_ready_at_the_limit_is_in_time() {
    let (outcome, took) = timed(sleeps(secs(1))).await;
    assert_eq!((outcome.unwrap(), took), (secs(1), secs(1)));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_takes_longer_ends_at_the_limit() {
    let (outcome, took) = timed(sleeps(ms(1_001))).await;
    let error = outcome.unwrap_err();
    assert_eq!(took, secs(1));
    assert_eq!(error.kind(), PolicyErrorKind::TimedOut);
    assert_eq!(error.executed(), Executed::Maybe);
    assert_eq!(error.retry_after(), None);
    assert_eq!(error.function(), "timeout::sleeps");
    assert_eq!(error.elapsed(), secs(1));
    assert_eq!(error.to_string(), "`timeout::sleeps` timed out after 1s");
}

#[tokio::test(start_paused = true)]
async fn elapsed_is_what_was_waited_and_not_the_limit() {
    let mut call = pin!(sleeps(secs(60)));
    assert!(futures::poll!(call.as_mut()).is_pending());
    // Nobody looks for a while.
    advance(secs(7)).await;
    let error = call.await.unwrap_err();
    assert_eq!(error.elapsed(), secs(7));
    assert_eq!(error.to_string(), "`timeout::sleeps` timed out after 1s");
}

#[tokio::test(start_paused = true)]
async fn the_clock_runs_from_the_first_poll() {
    let call = sleeps(ms(900));
    advance(secs(60)).await;
    assert_eq!(call.await.unwrap(), ms(900));
}

#[tokio::test(start_paused = true)]
async fn the_body_is_dropped_at_the_limit_and_not_later() {
    struct Flag<'a>(&'a AtomicBool);
    impl Drop for Flag<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    #[timeout(1s)]
    async fn holds(dropped: &AtomicBool) -> Result<(), PolicyError> {
        let _flag = Flag(dropped);
        pending().await
    }

    let dropped = AtomicBool::new(false);
    let mut call = pin!(holds(&dropped));
    let error = call.as_mut().await.unwrap_err();
    assert_eq!(error.kind(), PolicyErrorKind::TimedOut);
    assert!(dropped.load(Ordering::Relaxed), "before the future of the call is");
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_the_body_passes_through() {
    #[timeout(1s)]
    async fn panics() -> Result<(), PolicyError> {
        sleep(ms(1)).await;
        panic!("of its own");
    }

    let panic = tokio::spawn(panics()).await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"of its own"));
    assert_eq!(steadfast::deadline::current(), None);
}

#[timeout(5s)]
async fn five() -> Result<(), PolicyError> {
    pending().await
}

#[timeout(1s, on_elapsed = ())]
async fn within_one<F: Future>(inner: Pin<&mut F>) {
    inner.await;
}

/// The inner timeout leaves an earlier deadline to the outer one. When that has gone, its own limit still holds.
#[tokio::test(start_paused = true)]
async fn a_pinned_future_keeps_its_own_limit_outside_of_the_timeout_it_was_first_polled_in() {
    let call = async {
        let mut inner = pin!(five());
        within_one(inner.as_mut()).await;
        inner.await
    };
    let (outcome, took) = timed(call).await;
    assert_eq!(outcome.unwrap_err().function(), "timeout::five");
    assert_eq!(took, secs(5));
}

#[tokio::test(start_paused = true)]
async fn a_pinned_future_that_is_polled_again_after_its_limit_is_over_at_once() {
    let call = async {
        let mut inner = pin!(five());
        within_one(inner.as_mut()).await;
        sleep(secs(9)).await;
        inner.await
    };
    let (outcome, took) = timed(call).await;
    assert_eq!(outcome.unwrap_err().elapsed(), secs(10));
    assert_eq!(took, secs(10));
}

#[tokio::test(start_paused = true)]
async fn the_outer_timeout_wins_a_tie() {
    #[timeout(1s)]
    async fn inner() -> Result<(), PolicyError> {
        pending().await
    }

    #[timeout(1s)]
    async fn outer() -> Result<(), PolicyError> {
        let _ = inner().await;
        panic!("the inner one fired");
    }

    assert_eq!(outer().await.unwrap_err().function(), "timeout::outer");
}

#[tokio::test(start_paused = true)]
async fn the_shorter_inner_timeout_fires_and_the_outer_call_goes_on() {
    #[timeout(1s)]
    async fn short() -> Result<(), PolicyError> {
        pending().await
    }

    #[timeout(10s)]
    async fn long() -> Result<&'static str, PolicyError> {
        let inner = short().await.unwrap_err();
        assert_eq!(inner.function(), "timeout::short");
        sleep(secs(8)).await;
        Ok("went on")
    }

    assert_eq!(long().await.unwrap(), "went on");
}

/// It always has something to do, and so never waits for anything but its turn. tokio then takes the turn away, and a
/// timer that needs a turn too would never be seen to fire.
#[tokio::test(start_paused = true)]
async fn a_body_that_only_ever_uses_its_turn_up_times_out() {
    #[timeout(1s)]
    async fn greedy(rounds: &AtomicU32) -> Result<(), PolicyError> {
        loop {
            rounds.fetch_add(1, Ordering::Relaxed);
            tokio::task::coop::consume_budget().await;
        }
    }

    let rounds = AtomicU32::new(0);
    let outcome = against_the_clock(greedy(&rounds)).await;
    assert_eq!(outcome.unwrap_err().kind(), PolicyErrorKind::TimedOut);
    assert!(rounds.load(Ordering::Relaxed) > 128, "it ran out of its turn at least once");
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_zero_at_run_time_is_taken_for_a_millisecond_and_told() {
    #[timeout(total = limit)]
    async fn clamped_to_a_millisecond(limit: Duration) -> Result<(), PolicyError> {
        pending().await
    }

    let events = record!(clamped_to_a_millisecond);
    let (outcome, took) = timed(clamped_to_a_millisecond(Duration::ZERO)).await;
    assert_eq!(outcome.unwrap_err().kind(), PolicyErrorKind::TimedOut);
    assert_eq!(took, ms(1));
    assert_eq!(
        events.take(),
        ["started", "clamped timeout", "timed out after 1ms", "finished TimedOut in 1ms"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_no_clock_can_reach_never_fires() {
    #[timeout(total = limit)]
    async fn unreachable(limit: Duration) -> io::Result<&'static str> {
        sleep(secs(86_400)).await;
        Ok("in time")
    }

    assert_eq!(unreachable(Duration::MAX).await.unwrap(), "in time");
}
