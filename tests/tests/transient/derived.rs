//! `#[derive(Transient)]`, on every kind of type.

use super::*;

/// The one of the specification.
#[derive(Debug, Transient)]
enum Error {
    #[transient]
    Io(io::Error),
    #[transient(after = 0)]
    Throttled(Duration),
    #[transient(when = status >= 500)]
    Http {
        status: u16,
    },
    Auth,
    #[policy]
    Policy(PolicyError),
}

/// By hand, since an `io::Error` is not; the body of a retried function takes it.
impl Clone for Error {
    fn clone(&self) -> Self {
        match self {
            Self::Io(error) => Self::Io(error.kind().into()),
            Self::Throttled(after) => Self::Throttled(*after),
            Self::Http { status } => Self::Http { status: *status },
            Self::Auth => Self::Auth,
            Self::Policy(error) => Self::Policy(error.clone()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_enum() {
    let io = Error::Io(io::ErrorKind::NotFound.into());
    assert!(io.is_transient(), "the mark counts, and not what is inside");
    assert!(matches!(&io, Error::Io(inner) if inner.kind() == io::ErrorKind::NotFound));
    assert_eq!(io.retry_after(), None);

    let throttled = Error::Throttled(secs(7));
    assert!(throttled.is_transient());
    assert_eq!(throttled.retry_after(), Some(secs(7)));

    assert!(Error::Http { status: 500 }.is_transient());
    assert!(!Error::Http { status: 499 }.is_transient());
    assert!(!Error::Auth.is_transient());

    for error in [&io, &throttled, &Error::Http { status: 500 }, &Error::Auth] {
        assert!(error.policy_error().is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn the_policy_variant_is_what_policies_raise() {
    let error = Error::from(timed_out().await);
    assert!(matches!(&error, Error::Policy(policy) if policy.kind() == PolicyErrorKind::TimedOut));
    assert!(error.is_transient());
    assert_eq!(error.policy_error().map(PolicyError::executed), Some(Executed::Maybe));
    assert_eq!(Error::from(full().await).policy_error().map(PolicyError::kind), Some(PolicyErrorKind::Full));
}

/// It is all that a function with every policy needs.
#[tokio::test(start_paused = true)]
async fn it_is_all_that_a_function_needs() {
    #[timeout(attempt = 1s)]
    #[retry(backoff = constant(1s), jitter = none)]
    #[bounded(by = limit, reject)]
    async fn call(attempts: &Attempts, limit: &Bulkhead, error: Option<Error>) -> Result<(), Error> {
        attempts.begin();
        match error {
            Some(error) => Err(error),
            None => std::future::pending().await,
        }
    }

    let limit = Bulkhead::new(1);
    for (error, expected) in [
        (Some(Error::Io(io::ErrorKind::BrokenPipe.into())), vec![secs(0), secs(1), secs(2)]),
        (Some(Error::Throttled(secs(4))), vec![secs(0), secs(4), secs(8)]),
        (Some(Error::Http { status: 503 }), vec![secs(0), secs(1), secs(2)]),
        (Some(Error::Http { status: 404 }), vec![secs(0)]),
        (Some(Error::Auth), vec![secs(0)]),
        // It timed out, and nobody said that it is idempotent.
        (None, vec![secs(0)]),
    ] {
        let attempts = Attempts::new();
        let shown = format!("{error:?}");
        call(&attempts, &limit, error).await.unwrap_err();
        assert_eq!(attempts.at(), expected, "{shown}");
    }

    let (attempts, held) = (Attempts::new(), limit.try_acquire());
    let outcome = call(&attempts, &limit, Some(Error::Auth)).await;
    assert!(matches!(outcome, Err(Error::Policy(policy)) if policy.kind() == PolicyErrorKind::Full));
    assert_eq!((attempts.count(), attempts.age()), (0, secs(2)), "refused three times");
    drop(held);
}

#[test]
fn hints_of_every_form() {
    #[derive(Transient)]
    enum Hints {
        #[transient(after = 1)]
        Second(&'static str, Duration),
        #[transient(after = 0)]
        Optional(Option<Duration>),
        #[transient(after = wait)]
        Named { wait: Duration, _more: u8 },
        #[transient(after = wait, when = retry)]
        Both { wait: Option<Duration>, retry: bool },
        #[transient(when = _0.starts_with("try") || _1 > 9)]
        Numbered(String, u32),
        #[transient(when = !message.is_empty())]
        Owned { message: String },
    }

    let cases = [
        (Hints::Second("a", secs(1)), true, Some(secs(1))),
        (Hints::Optional(Some(secs(2))), true, Some(secs(2))),
        (Hints::Optional(None), true, None),
        (Hints::Named { wait: secs(3), _more: 0 }, true, Some(secs(3))),
        (Hints::Both { wait: Some(secs(4)), retry: true }, true, Some(secs(4))),
        (Hints::Both { wait: None, retry: true }, true, None),
        (Hints::Numbered("try again".to_owned(), 0), true, None),
        (Hints::Numbered("never".to_owned(), 10), true, None),
        (Hints::Numbered("never".to_owned(), 9), false, None),
        (Hints::Owned { message: String::new() }, false, None),
        (Hints::Owned { message: "a".to_owned() }, true, None),
    ];
    for (at, (error, transient, after)) in cases.into_iter().enumerate() {
        assert_eq!((error.is_transient(), error.retry_after()), (transient, after), "case {at}");
        if let Hints::Second(name, _) = error {
            assert_eq!(name, "a");
        }
    }
    assert!(!Hints::Both { wait: Some(secs(4)), retry: false }.is_transient());
}

#[test]
fn a_struct() {
    #[derive(Transient)]
    #[transient(when = status >= 500, after = wait)]
    struct Http {
        status: u16,
        wait: Option<Duration>,
    }

    #[derive(Transient)]
    #[transient]
    struct Always;

    #[derive(Transient)]
    struct Never(#[expect(dead_code, reason = "only to be there")] u8);

    let http = |status| Http { status, wait: Some(secs(2)) };
    assert!(http(503).is_transient() && !http(404).is_transient());
    assert_eq!(http(503).retry_after(), Some(secs(2)));
    assert!(Always.is_transient() && !Never(0).is_transient());
}

#[tokio::test(start_paused = true)]
async fn a_struct_around_a_policy_error() {
    #[derive(Debug, Transient)]
    #[policy]
    struct Wrapped(PolicyError);

    #[derive(Debug, Transient)]
    #[policy]
    struct Named {
        source: PolicyError,
    }

    let wrapped = Wrapped::from(full().await);
    assert!(wrapped.is_transient());
    assert_eq!(wrapped.policy_error().map(PolicyError::kind), Some(PolicyErrorKind::Full));
    assert_eq!(wrapped.0.kind(), PolicyErrorKind::Full);
    assert_eq!(Named::from(timed_out().await).source.kind(), PolicyErrorKind::TimedOut);
}

#[tokio::test(start_paused = true)]
async fn generic_types() {
    #[derive(Debug, Transient)]
    enum Layered<'a, E: std::error::Error, const N: usize>
    where
        E: Send,
    {
        #[transient]
        Inner(E),
        #[transient(when = names.len() > N)]
        Names { names: &'a [&'a str] },
        #[policy]
        Policy { source: PolicyError },
    }

    type Io<'a> = Layered<'a, io::Error, 2>;

    assert!(Io::Inner(io::ErrorKind::NotFound.into()).is_transient());
    assert!(!Io::Names { names: &["a", "b"] }.is_transient());
    assert!(Io::Names { names: &["a", "b", "c"] }.is_transient());
    let policy = Io::from(timed_out().await);
    assert!(policy.is_transient());
    assert!(matches!(&policy, Layered::Policy { source } if source.kind() == PolicyErrorKind::TimedOut));
    assert!(matches!(Io::Inner(io::ErrorKind::NotFound.into()), Layered::Inner(_)));
}

#[test]
fn an_enum_without_variants() {
    #[derive(Debug, Transient)]
    enum Impossible {}

    fn is_transient<E: Transient>() {}
    is_transient::<Impossible>();
    assert!(Ok::<u8, Impossible>(1).is_ok_and(|value| value == 1));
}

#[tokio::test(start_paused = true)]
async fn crate_names_the_runtime() {
    mod renamed {
        pub(super) use steadfast as runtime;
    }

    #[derive(Debug, renamed::runtime::Transient)]
    #[transient(crate = "renamed::runtime")]
    enum Renamed {
        #[transient]
        Again,
        #[policy]
        Policy(PolicyError),
    }

    assert!(Renamed::Again.is_transient());
    let policy = Renamed::from(full().await);
    assert!(matches!(policy, Renamed::Policy(policy) if policy.kind() == PolicyErrorKind::Full));
}
