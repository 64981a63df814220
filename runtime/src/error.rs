//! What a policy itself raises.

use std::fmt;
use std::io;
use std::time::Duration;

/// A policy ended the call: it timed out, or it was refused before it ran.
///
/// The error of your function stays yours. A policy that can end a call by itself needs a way to say so, and this is
/// it: your error type needs `From<PolicyError>` (or the attribute a `map_err = ..`). It is there already for
/// [`std::io::Error`], `Box<dyn Error + Send + Sync>`, `anyhow::Error` and every type that takes any `Error`;
/// [`derive(Transient)`](macro@crate::Transient) writes it for a variant marked `#[policy]`.
///
/// # Examples
/// ```
/// use steadfast::{PolicyError, PolicyErrorKind, Executed, timeout};
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// #[timeout(1s)]
/// async fn slow() -> Result<(), PolicyError> {
///     tokio::time::sleep(std::time::Duration::from_secs(60)).await;
///     Ok(())
/// }
///
/// let error = slow().await.unwrap_err();
/// assert_eq!(error.kind(), PolicyErrorKind::TimedOut);
/// assert_eq!(error.executed(), Executed::Maybe);
/// # }
/// ```
#[derive(Clone)]
pub struct PolicyError {
    function: &'static str,
    reason: Reason,
    elapsed: Duration,
}

/// Which policy ended the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolicyErrorKind {
    /// A `timeout` elapsed. The work may have been done, in part or in whole.
    TimedOut,
    /// A `bounded` function had no room: its queue was full, or the wait took too long.
    Full,
}

/// Whether the body of the function may have had an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Executed {
    /// The body never started. Calling again is always safe.
    No,
    /// The body started and did not end. Call again only what is idempotent.
    Maybe,
}

#[derive(Clone, Copy, Debug)]
enum Reason {
    TimedOut { limit: Duration },
    Full(FullReason),
}

/// Why there was no room.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FullReason {
    /// As many callers wait as may wait.
    Queue { waiting: usize, limit: usize },
    /// No permit came free in time.
    Waited { max_wait: Duration },
    /// Every key that may be kept is in use.
    Keys { max_keys: usize },
}

impl PolicyError {
    pub(crate) const fn timed_out(function: &'static str, limit: Duration, elapsed: Duration) -> Self {
        Self { function, reason: Reason::TimedOut { limit }, elapsed }
    }

    pub(crate) const fn full(function: &'static str, reason: FullReason, elapsed: Duration) -> Self {
        Self { function, reason: Reason::Full(reason), elapsed }
    }

    /// Names the function a refusal belongs to, where the refusing value did not know it.
    pub(crate) fn in_function(mut self, function: &'static str) -> Self {
        self.function = function;
        self
    }

    /// Which policy ended the call.
    #[must_use]
    pub fn kind(&self) -> PolicyErrorKind {
        match self.reason {
            Reason::TimedOut { .. } => PolicyErrorKind::TimedOut,
            Reason::Full(_) => PolicyErrorKind::Full,
        }
    }

    /// Whether the body may have had an effect: a refusal never ran it, a timeout may have.
    #[must_use]
    pub fn executed(&self) -> Executed {
        match self.reason {
            Reason::TimedOut { .. } => Executed::Maybe,
            Reason::Full(_) => Executed::No,
        }
    }

    /// How long to wait before another call can succeed, where the policy knows.
    ///
    /// Neither a timeout nor a full bulkhead can tell, so this is `None` for both.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self.reason {
            Reason::TimedOut { .. } | Reason::Full(_) => None,
        }
    }

    /// The annotated function, with its module path: `shop::payments::charge`.
    ///
    /// For a [`Bulkhead`](crate::Bulkhead) that is used as a value, `"Bulkhead"`; for
    /// [`deadline::within`](crate::deadline::within), `"deadline::within"`.
    #[must_use]
    pub fn function(&self) -> &'static str {
        self.function
    }

    /// How long the policy had waited when it ended the call.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let function = self.function;
        match self.reason {
            Reason::TimedOut { limit } => write!(f, "`{function}` timed out after {limit:?}"),
            Reason::Full(FullReason::Queue { limit: 0, .. }) => {
                write!(f, "`{function}` is full and takes no waiters")
            }
            Reason::Full(FullReason::Queue { waiting, limit }) => {
                write!(f, "`{function}` is full: {waiting} callers wait, and at most {limit} may")
            }
            Reason::Full(FullReason::Waited { max_wait }) => {
                write!(f, "`{function}` is full: no permit came free within {max_wait:?}")
            }
            Reason::Full(FullReason::Keys { max_keys }) => {
                write!(f, "`{function}` is full: all of its {max_keys} keys are in use")
            }
        }
    }
}

impl fmt::Debug for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyError")
            .field("kind", &self.kind())
            .field("function", &self.function)
            .field("reason", &self.to_string())
            .field("elapsed", &self.elapsed)
            .finish()
    }
}

impl std::error::Error for PolicyError {}

/// A timeout becomes [`io::ErrorKind::TimedOut`], a refusal [`io::ErrorKind::ResourceBusy`]; the
/// `PolicyError` is kept inside and can be had back with [`io::Error::get_ref`].
impl From<PolicyError> for io::Error {
    fn from(error: PolicyError) -> Self {
        let kind = match error.kind() {
            PolicyErrorKind::TimedOut => io::ErrorKind::TimedOut,
            PolicyErrorKind::Full => io::ErrorKind::ResourceBusy,
        };
        Self::new(kind, error)
    }
}
