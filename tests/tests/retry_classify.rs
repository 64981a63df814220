//! What is retried: nothing unless it was classified, and `abort` wins.

use std::io;
use std::time::Duration;

use steadfast::{PolicyError, PolicyErrorKind, Transient, bounded, retry, timeout};
use steadfast_tests::{Attempts, ms, record, secs, timed};
use tokio::time::sleep;

#[path = "retry_classify/policy_errors.rs"]
mod policy_errors;
#[path = "retry_classify/values.rs"]
mod values;

#[derive(Debug, Clone, PartialEq)]
enum Error {
    Io(&'static str),
    Http { status: u16 },
    Auth,
    Throttled(Duration),
}

impl Error {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Io(_) | Self::Http { status: 500..=599 })
    }

    fn is_fatal(&self) -> bool {
        *self == Self::Auth
    }
}

impl Transient for Error {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Io(_) | Self::Throttled(_))
    }

    fn retry_after(&self) -> Option<Duration> {
        if let Self::Throttled(after) = self { Some(*after) } else { None }
    }
}

const TEAPOT: u16 = 418;

/// One function for each way to classify: its name, and what stands in the attribute.
macro_rules! functions {
    ($($name:ident: [$($condition:tt)*],)*) => {$(
        #[retry($($condition)* backoff = constant(1ms), jitter = none, budget = none)]
        async fn $name(attempts: &Attempts, error: Error) -> Result<(), Error> {
            attempts.begin();
            Err(error)
        }
    )*};
}

functions! {
    by_any: [on = any,],
    by_any_in_parentheses: [on(any),],
    by_path: [on = Error::is_transient,],
    by_closure: [on = |error| matches!(error, Error::Auth),],
    by_typed_closure: [on = |error: &Error| error.is_fatal(),],
    by_patterns: [on(Error::Io(_), Error::Http { status: 500..=599 }),],
    by_pattern_with_guard: [on(Error::Http { status } if *status == TEAPOT, Error::Auth),],
    by_alternatives: [on(Error::Io("reset" | "refused") | Error::Auth),],
    by_constant_pattern: [on(Error::Http { status: TEAPOT }),],
    by_wildcard: [on(_),],
    by_trait: [],
    abort_pattern: [on = any, abort(Error::Auth),],
    abort_path: [on = any, abort = Error::is_fatal,],
    abort_closure: [on(Error::Io(_), Error::Auth), abort = |error| *error == Error::Auth,],
    abort_beside_trait: [abort(Error::Io("refused")),],
}

/// Which of these errors are retried.
async fn retried<F: Future<Output = Result<(), Error>>>(
    call: impl Fn(&'static Attempts, Error) -> F,
) -> Vec<&'static str> {
    let errors = [
        ("reset", Error::Io("reset")),
        ("refused", Error::Io("refused")),
        ("404", Error::Http { status: 404 }),
        ("418", Error::Http { status: TEAPOT }),
        ("503", Error::Http { status: 503 }),
        ("auth", Error::Auth),
    ];
    let mut retried = Vec::new();
    for (name, error) in errors {
        let attempts: &'static Attempts = Box::leak(Box::new(Attempts::new()));
        assert_eq!(call(attempts, error.clone()).await, Err(error), "it is returned unchanged");
        match attempts.count() {
            1 => {}
            3 => retried.push(name),
            other => panic!("{name} was tried {other} times"),
        }
    }
    retried
}

#[tokio::test(start_paused = true)]
async fn every_way_to_classify() {
    let all = ["reset", "refused", "404", "418", "503", "auth"];
    assert_eq!(retried(by_any).await, all);
    assert_eq!(retried(by_any_in_parentheses).await, all);
    assert_eq!(retried(by_wildcard).await, all);
    assert_eq!(retried(by_path).await, ["reset", "refused", "503"]);
    assert_eq!(retried(by_closure).await, ["auth"]);
    assert_eq!(retried(by_typed_closure).await, ["auth"]);
    assert_eq!(retried(by_patterns).await, ["reset", "refused", "503"]);
    assert_eq!(retried(by_pattern_with_guard).await, ["418", "auth"]);
    assert_eq!(retried(by_alternatives).await, ["reset", "refused", "auth"]);
    assert_eq!(retried(by_constant_pattern).await, ["418"]);
    assert_eq!(retried(by_trait).await, ["reset", "refused"]);
}

