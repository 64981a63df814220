//! `queue`, `max_wait` and `reject`: when there is no room, and no time to wait for it.

use super::*;

type Outcome = Result<(), PolicyError>;

/// How each of `callers` ends that come at once and stay for ten seconds, in the order of their arrival.
async fn outcomes<F: Future<Output = Outcome>>(
    callers: usize,
    call: impl Fn() -> F,
) -> Vec<(Option<String>, Duration)> {
    let calls = (0..callers).map(|_| timed(call()));
    let ended = futures::future::join_all(calls).await;
    ended.into_iter().map(|(outcome, took)| (outcome.err().map(|error| error.to_string()), took)).collect()
}

#[tokio::test(start_paused = true)]
async fn queue_bounds_who_waits() {
    #[bounded(1, queue = 2)]
    async fn two_may_wait() -> Outcome {
        sleep(secs(10)).await;
        Ok(())
    }

    let full = "`bounded::refusals::two_may_wait` is full: 2 callers wait, and at most 2 may";
    let expected = [
        (None, secs(10)),
        (None, secs(20)),
        (None, secs(30)),
        (Some(full.to_owned()), secs(0)),
        (Some(full.to_owned()), secs(0)),
    ];
    assert_eq!(outcomes(5, two_may_wait).await, expected);
}

#[tokio::test(start_paused = true)]
async fn max_wait_bounds_how_long() {
    #[bounded(1, max_wait = 15s)]
    async fn fifteen_seconds() -> Outcome {
        sleep(secs(10)).await;
        Ok(())
    }

    let full = "`bounded::refusals::fifteen_seconds` is full: no permit came free within 15s";
    let expected = [(None, secs(10)), (None, secs(20)), (Some(full.to_owned()), secs(15))];
    assert_eq!(outcomes(3, fifteen_seconds).await, expected);
}

#[tokio::test(start_paused = true)]
async fn a_permit_that_comes_at_the_last_moment_comes_in_time() {
    #[bounded(1, max_wait = 10s)]
    async fn just_in_time() -> Outcome {
        sleep(secs(10)).await;
        Ok(())
    }

    assert_eq!(outcomes(2, just_in_time).await, [(None, secs(10)), (None, secs(20))]);
}

#[tokio::test(start_paused = true)]
async fn both_bound_together() {
    #[bounded(1, queue = 1, max_wait = 5s)]
    async fn both() -> Outcome {
        sleep(secs(10)).await;
        Ok(())
    }

    let late = "`bounded::refusals::both` is full: no permit came free within 5s";
    let many = "`bounded::refusals::both` is full: 1 callers wait, and at most 1 may";
    let expected = [(None, secs(10)), (Some(late.to_owned()), secs(5)), (Some(many.to_owned()), secs(0))];
    assert_eq!(outcomes(3, both).await, expected);
}

#[tokio::test(start_paused = true)]
async fn a_place_in_the_queue_is_free_again_when_its_holder_gives_up() {
    #[bounded(1, queue = 1, max_wait = 5s)]
    async fn impatient() -> Outcome {
        sleep(secs(60)).await;
        Ok(())
    }

    let late = async {
        sleep(secs(5)).await;
        timed(impatient()).await
    };
    let (_, given_up, (outcome, took)) = futures::join!(timed(impatient()), timed(impatient()), late);
    assert_eq!(given_up.1, secs(5));
    outcome.unwrap_err();
    assert_eq!(took, secs(5), "it waited in the place of the one that gave up");
}

#[tokio::test(start_paused = true)]
async fn reject_waits_for_nothing() {
    #[bounded(2, reject)]
    async fn now_or_never() -> Outcome {
        sleep(secs(10)).await;
        Ok(())
    }

    let full = "`bounded::refusals::now_or_never` is full and takes no waiters";
    let expected = [(None, secs(10)), (None, secs(10)), (Some(full.to_owned()), secs(0))];
    assert_eq!(outcomes(3, now_or_never).await, expected);
}

