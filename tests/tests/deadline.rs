//! The deadline that calls hand down: who sees it, who obeys it, and that it goes away again.

use std::future::pending;
use std::io;
use std::panic::AssertUnwindSafe;
use std::pin::pin;

use futures::FutureExt;
use steadfast::deadline::{current, remaining};
use steadfast::{Bulkhead, PolicyError, apply, bounded, retry, timeout};
use steadfast_tests::{Attempts, ms, record, secs, timed};
use tokio::task::yield_now;
use tokio::time::{Instant, advance, sleep};

#[path = "deadline/inherited.rs"]
mod inherited;
#[path = "deadline/kept.rs"]
mod kept;
#[path = "deadline/moved.rs"]
mod moved;

type Left = Result<Option<std::time::Duration>, PolicyError>;

#[timeout(10s)]
async fn ten() -> Left {
    yield_now().await;
    Ok(remaining())
}

#[timeout(attempt = 2s)]
async fn two_per_attempt() -> Left {
    yield_now().await;
    Ok(remaining())
}

#[tokio::test(start_paused = true)]
async fn without_a_timeout_there_is_none() {
    assert_eq!((current(), remaining()), (None, None));
}

#[tokio::test(start_paused = true)]
async fn remaining_reads_the_total() {
    assert_eq!(ten().await.unwrap(), Some(secs(10)));
}

#[tokio::test(start_paused = true)]
async fn remaining_reads_the_attempts_limit() {
    assert_eq!(two_per_attempt().await.unwrap(), Some(secs(2)));
}

#[tokio::test(start_paused = true)]
async fn current_is_the_instant_itself() {
    #[timeout(10s)]
    async fn asks() -> Result<Option<Instant>, PolicyError> {
        sleep(secs(3)).await;
        Ok(current())
    }

    let started = Instant::now();
    assert_eq!(asks().await.unwrap(), Some(started + secs(10)));
}

#[tokio::test(start_paused = true)]
async fn remaining_shrinks_as_time_goes_by_and_ends_at_zero() {
    #[timeout(3s, on_elapsed = unreachable!())]
    async fn asks() -> Vec<u64> {
        let mut left = Vec::new();
        for _ in 0..3 {
            left.push(remaining().expect("there is one").as_secs());
            sleep(secs(1)).await;
        }
        left.push(remaining().expect("there is one").as_secs());
        left
    }

    assert_eq!(asks().await, [3, 2, 1, 0]);
}

/// Polled late, the body comes to its turn before the timer does.
#[tokio::test(start_paused = true)]
async fn remaining_is_zero_behind_the_deadline() {
    #[timeout(1s)]
    async fn asks() -> Left {
        yield_now().await;
        Ok(remaining())
    }

    let mut call = pin!(asks());
    assert!(futures::poll!(call.as_mut()).is_pending());
    advance(secs(5)).await;
    assert_eq!(call.await.unwrap(), Some(secs(0)));
}

#[tokio::test(start_paused = true)]
async fn the_earlier_deadline_counts_wherever_it_was_set() {
    #[timeout(3s)]
    async fn around_ten() -> Left {
        ten().await
    }

    #[timeout(20s)]
    async fn around_two() -> Left {
        sleep(secs(1)).await;
        two_per_attempt().await
    }

    assert_eq!(around_ten().await.unwrap(), Some(secs(3)));
    assert_eq!(around_two().await.unwrap(), Some(secs(2)));
}

#[tokio::test(start_paused = true)]
async fn attempt_and_total_of_one_function_hand_down_the_earlier_one() {
    #[timeout(attempt = 4s, total = 6s)]
    #[retry(on = any, attempts = 2, backoff = constant(1s), jitter = none)]
    async fn asks(attempts: &Attempts) -> io::Result<Option<std::time::Duration>> {
        let left = remaining();
        sleep(secs(2)).await;
        attempts.fail_before(2)?;
        Ok(left)
    }

    // The first attempt had 4 s of its own; the second began after 3 s and has what is left of the 6 s.
    assert_eq!(asks(&Attempts::new()).await.unwrap(), Some(secs(3)));
}

#[tokio::test(start_paused = true)]
async fn inherit_false_hands_its_own_deadline_down() {
    #[timeout(total = 10s, inherit = false)]
    async fn on_its_own() -> Left {
        yield_now().await;
        Ok(remaining())
    }

    #[timeout(3s)]
    async fn caller() -> Left {
        on_its_own().await
    }

    assert_eq!(caller().await.unwrap(), Some(secs(10)));
}

#[tokio::test(start_paused = true)]
async fn inherit_true_is_the_default_spelt_out() {
    #[timeout(total = 10s, inherit = true)]
    async fn inherits() -> Left {
        yield_now().await;
        Ok(remaining())
    }

    #[timeout(3s)]
    async fn caller() -> Left {
        inherits().await
    }

    assert_eq!(caller().await.unwrap(), Some(secs(3)));
}

#[tokio::test(start_paused = true)]
async fn it_is_gone_after_the_call() {
    #[timeout(20s)]
    async fn caller() -> Left {
        let inner = ten().await?;
        assert_eq!(inner, Some(secs(10)));
        Ok(remaining())
    }

    assert_eq!(caller().await.unwrap(), Some(secs(20)));
    assert_eq!(current(), None);
}

#[tokio::test(start_paused = true)]
async fn it_is_gone_between_two_polls_of_the_call() {
    let mut call = pin!(ten());
    assert!(futures::poll!(call.as_mut()).is_pending());
    assert_eq!(current(), None);
    call.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn neighbours_in_the_same_task_do_not_see_it() {
    let neighbour = async {
        yield_now().await;
        remaining()
    };
    let (inside, outside) = futures::join!(ten(), neighbour);
    assert_eq!((inside.unwrap(), outside), (Some(secs(10)), None));
}

#[tokio::test(start_paused = true)]
async fn a_task_that_is_spawned_starts_without_one() {
    #[timeout(10s)]
    async fn spawns() -> Left {
        Ok(tokio::spawn(async { remaining() }).await.expect("it only looks"))
    }

    assert_eq!(spawns().await.unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn it_is_gone_after_a_panic() {
    #[timeout(10s)]
    async fn panics() -> Result<(), PolicyError> {
        yield_now().await;
        panic!("with a deadline set");
    }

    AssertUnwindSafe(panics()).catch_unwind().await.unwrap_err();
    assert_eq!(current(), None);
}

#[tokio::test(start_paused = true)]
async fn it_moves_with_the_task_to_another_thread() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("no I/O")
    };
    let mut call = Box::pin(ten());
    assert!(futures::poll!(call.as_mut()).is_pending());
    let polled_there = std::thread::spawn(move || runtime().block_on(call)).join().expect("no panic");
    assert!(polled_there.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn apply_sets_one_too() {
    let inside = apply!(timeout(total = 4s); async {
        yield_now().await;
        Ok::<_, PolicyError>(remaining())
    });
    assert_eq!(inside.await.unwrap(), Some(secs(4)));
    assert_eq!(current(), None);
}

/// As a client wants it: the time that is left goes into the request.
#[tokio::test(start_paused = true)]
async fn the_expression_of_apply_sees_it_while_it_is_evaluated() {
    async fn get(limit: Option<std::time::Duration>) -> Left {
        sleep(ms(1)).await;
        Ok(limit)
    }

    assert_eq!(apply!(timeout(total = 4s); get(remaining())).await.unwrap(), Some(secs(4)));
    let retried = apply!(retry(on = any), timeout(attempt = 3s); get(remaining())).await;
    assert_eq!(retried.unwrap(), Some(secs(3)));
}
