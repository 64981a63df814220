//! `Transient`: written by hand, by `#[derive(Transient)]`, and for the types of the standard library.

use std::io;
use std::time::Duration;

use steadfast::{Bulkhead, Executed, PolicyError, PolicyErrorKind, Transient, bounded, retry, timeout};
use steadfast_tests::{Attempts, secs};
use tokio::time::sleep;

#[path = "transient/derived.rs"]
mod derived;

/// What a timeout raises.
async fn timed_out() -> PolicyError {
    #[timeout(1s)]
    async fn late() -> Result<(), PolicyError> {
        sleep(secs(60)).await;
        Ok(())
    }
    late().await.unwrap_err()
}

/// What a full bulkhead raises.
async fn full() -> PolicyError {
    #[bounded(by = limit, reject)]
    async fn refused(limit: &Bulkhead) -> Result<(), PolicyError> {
        unreachable!("a permit of {limit:?} is held")
    }
    let limit = Bulkhead::new(1);
    let _held = limit.try_acquire();
    refused(&limit).await.unwrap_err()
}

#[test]
fn io_errors_are_transient_by_their_kind() {
    use io::ErrorKind as Kind;
    for kind in [
        Kind::ConnectionRefused,
        Kind::ConnectionReset,
        Kind::ConnectionAborted,
        Kind::NotConnected,
        Kind::HostUnreachable,
        Kind::NetworkUnreachable,
        Kind::NetworkDown,
        Kind::BrokenPipe,
        Kind::UnexpectedEof,
        Kind::Interrupted,
        Kind::WouldBlock,
        Kind::TimedOut,
        Kind::ResourceBusy,
    ] {
        assert!(io::Error::from(kind).is_transient(), "{kind:?}");
        assert!(io::Error::new(kind, "with a text").is_transient(), "{kind:?}");
    }
    for kind in [
        Kind::NotFound,
        Kind::PermissionDenied,
        Kind::AddrInUse,
        Kind::AddrNotAvailable,
        Kind::AlreadyExists,
        Kind::InvalidInput,
        Kind::InvalidData,
        Kind::Unsupported,
        Kind::OutOfMemory,
        Kind::Other,
    ] {
        assert!(!io::Error::from(kind).is_transient(), "{kind:?}");
    }
    let plain = io::Error::from(Kind::TimedOut);
    assert!(plain.retry_after().is_none() && plain.policy_error().is_none());
}

#[test]
fn io_errors_of_the_operating_system_are_judged_by_their_kind_too() {
    // ECONNRESET and ENOENT on Linux; elsewhere the numbers mean something else, and their kinds say what.
    for code in [104, 2] {
        let error = io::Error::from_raw_os_error(code);
        assert_eq!(error.is_transient(), io::Error::from(error.kind()).is_transient(), "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_policy_error_is_transient_and_knows_itself() {
    for (error, executed) in [(timed_out().await, Executed::Maybe), (full().await, Executed::No)] {
        assert!(error.is_transient());
        assert_eq!(Transient::retry_after(&error), None);
        assert_eq!(error.policy_error().map(PolicyError::executed), Some(executed));
    }
}

#[tokio::test(start_paused = true)]
async fn an_io_error_knows_the_policy_error_inside() {
    for (policy, kind) in
        [(timed_out().await, PolicyErrorKind::TimedOut), (full().await, PolicyErrorKind::Full)]
    {
        let error = io::Error::from(policy);
        assert!(error.is_transient());
        assert_eq!(error.policy_error().map(PolicyError::kind), Some(kind));
    }
}

#[test]
fn a_box_asks_what_is_inside() {
    struct Once(Duration);

    impl Transient for Once {
        fn is_transient(&self) -> bool {
            true
        }

        fn retry_after(&self) -> Option<Duration> {
            Some(self.0)
        }
    }

    let boxed: Box<dyn Transient> = Box::new(Once(secs(3)));
    assert!(boxed.is_transient());
    assert_eq!(boxed.retry_after(), Some(secs(3)));
    assert!(boxed.policy_error().is_none());
    assert!(!Box::new(io::Error::from(io::ErrorKind::NotFound)).is_transient());
}

#[tokio::test(start_paused = true)]
async fn a_box_hands_the_policy_error_through() {
    let boxed: Box<PolicyError> = Box::new(timed_out().await);
    assert_eq!(boxed.policy_error().map(PolicyError::kind), Some(PolicyErrorKind::TimedOut));
}

/// A box of the function's own error under a bare `#[retry]`.
#[tokio::test(start_paused = true)]
async fn a_boxed_error_can_be_retried() {
    #[retry(backoff = constant(1ms), jitter = none)]
    async fn boxed(attempts: &Attempts, kind: io::ErrorKind) -> Result<(), Box<io::Error>> {
        attempts.begin();
        Err(Box::new(kind.into()))
    }

    for (kind, expected) in [(io::ErrorKind::BrokenPipe, 3), (io::ErrorKind::NotFound, 1)] {
        let attempts = Attempts::new();
        boxed(&attempts, kind).await.unwrap_err();
        assert_eq!(attempts.count(), expected, "{kind:?}");
    }
}