#[tokio::test(start_paused = true)]
async fn the_bounds_are_expressions_and_constants_too() {
    const PLACES: usize = 1;
    const PATIENCE: Duration = secs(7);

    struct Client {
        places: usize,
        patience: Duration,
    }

    impl Client {
        const PATIENCE: Duration = secs(8);

        #[bounded(1, queue = self.places + 1, max_wait = self.patience * 2 + 1s)]
        async fn by_expression(&self) -> Outcome {
            sleep(secs(10)).await;
            Ok(())
        }

        #[bounded(1, queue = PLACES, max_wait = Self::PATIENCE)]
        async fn by_associated_constant(&self) -> Outcome {
            sleep(secs(10)).await;
            Ok(())
        }
    }

    #[bounded(1, queue = PLACES, max_wait = PATIENCE)]
    async fn by_constant() -> Outcome {
        sleep(secs(10)).await;
        Ok(())
    }

    let took = |ended: Vec<(Option<String>, Duration)>| -> Vec<Duration> {
        ended.iter().map(|(_, took)| *took).collect()
    };
    let client = Client { places: 2, patience: secs(12) };
    assert_eq!(took(outcomes(3, by_constant).await), [secs(10), secs(7), secs(0)]);
    assert_eq!(took(outcomes(3, || client.by_associated_constant()).await), [secs(10), secs(8), secs(0)]);
    let expected = [secs(10), secs(20), secs(30), secs(25), secs(0)];
    assert_eq!(took(outcomes(5, || client.by_expression()).await), expected);
}

#[tokio::test(start_paused = true)]
async fn run_time_bounds_of_nothing_are_as_reject() {
    #[bounded(1, queue = places)]
    async fn no_places(places: usize) -> Outcome {
        sleep(secs(10)).await;
        Ok(())
    }

    #[bounded(1, max_wait = wait)]
    async fn no_wait(wait: Duration) -> Outcome {
        sleep(secs(10)).await;
        Ok(())
    }

    #[bounded(1, max_wait = wait)]
    async fn any_wait(wait: Duration) -> Outcome {
        sleep(secs(10)).await;
        Ok(())
    }

    let ended = outcomes(2, || no_places(0)).await;
    assert_eq!((ended[0].0.is_none(), ended[1].1), (true, secs(0)));
    let ended = outcomes(2, || no_wait(Duration::ZERO)).await;
    assert_eq!((ended[0].0.is_none(), ended[1].1), (true, secs(0)));
    assert_eq!(outcomes(2, || any_wait(Duration::MAX)).await, [(None, secs(10)), (None, secs(20))]);
}

#[tokio::test(start_paused = true)]
async fn map_err_makes_the_functions_error() {
    #[derive(Debug, PartialEq)]
    struct Busy(&'static str);

    #[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` asks for")]
    fn busy(error: PolicyError) -> Busy {
        Busy(error.function())
    }

    #[bounded(1, reject, map_err = busy)]
    async fn by_path() -> Result<(), Busy> {
        sleep(secs(1)).await;
        Ok(())
    }

    #[bounded(1, reject, map_err = |_| Busy(name))]
    async fn by_closure(name: &'static str) -> Result<(), Busy> {
        sleep(secs(1)).await;
        Ok(())
    }

    assert_eq!(futures::join!(by_path(), by_path()).1, Err(Busy("bounded::refusals::by_path")));
    assert_eq!(futures::join!(by_closure("a"), by_closure("b")).1, Err(Busy("b")));
}

#[tokio::test(start_paused = true)]
async fn a_refused_call_never_starts_its_body() {
    #[bounded(1, queue = 1, max_wait = 1s)]
    async fn begins(attempts: &Attempts) -> Outcome {
        attempts.begin();
        sleep(secs(10)).await;
        Ok(())
    }

    let attempts = Attempts::new();
    let (first, second, third) = futures::join!(begins(&attempts), begins(&attempts), begins(&attempts));
    first.unwrap();
    second.unwrap_err();
    third.unwrap_err();
    assert_eq!(attempts.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_events_tell_of_refusals() {
    #[bounded(1, max_wait = 1s)]
    async fn recorded() -> Outcome {
        sleep(secs(2)).await;
        Ok(())
    }

    let events = record!(recorded);
    let _ = futures::join!(recorded(), recorded());
    assert_eq!(
        events.take(),
        [
            "started",
            "admitted after 0ns",
            "started",
            "rejected: Full after 1s",
            "finished Rejected in 1s",
            "finished Ended in 2s"
        ]
    );
}
