//! Functions that fail as often as their test says.

use std::cell::Cell;

use steadfast::PolicyError;

/// The error of the shapes.
#[derive(Clone, Debug)]
pub(crate) enum Error {
    /// The attempt was one of those that are to fail.
    NotYet,
    Policy(PolicyError),
}

impl From<PolicyError> for Error {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotYet => f.write_str("not yet"),
            Self::Policy(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

thread_local! {
    static FAILURES: Cell<u32> = const { Cell::new(0) };
    static ATTEMPTS: Cell<u32> = const { Cell::new(0) };
}

/// The part of a shape that makes its attempt fail, as often as [`tried`] was told. It gives the attempt's number.
pub(crate) async fn attempt() -> Result<u32, Error> {
    tokio::task::yield_now().await;
    ATTEMPTS.set(ATTEMPTS.get() + 1);
    if FAILURES.get() == 0 {
        return Ok(ATTEMPTS.get());
    }
    FAILURES.set(FAILURES.get() - 1);
    Err(Error::NotYet)
}

/// Awaits a call of a shape that fails `failures` times, and checks that it was tried once more than that.
pub(crate) async fn tried<F: Future>(failures: u32, call: F) -> F::Output {
    FAILURES.set(failures);
    ATTEMPTS.set(0);
    let value = call.await;
    assert_eq!(FAILURES.get(), 0, "it was not tried again");
    assert_eq!(ATTEMPTS.get(), failures + 1, "the number of attempts");
    value
}

/// Awaits a call whose every attempt fails, and checks that it made `attempts` of them.
pub(crate) async fn exhausted<F: Future>(attempts: u32, call: F) -> F::Output {
    FAILURES.set(u32::MAX);
    ATTEMPTS.set(0);
    let value = call.await;
    assert_eq!(ATTEMPTS.get(), attempts, "the number of attempts");
    value
}

/// For shapes that cannot fail: gives other tasks a turn.
pub(crate) async fn pause() {
    tokio::task::yield_now().await;
}