#[tokio::test(start_paused = true)]
async fn abort_wins() {
    let all_but_auth = ["reset", "refused", "404", "418", "503"];
    assert_eq!(retried(abort_pattern).await, all_but_auth);
    assert_eq!(retried(abort_path).await, all_but_auth);
    assert_eq!(retried(abort_closure).await, ["reset", "refused"]);
    assert_eq!(retried(abort_beside_trait).await, ["reset"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_classified_is_returned_at_once_and_the_event_says_so() {
    #[retry(on(Error::Io(_)))]
    async fn unclassified(attempts: &Attempts) -> Result<(), Error> {
        attempts.begin();
        Err(Error::Auth)
    }

    let events = record!(unclassified);
    let (outcome, took) = timed(unclassified(&Attempts::new())).await;
    assert_eq!((outcome, took), (Err(Error::Auth), secs(0)));
    assert!(events.take().iter().any(|line| line == "gave up after 1 in 0ns: Auth; NotRetryable"));
}

#[tokio::test(start_paused = true)]
async fn a_later_error_is_classified_anew() {
    #[retry(on(Error::Io(_)), attempts = 9, backoff = constant(1ms), jitter = none)]
    async fn changes(attempts: &Attempts) -> Result<(), Error> {
        match attempts.begin() {
            1 | 2 => Err(Error::Io("reset")),
            _ => Err(Error::Auth),
        }
    }

    let attempts = Attempts::new();
    assert_eq!(changes(&attempts).await, Err(Error::Auth));
    assert_eq!(attempts.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn conditions_see_the_arguments() {
    #[retry(on = |error| *error == Error::Http { status: worth_it }, abort(Error::Io(name) if *name == fatal), backoff = constant(1ms))]
    async fn selective(attempts: &Attempts, error: &Error, worth_it: u16, fatal: &str) -> Result<(), Error> {
        attempts.begin();
        let _ = (worth_it, fatal);
        Err(error.clone())
    }

    for (error, expected) in
        [(Error::Http { status: 7 }, 3), (Error::Http { status: 8 }, 1), (Error::Io("no"), 1)]
    {
        let attempts = Attempts::new();
        selective(&attempts, &error, 7, "no").await.unwrap_err();
        assert_eq!(attempts.count(), expected, "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_trait_gives_the_hint_too() {
    let attempts = Attempts::new();
    by_trait(&attempts, Error::Throttled(secs(2))).await.unwrap_err();
    assert_eq!(attempts.pauses(), [secs(2), secs(2)]);
}

#[tokio::test(start_paused = true)]
async fn retry_after_takes_the_place_of_the_traits_hint() {
    #[retry(backoff = constant(1ms), jitter = none, retry_after = |_| Some(secs(3)))]
    async fn told_otherwise(attempts: &Attempts) -> Result<(), Error> {
        attempts.begin();
        Err(Error::Throttled(secs(2)))
    }

    let attempts = Attempts::new();
    told_otherwise(&attempts).await.unwrap_err();
    assert_eq!(attempts.pauses(), [secs(3), secs(3)]);
}

#[tokio::test(start_paused = true)]
async fn retry_after_max_bounds_the_traits_hint() {
    #[retry(backoff = constant(1ms), jitter = none, retry_after_max = 1s)]
    async fn bounded_hint(attempts: &Attempts) -> Result<(), Error> {
        attempts.begin();
        Err(Error::Throttled(secs(2)))
    }

    let attempts = Attempts::new();
    bounded_hint(&attempts).await.unwrap_err();
    assert_eq!(attempts.pauses(), [secs(1), secs(1)]);
}

#[tokio::test(start_paused = true)]
async fn io_errors_are_transient_by_their_kind() {
    #[retry(backoff = constant(1ms), jitter = none)]
    async fn fails(attempts: &Attempts, kind: io::ErrorKind) -> io::Result<()> {
        attempts.begin();
        Err(kind.into())
    }

    for (kind, expected) in [
        (io::ErrorKind::ConnectionReset, 3),
        (io::ErrorKind::TimedOut, 3),
        (io::ErrorKind::NotFound, 1),
        (io::ErrorKind::PermissionDenied, 1),
    ] {
        let attempts = Attempts::new();
        assert_eq!(fails(&attempts, kind).await.unwrap_err().kind(), kind);
        assert_eq!(attempts.count(), expected, "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_that_implements_nothing_can_be_retried_all_the_same() {
    struct Opaque;

    #[retry(on = any, backoff = constant(1ms), jitter = none)]
    async fn opaque(attempts: &Attempts) -> Result<(), Opaque> {
        attempts.begin();
        Err(Opaque)
    }

    let events = record!(opaque);
    let attempts = Attempts::new();
    assert!(opaque(&attempts).await.is_err());
    assert_eq!(attempts.count(), 3);
    assert!(events.take().iter().any(|line| line.contains("Opaque;")), "the type's name stands for it");
}
