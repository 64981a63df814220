//! What went wrong in a scope.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::panic::{Location, resume_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::reason::CancelReason;
use super::slab::Label;

/// Everything that went wrong in a scope, in the order in which it happened; the body's own error is last.
///
/// A child that was cancelled, by its handle or with the scope, is not among the failures.
///
/// # Examples
/// ```
/// use steadfast::scope;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let outcome = scope(async |s| {
///     s.spawn_named("reader", async { Err::<(), _>("no such page") });
///     std::future::pending::<Result<(), &str>>().await
/// });
/// let error = outcome.await.unwrap_err();
/// assert_eq!(error.first(), Some(&"no such page"));
/// assert_eq!(error.failures()[0].name(), Some("reader"));
/// # }
/// ```
pub struct GroupError<E> {
    kind: GroupErrorKind,
    failures: Vec<TaskFailure<E>>,
    reason: Option<CancelReason>,
}

/// How a scope came to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupErrorKind {
    /// A child or the body failed.
    Failed,
    /// The deadline passed. Every child has ended all the same. What failed before or after it is in the failures.
    Elapsed,
    /// The scope was cancelled before its body had a value.
    Cancelled,
    /// The runtime was shut down under the children.
    RuntimeShutdown,
}

/// One thing that went wrong in a scope: an error, a panic, or work that was left behind; of which child, and where that was
/// spawned.
///
/// As text it says all of it: ``no such page (task `reader`, spawned at src/crawl.rs:12:9)``.
pub struct TaskFailure<E> {
    label: Option<Label>,
    index: Option<usize>,
    kind: FailureKind<E>,
}

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum FailureKind<E> {
    /// It returned an error.
    Error(E),
    /// It panicked. Only with [`Panics::Collect`](super::Panics::Collect).
    Panic(Panicked),
    /// It is on the blocking pool, did not end within
    /// [`abandon_blocking_after`](super::Options::abandon_blocking_after) and belongs to the root tracker now.
    #[non_exhaustive]
    Abandoned {
        /// How long it has been running.
        running_for: Duration,
    },
}

/// A panic that was caught.
pub struct Panicked {
    message: String,
    // A payload need not be `Sync`, and an error has to be.
    payload: Mutex<Box<dyn Any + Send>>,
}

impl<E> GroupError<E> {
    pub(crate) fn new(
        kind: GroupErrorKind,
        failures: Vec<TaskFailure<E>>,
        reason: Option<CancelReason>,
    ) -> Self {
        Self { kind, failures, reason }
    }

    /// How the scope came to fail.
    #[must_use]
    pub const fn kind(&self) -> GroupErrorKind {
        self.kind
    }

    /// Whether the deadline passed.
    #[must_use]
    pub fn is_elapsed(&self) -> bool {
        self.kind == GroupErrorKind::Elapsed
    }

    /// Whether the scope was cancelled, and nothing failed.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.kind == GroupErrorKind::Cancelled
    }

    /// Everything that failed, in the order in which it happened. It is empty if the scope only was cancelled, or ran
    /// out of time.
    #[must_use]
    pub fn failures(&self) -> &[TaskFailure<E>] {
        &self.failures
    }

    /// How many failures there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.failures.len()
    }

    /// Whether there is no failure, only an end.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.failures.is_empty()
    }

    /// The first error that a child or the body returned.
    #[must_use]
    pub fn first(&self) -> Option<&E> {
        self.failures.iter().find_map(TaskFailure::error)
    }

    /// The first error that a child or the body returned, by value.
    #[must_use]
    pub fn into_first(self) -> Option<E> {
        self.failures.into_iter().find_map(TaskFailure::into_error)
    }

    /// Why the scope was cancelled; `None` if it was not, as in a scope that collects.
    #[must_use]
    pub const fn reason(&self) -> Option<&CancelReason> {
        self.reason.as_ref()
    }

    /// The failures for which `matches` holds, and the others, each in order. A side without failures is `None`, as
    /// Python's `except*` has it; an error without any failure is on the second side.
    ///
    /// # Examples
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use steadfast::{GroupError, Scope};
    ///
    /// let outcome: Result<(), GroupError<u16>> = Scope::options().collect().run(async |tasks| {
    ///     for status in [404, 503, 500] {
    ///         tasks.spawn(async move { Err::<(), _>(status) });
    ///     }
    ///     Ok(())
    /// }).await;
    /// let (theirs, ours) = outcome.unwrap_err().split(|failure| failure.error().is_some_and(|status| *status >= 500));
    /// assert_eq!((theirs.unwrap().len(), ours.unwrap().first()), (2, Some(&404)));
    /// # }
    /// ```
    #[must_use]
    pub fn split(self, mut matches: impl FnMut(&TaskFailure<E>) -> bool) -> (Option<Self>, Option<Self>) {
        let Self { kind, failures, reason } = self;
        if failures.is_empty() {
            return (None, Some(Self { kind, failures, reason }));
        }
        let (yes, no): (Vec<_>, Vec<_>) = failures.into_iter().partition(|failure| matches(failure));
        let side = |failures: Vec<_>| {
            (!failures.is_empty()).then(|| Self { kind, failures, reason: reason.clone() })
        };
        (side(yes), side(no))
    }
}

