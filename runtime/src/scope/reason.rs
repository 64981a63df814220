//! Why a scope was cancelled.

use std::borrow::Cow;
use std::fmt;
use std::panic::Location;

use super::slab::Label;

/// Why a scope was cancelled: by what, by which task, and in whose words.
///
/// Children read it with [`Scope::cancel_reason`](crate::Scope::cancel_reason) or, without a handle, with
/// [`scope::cancel_reason`](crate::scope::cancel_reason); whoever called the scope with
/// [`GroupError::reason`](crate::GroupError::reason).
///
/// # Examples
/// ```
/// use steadfast::scope::{self, CancelSource};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let outcome = scope::scope(async |tasks| {
///     tasks.spawn_named("reader", async { Err::<(), _>("no such page") });
///     std::future::pending::<Result<(), &str>>().await
/// });
/// let error = outcome.await.unwrap_err();
/// let reason = error.reason().unwrap();
/// assert_eq!((reason.source(), reason.task()), (CancelSource::Error, Some("reader")));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct CancelReason {
    source: CancelSource,
    task: Option<Label>,
    cause: Cow<'static, str>,
}

/// What cancelled a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CancelSource {
    /// Somebody asked for it, with [`Scope::cancel`](crate::Scope::cancel).
    Requested,
    /// A child returned an error.
    Error,
    /// A child or the body panicked.
    Panic,
    /// The body returned an error.
    Body,
    /// The deadline has passed.
    Deadline,
    /// The scope's future was dropped before it was ready.
    Dropped,
    /// The program ends, in which case the cause is the name of the signal or that `main` has returned; or the runtime
    /// of the scope is shut down.
    Shutdown,
}

impl CancelReason {
    pub(crate) const fn new(source: CancelSource, cause: Cow<'static, str>) -> Self {
        Self { source, task: None, cause }
    }

    pub(crate) fn of_task(source: CancelSource, task: Label, cause: Cow<'static, str>) -> Self {
        Self { source, task: Some(task), cause }
    }

    /// What cancelled the scope.
    #[must_use]
    pub const fn source(&self) -> CancelSource {
        self.source
    }

    /// The name of the child that did, if it has one.
    #[must_use]
    pub fn task(&self) -> Option<&str> {
        self.task.as_ref()?.name.as_deref()
    }

    /// Where that child was spawned; `None` if it was no child.
    #[must_use]
    pub fn location(&self) -> Option<&'static Location<'static>> {
        self.task.as_ref().map(|task| task.location)
    }

    /// What was given as the reason, or a few words about it.
    #[must_use]
    pub fn cause(&self) -> &str {
        &self.cause
    }
}

impl fmt::Display for CancelReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cause)?;
        match &self.task {
            Some(Label { name: Some(name), location }) => {
                write!(f, " (task `{name}`, spawned at {location})")
            }
            Some(Label { name: None, location }) => write!(f, " (task spawned at {location})"),
            None => Ok(()),
        }
    }
}
