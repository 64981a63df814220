//! Which errors are worth another try.

use std::io;
use std::time::Duration;

use crate::error::{Executed, PolicyError};

/// An error type that knows which of its values are worth another try.
///
/// A bare `#[retry]` asks it. Write it with [`derive(Transient)`](macro@crate::Transient), or by hand:
///
/// ```
/// use std::time::Duration;
/// use steadfast::Transient;
///
/// enum ApiError {
///     Throttled { after: Duration },
///     BadRequest,
/// }
///
/// impl Transient for ApiError {
///     fn is_transient(&self) -> bool {
///         matches!(self, ApiError::Throttled { .. })
///     }
///
///     fn retry_after(&self) -> Option<Duration> {
///         match self {
///             ApiError::Throttled { after } => Some(*after),
///             ApiError::BadRequest => None,
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`#[retry]` does not know which values of `{Self}` are worth another try",
    label = "this error does not implement `steadfast::Transient`",
    note = "say it here: `#[retry(on = any)]`, `#[retry(on(Error::Io(_)))]` or `#[retry(on = Error::is_transient)]`",
    note = "or say it once, on the error: `#[derive(steadfast::Transient)]` and `#[transient]` on each variant that is"
)]
pub trait Transient {
    /// Whether the same call may succeed if it is made again.
    fn is_transient(&self) -> bool;

    /// How long the other side asked to wait, if it did.
    fn retry_after(&self) -> Option<Duration> {
        None
    }

    /// The policy that ended the call, where this error stands for that. `#[retry]` asks it whether the body may have
    /// run, and retries one that may have only when it is `idempotent`.
    fn policy_error(&self) -> Option<&PolicyError> {
        None
    }
}

/// Every refusal and every timeout may pass. A timeout is still retried only by an `idempotent` retry, since the body
/// may have run; see [`Executed`].
impl Transient for PolicyError {
    fn is_transient(&self) -> bool {
        match self.executed() {
            Executed::No | Executed::Maybe => true,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        self.retry_after()
    }

    fn policy_error(&self) -> Option<&PolicyError> {
        Some(self)
    }
}

/// Transient are the kinds that a network or an overloaded peer brings and takes away again: refused, reset, aborted
/// and unreachable connections, a broken pipe, an unexpected end, an interruption, a would-block, a timeout.
///
/// A [`PolicyError`] inside decides for itself.
impl Transient for io::Error {
    fn is_transient(&self) -> bool {
        use io::ErrorKind as Kind;
        if let Some(policy) = self.policy_error() {
            return policy.is_transient();
        }
        matches!(
            self.kind(),
            Kind::ConnectionRefused
                | Kind::ConnectionReset
                | Kind::ConnectionAborted
                | Kind::NotConnected
                | Kind::HostUnreachable
                | Kind::NetworkUnreachable
                | Kind::NetworkDown
                | Kind::BrokenPipe
                | Kind::UnexpectedEof
                | Kind::Interrupted
                | Kind::WouldBlock
                | Kind::TimedOut
                | Kind::ResourceBusy
        )
    }

    fn retry_after(&self) -> Option<Duration> {
        self.policy_error().and_then(PolicyError::retry_after)
    }

    fn policy_error(&self) -> Option<&PolicyError> {
        self.get_ref()?.downcast_ref()
    }
}

impl<T: Transient + ?Sized> Transient for Box<T> {
    fn is_transient(&self) -> bool {
        (**self).is_transient()
    }

    fn retry_after(&self) -> Option<Duration> {
        (**self).retry_after()
    }

    fn policy_error(&self) -> Option<&PolicyError> {
        (**self).policy_error()
    }
}

/// A field that says how long to wait, for `#[transient(after = field)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how long to wait",
    label = "`#[transient(after = ..)]` names a field of type `Duration` or `Option<Duration>`"
)]
pub trait RetryAfter {
    /// How long, if it says so.
    fn retry_after(&self) -> Option<Duration>;
}

impl RetryAfter for Duration {
    fn retry_after(&self) -> Option<Duration> {
        Some(*self)
    }
}

impl RetryAfter for Option<Duration> {
    fn retry_after(&self) -> Option<Duration> {
        *self
    }
}
