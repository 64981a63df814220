//! `gather`, `gather_all`, `race`: in order, bounded, panics included, losers joined.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use steadfast::scope::GroupErrorKind;
use steadfast::{gather, gather_all, gather_all_bounded, gather_bounded, race};
use steadfast_tests::{Alive, drop_at_every_await, secs, timed};
use tokio::time::sleep;

const SECOND: Duration = secs(1);

/// `seconds` after so many seconds; odd ones fail if `odd_fails`.
fn after(
    alive: &Alive,
    seconds: u32,
    odd_fails: bool,
) -> impl Future<Output = Result<u32, String>> + Send + use<> {
    let alive = alive.clone();
    async move {
        let _guard = alive.guard();
        sleep(SECOND * seconds).await;
        if odd_fails && seconds % 2 == 1 { Err(format!("{seconds} is odd")) } else { Ok(seconds) }
    }
}

#[tokio::test(start_paused = true)]
async fn values_come_in_the_order_of_the_futures() {
    let alive = Alive::default();
    let work = gather([3, 1, 2].map(|seconds| after(&alive, seconds, false)));
    let (values, took) = timed(work).await;
    assert_eq!((values.unwrap(), took, alive.count()), (vec![3, 1, 2], 3 * SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn a_tuple_has_types_of_its_own() {
    let alive = Alive::default();
    let text = async { Ok::<_, String>("text") };
    let (number, text, other) =
        gather((after(&alive, 2, false), text, after(&alive, 1, false))).await.unwrap();
    assert_eq!((number, text, other), (2, "text", 1));
    let (one,) = gather((after(&alive, 1, false),)).await.unwrap();
    assert_eq!(one, 1);
}

#[tokio::test(start_paused = true)]
async fn the_first_error_ends_the_others() {
    let alive = Alive::default();
    let (outcome, took) = timed(gather([4, 1, 60].map(|seconds| after(&alive, seconds, true)))).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), error.len(), took, alive.count()), (GroupErrorKind::Failed, 1, SECOND, 0));
    assert_eq!((error.failures()[0].index(), error.first().unwrap().as_str()), (Some(1), "1 is odd"));
    assert!(error.failures()[0].location().unwrap().file().ends_with("gather.rs"));

    let (outcome, took) = timed(gather((after(&alive, 4, true), after(&alive, 1, true)))).await;
    assert_eq!((outcome.unwrap_err().len(), took, alive.count()), (1, SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn at_most_so_many_at_once() {
    let alive = Alive::default();
    let (asked, done) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let futures = (0..7).map(|_| {
        let asked = asked.fetch_add(1, Ordering::SeqCst) + 1;
        assert!(asked <= done.load(Ordering::SeqCst) + 3, "asked for when there is a place");
        let (work, done) = (after(&alive, 1, false), Arc::clone(&done));
        async move {
            let value = work.await;
            done.fetch_add(1, Ordering::SeqCst);
            value
        }
    });
    let (values, took) = timed(gather_bounded(3, futures)).await;
    assert_eq!((values.unwrap().len(), took, alive.most()), (7, 3 * SECOND, 3));
}

#[tokio::test(start_paused = true)]
async fn a_bounded_gather_asks_for_nothing_more_after_a_failure() {
    let alive = Alive::default();
    let asked = AtomicUsize::new(0);
    let futures = (1..100).map(|seconds| {
        asked.fetch_add(1, Ordering::SeqCst);
        after(&alive, seconds, true)
    });
    assert_eq!(gather_bounded(2, futures).await.unwrap_err().len(), 1);
    assert!(asked.load(Ordering::SeqCst) <= 2);
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn gather_all_gives_every_outcome_in_order_panics_included() {
    let alive = Alive::default();
    let futures = (0..4).map(|seconds| {
        let work = after(&alive, seconds, true);
        async move { if seconds == 2 { panic!("two") } else { work.await } }
    });
    let (outcomes, took) = timed(gather_all(futures)).await;
    assert_eq!((outcomes.len(), took, alive.count()), (4, 3 * SECOND, 0));
    let texts: Vec<_> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Ok(value) => value.to_string(),
            Err(failure) => match (failure.error(), failure.panic()) {
                (Some(error), None) => error.clone(),
                (None, Some(panic)) => format!("panic: {}", panic.message()),
                _ => unreachable!("one of both"),
            },
        })
        .collect();
    assert_eq!(texts, ["0", "1 is odd", "panic: two", "3 is odd"]);
    assert_eq!(outcomes[1].as_ref().unwrap_err().index(), Some(1));
}

#[tokio::test(start_paused = true)]
async fn gather_all_of_a_tuple_and_bounded() {
    let alive = Alive::default();
    let (one, two) = gather_all((after(&alive, 1, true), async { Err::<(), _>(7) })).await;
    assert_eq!(one.unwrap_err().into_error().unwrap(), "1 is odd");
    assert_eq!(two.unwrap_err().into_error(), Some(7));
    let alive = Alive::default();
    let futures = (0..6).map(|_| after(&alive, 1, true));
    let (outcomes, took) = timed(gather_all_bounded(2, futures)).await;
    assert_eq!((outcomes.len(), took, alive.most()), (6, 3 * SECOND, 2));
    assert!(outcomes.iter().all(Result::is_err));
}

#[tokio::test(start_paused = true)]
async fn nothing_gathered_is_nothing() {
    let none: Vec<std::future::Ready<Result<u8, String>>> = Vec::new();
    assert_eq!(gather(none).await.unwrap(), []);
    let none: Vec<std::future::Ready<Result<u8, String>>> = Vec::new();
    assert!(gather_all(none).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_first_to_end_wins_and_the_losers_have_ended() {
    let alive = Alive::default();
    let (winner, took) = timed(race([3, 1, 2].map(|seconds| after(&alive, seconds, true)))).await;
    assert_eq!((winner, took, alive.count()), (Err("1 is odd".to_owned()), SECOND, 0));
    let (winner, took) = timed(race((after(&alive, 2, false), after(&alive, 4, false)))).await;
    assert_eq!((winner, took, alive.count()), (Ok(2), 2 * SECOND, 0));
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "stumbled")]
async fn a_panic_in_a_race_is_its_end() {
    let alive = Alive::default();
    let stumbles = async { if true { panic!("stumbled") } else { Ok(0) } };
    let _ = race((after(&alive, 2, false), stumbles)).await;
}

#[tokio::test]
#[should_panic(expected = "a race without futures has no winner")]
async fn a_race_of_nobody_is_refused() {
    let none: Vec<std::future::Ready<u8>> = Vec::new();
    let _ = race(none).await;
}

#[test]
fn they_can_be_spawned() {
    fn is_send<T: Send>(_: &T) {}
    let alive = Alive::default();
    is_send(&gather(vec![after(&alive, 1, false)]));
    is_send(&gather_bounded(1, vec![after(&alive, 1, false)]));
    is_send(&gather_all((after(&alive, 1, false), after(&alive, 1, false))));
    is_send(&race((after(&alive, 1, false), after(&alive, 1, false))));
}

#[test]
fn dropped_anywhere_nothing_is_left() {
    let alive = Alive::default();
    let gathering = drop_at_every_await(|| gather((1..=3).map(|n| after(&alive, n, false))), |_, _| {});
    let racing = drop_at_every_await(|| race((1..=3).map(|n| after(&alive, n, false))), |_, _| {});
    assert!(gathering >= 3 && racing >= 2, "{gathering}, {racing}");
    assert_eq!(alive.count(), 0);
}