impl<E> IntoIterator for GroupError<E> {
    type Item = TaskFailure<E>;
    type IntoIter = std::vec::IntoIter<TaskFailure<E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.failures.into_iter()
    }
}

// The other half of a pair with `failures`, which says more than `iter`.
#[allow(clippy::into_iter_without_iter)]
impl<'a, E> IntoIterator for &'a GroupError<E> {
    type Item = &'a TaskFailure<E>;
    type IntoIter = std::slice::Iter<'a, TaskFailure<E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.failures.iter()
    }
}

impl<E: fmt::Debug> fmt::Debug for GroupError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GroupError")
            .field("kind", &self.kind)
            .field("failures", &self.failures)
            .field("reason", &self.reason.as_ref().map(ToString::to_string))
            .finish()
    }
}

impl<E: fmt::Display> fmt::Display for GroupError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            GroupErrorKind::Failed => {}
            GroupErrorKind::Elapsed => f.write_str("the deadline of the scope has passed")?,
            GroupErrorKind::Cancelled => f.write_str("the scope was cancelled")?,
            GroupErrorKind::RuntimeShutdown => f.write_str("the runtime was shut down under the scope")?,
        }
        let prefix = if self.kind == GroupErrorKind::Failed { "" } else { "; " };
        match (self.failures.as_slice(), &self.reason) {
            ([], Some(reason)) if self.kind == GroupErrorKind::Cancelled => write!(f, ": {reason}"),
            ([], _) => Ok(()),
            ([only], _) => write!(f, "{prefix}{only}"),
            ([first, more @ ..], _) => write!(f, "{prefix}{first}; and {} more", more.len()),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> Error for GroupError<E> {}

impl<E> TaskFailure<E> {
    pub(crate) const fn new(label: Option<Label>, index: Option<usize>, kind: FailureKind<E>) -> Self {
        Self { label, index, kind }
    }

    /// The name of the child, if it was given one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.label.as_ref()?.name.as_deref()
    }

    /// Where the child was spawned; `None` for the body.
    #[must_use]
    pub fn location(&self) -> Option<&'static Location<'static>> {
        self.label.as_ref().map(|label| label.location)
    }

    /// The how-manyeth child of the scope it was, from zero; `None` for the body.
    #[must_use]
    pub const fn index(&self) -> Option<usize> {
        self.index
    }

    /// Whether it was the body.
    #[must_use]
    pub const fn is_body(&self) -> bool {
        self.index.is_none()
    }

    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> &FailureKind<E> {
        &self.kind
    }

    /// What went wrong, by value.
    #[must_use]
    pub fn into_kind(self) -> FailureKind<E> {
        self.kind
    }

    /// The error, if one was returned.
    #[must_use]
    pub const fn error(&self) -> Option<&E> {
        match &self.kind {
            FailureKind::Error(error) => Some(error),
            _ => None,
        }
    }

    /// The error, if one was returned, by value.
    #[must_use]
    pub fn into_error(self) -> Option<E> {
        match self.kind {
            FailureKind::Error(error) => Some(error),
            _ => None,
        }
    }

    /// The panic, if it was one.
    #[must_use]
    pub const fn panic(&self) -> Option<&Panicked> {
        match &self.kind {
            FailureKind::Panic(panic) => Some(panic),
            _ => None,
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for TaskFailure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskFailure")
            .field("name", &self.name())
            .field("location", &self.location().map(ToString::to_string))
            .field("index", &self.index)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Display> fmt::Display for TaskFailure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            FailureKind::Error(error) => write!(f, "{error}")?,
            FailureKind::Panic(panic) => write!(f, "{panic}")?,
            FailureKind::Abandoned { running_for } => {
                write!(f, "left behind on the blocking pool after {running_for:?}")?;
            }
        }
        match &self.label {
            Some(Label { name: Some(name), location }) => {
                write!(f, " (task `{name}`, spawned at {location})")
            }
            Some(Label { name: None, location }) => write!(f, " (task spawned at {location})"),
            None => Ok(()),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> Error for TaskFailure<E> {}

impl Panicked {
    pub(crate) fn new(payload: Box<dyn Any + Send>) -> Self {
        Self { message: message(&*payload), payload: Mutex::new(payload) }
    }

    /// What the panic said.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What was panicked with.
    #[must_use]
    pub fn into_payload(self) -> Box<dyn Any + Send> {
        self.payload.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes on panicking, without a second message.
    pub fn resume(self) -> ! {
        resume_unwind(self.into_payload())
    }
}

impl fmt::Debug for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Panicked").field(&self.message).finish()
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked: {}", self.message)
    }
}

impl Error for Panicked {}

/// The text of a panic, which `panic!` makes a `&str` or a `String`.
pub(crate) fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&'static str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a payload that is not text".to_owned()
    }
}

/// A payload of the same text, for the second of two who want it.
pub(crate) fn copy(payload: &(dyn Any + Send)) -> Box<dyn Any + Send> {
    match payload.downcast_ref::<&'static str>() {
        Some(text) => Box::new(*text),
        None => Box::new(message(payload)),
    }
}
