//! `apply!`: the same policies on a part of a function.

use std::future::{Ready, pending, ready};
use std::io;
use std::time::Duration;

use steadfast::{Bulkhead, PolicyError, PolicyErrorKind, Transient, apply};
use steadfast_tests::{Attempts, Recording, ms, secs, timed};
use tokio::time::sleep;

#[path = "apply/places.rs"]
mod places;

struct Client {
    page: Duration,
    limit: Bulkhead,
}

impl Client {
    async fn get(&self, attempts: &Attempts, good: u32) -> io::Result<u32> {
        sleep(ms(1)).await;
        attempts.fail_before(good)
    }

    async fn slow(&self) -> io::Result<()> {
        sleep(secs(60)).await;
        Ok(())
    }
}

fn client() -> Client {
    Client { page: secs(2), limit: Bulkhead::new(1) }
}

#[tokio::test(start_paused = true)]
async fn the_forms_of_the_specification() {
    async fn one() -> Result<u32, PolicyError> {
        sleep(secs(1)).await;
        Ok(1)
    }
    async fn two(number: u32) -> Result<u32, PolicyError> {
        sleep(secs(1)).await;
        Ok(number + 1)
    }

    let (client, attempts) = (client(), Attempts::new());
    let page = apply!(retry(on = any), timeout(attempt = client.page); client.get(&attempts, 3)).await;
    assert_eq!(page.unwrap(), 3);
    let all = apply!(timeout(total = 5s); async { let a = one().await?; two(a).await }).await;
    assert_eq!(all.unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_alone() {
    let client = client();
    let (outcome, took) = timed(apply!(timeout(5s); client.slow())).await;
    assert_eq!((outcome.unwrap_err().kind(), took), (io::ErrorKind::TimedOut, secs(5)));
    let (outcome, took) = timed(apply!(timeout(5); client.slow())).await;
    assert_eq!((outcome.unwrap_err().kind(), took), (io::ErrorKind::TimedOut, secs(5)));
    let (outcome, took) = timed(apply!(timeout(attempt = 1s, total = 5s); client.slow())).await;
    assert_eq!((outcome.unwrap_err().kind(), took), (io::ErrorKind::TimedOut, secs(1)));
    let value = apply!(timeout(1s, on_elapsed = 7); async { sleep(secs(2)).await; 1 }).await;
    assert_eq!(value, 7);
    let mapped: Result<(), &str> = apply!(timeout(1s, map_err = |_| "late"); pending()).await;
    assert_eq!(mapped, Err("late"));
}

#[tokio::test(start_paused = true)]
async fn a_retry_alone_with_every_kind_of_argument() {
    let (client, attempts) = (client(), Attempts::new());
    let tries = 5;
    let mut told = 0;
    let outcome = apply!(
        retry(on(io::Error { .. }), abort = |error| error.kind() == io::ErrorKind::NotFound, attempts = tries,
              backoff = exp(10ms), jitter = none, budget = none, on_retry = |_| told += 1);
        client.get(&attempts, 9)
    )
    .await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 5");
    assert_eq!(attempts.pauses(), [11, 21, 41, 81].map(ms));
    assert_eq!(told, 4);

    let attempts = Attempts::new();
    assert_eq!(apply!(retry; client.get(&attempts, 3)).await.unwrap(), 3);
    let attempts = Attempts::new();
    assert_eq!(apply!(retry(); client.get(&attempts, 3)).await.unwrap(), 3);
    let attempts = Attempts::new();
    assert_eq!(apply!(retry(exp(1ms), on = any); client.get(&attempts, 3)).await.unwrap(), 3);
}

#[tokio::test(start_paused = true)]
async fn bounded_alone() {
    let client = client();
    let call =
        || apply!(bounded(by = client.limit); async { sleep(secs(1)).await; client.limit.available() });
    let (free, took) = timed(async { futures::join!(call(), call(), call()) }).await;
    assert_eq!((free, took), ((0, 0, 0), secs(3)));
    assert_eq!(client.limit.available(), 1);

    // One limit for the place in the code, whoever comes by.
    let call = || apply!(bounded(2); sleep(secs(1)));
    let (_, took) = timed(async { futures::join!(call(), call(), call()) }).await;
    assert_eq!(took, secs(2));

    let call = async |key: u32| apply!(bounded(1, key = key); sleep(secs(1))).await;
    let (_, took) = timed(async { futures::join!(call(1), call(2), call(1)) }).await;
    assert_eq!(took, secs(2));

    let call = || apply!(bounded(1, reject); async { sleep(secs(1)).await; Ok::<_, PolicyError>(()) });
    let (first, second) = futures::join!(call(), call());
    first.unwrap();
    assert_eq!(second.unwrap_err().kind(), PolicyErrorKind::Full);
}

#[tokio::test(start_paused = true)]
async fn all_three_in_any_order() {
    let (client, attempts) = (client(), Attempts::new());
    let call = apply!(
        bounded(by = client.limit, max_wait = 1s),
        timeout(attempt = 500ms, total = 10s),
        retry(on = any, attempts = 3, backoff = constant(1s), jitter = none, idempotent);
        async {
            assert_eq!(client.limit.available(), 0);
            if attempts.begin() < 3 {
                sleep(secs(1)).await;
            }
            Ok::<_, io::Error>(attempts.count())
        }
    );
    let (outcome, took) = timed(call).await;
    assert_eq!((outcome.unwrap(), took), (3, secs(3)));
    assert_eq!(client.limit.available(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_expression_is_evaluated_anew_for_each_attempt() {
    let mut evaluated = 0;
    let outcome: io::Result<u32> = apply!(retry(on = any, budget = none); {
        evaluated += 1;
        let seen = evaluated;
        async move { if seen < 3 { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(seen) } }
    })
    .await;
    assert_eq!((outcome.unwrap(), evaluated), (3, 3));
}

/// What a request builder needs: its parts are cloned anew for each attempt.
#[tokio::test(start_paused = true)]
async fn an_owned_value_is_cloned_in_the_expression() {
    async fn send(attempts: &Attempts, body: String) -> io::Result<String> {
        sleep(ms(1)).await;
        attempts.fail_before(3)?;
        Ok(body)
    }

    let (attempts, body) = (Attempts::new(), "payload".to_owned());
    let sent = apply!(retry(on = any); send(&attempts, body.clone())).await;
    assert_eq!(sent.unwrap(), body);
}

#[tokio::test(start_paused = true)]
async fn locals_are_borrowed_and_can_be_changed() {
    let url = String::from("http://shop/");
    let mut log: Vec<String> = Vec::new();
    let attempts = Attempts::new();
    let outcome = apply!(retry(on = any, backoff = constant(1ms)); async {
        log.push(format!("{url}{}", log.len()));
        attempts.fail_before(3)
    })
    .await;
    assert_eq!(outcome.unwrap(), 3);
    assert_eq!(log, ["http://shop/0", "http://shop/1", "http://shop/2"]);
    assert_eq!(url, "http://shop/");
}

#[tokio::test(start_paused = true)]
async fn a_future_that_is_already_there_is_taken_where_it_is_made_once() {
    let future = async {
        sleep(secs(9)).await;
        Ok::<_, PolicyError>(())
    };
    let (outcome, took) = timed(apply!(timeout(2s); future)).await;
    assert_eq!((outcome.unwrap_err().kind(), took), (PolicyErrorKind::TimedOut, secs(2)));
}

#[tokio::test(start_paused = true)]
async fn anything_that_becomes_a_future_will_do() {
    struct Request<'a>(&'a Attempts);

    impl IntoFuture for Request<'_> {
        type Output = io::Result<u32>;
        type IntoFuture = Ready<io::Result<u32>>;

        fn into_future(self) -> Self::IntoFuture {
            ready(self.0.fail_before(2))
        }
    }

    let attempts = Attempts::new();
    assert_eq!(apply!(retry(on = any); Request(&attempts)).await.unwrap(), 2);
    assert_eq!(apply!(timeout(1s); Request(&attempts)).await.unwrap(), 3);
    assert_eq!(apply!(bounded(1); Request(&attempts)).await.unwrap(), 4);
    let all =
        apply!(retry(on = any), timeout(attempt = 1s, total = 2s), bounded(1, reject); Request(&attempts))
            .await;
    assert_eq!(all.unwrap(), 5);
    let boxed: std::pin::Pin<Box<dyn Future<Output = io::Result<u32>> + Send>> = Box::pin(ready(Ok(6)));
    assert_eq!(apply!(timeout(1s); boxed).await.unwrap(), 6);
}

#[tokio::test(start_paused = true)]
async fn the_question_mark_stands_around_it() {
    async fn caller(attempts: &Attempts) -> Result<u32, Box<dyn std::error::Error>> {
        let client = client();
        let number = apply!(retry(on = any, attempts = 2); client.get(attempts, 3)).await?;
        Ok(number + 1)
    }

    let attempts = Attempts::new();
    assert_eq!(caller(&attempts).await.unwrap_err().to_string(), "attempt 2");
    assert_eq!(caller(&attempts).await.unwrap(), 4);
}

mod place {
    use super::*;

    pub(super) const LINE: u32 = line!() + 4;

    pub(super) async fn lookup(attempts: &Attempts) -> io::Result<u32> {
        // The macro stands on the next line.
        apply!(retry(on = any, backoff = constant(1ms), jitter = none); async { attempts.fail_before(2) })
            .await
    }
}

#[tokio::test(start_paused = true)]
async fn events_and_errors_carry_the_place_in_the_code() {
    let events = Recording::of(Box::leak(format!("apply::place:{}", place::LINE).into_boxed_str()));
    place::lookup(&Attempts::new()).await.unwrap();
    let expected = [
        "started",
        "attempt 1",
        "attempt 1 failed: attempt 1; the next in 1ms",
        "attempt 2",
        "finished Succeeded in 1ms",
    ];
    assert_eq!(events.take(), expected);

    let error = apply!(timeout(1s); pending::<Result<(), PolicyError>>()).await.unwrap_err();
    assert_eq!(error.function(), format!("apply:{}", line!() - 1));
}

#[tokio::test(start_paused = true)]
async fn crate_names_the_runtime() {
    mod renamed {
        pub(super) use steadfast as runtime;
    }

    let attempts = Attempts::new();
    let outcome =
        apply!(retry(on = any), crate = "renamed::runtime"; async { attempts.fail_before(2) }).await;
    assert_eq!(outcome.unwrap(), 2);
    let outcome =
        apply!(retry(on = any, crate = "renamed::runtime"); async { attempts.fail_before(2) }).await;
    assert_eq!(outcome.unwrap(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_bare_retry_asks_the_error() {
    #[derive(Debug)]
    enum Answer {
        Later,
        Never,
    }

    impl Transient for Answer {
        fn is_transient(&self) -> bool {
            matches!(self, Self::Later)
        }
    }

    let attempts = Attempts::new();
    let outcome: Result<(), Answer> = apply!(retry(constant(1ms)); async {
        Err(if attempts.begin() < 2 { Answer::Later } else { Answer::Never })
    })
    .await;
    assert!(matches!(outcome, Err(Answer::Never)));
    assert_eq!(attempts.count(), 2);
}
