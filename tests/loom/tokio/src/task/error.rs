//! How a task ended that has no output.

use std::any::Any;
use std::fmt;

/// The number of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id(pub(super) u64);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// It was cancelled, or has panicked.
pub struct JoinError(pub(super) Option<Box<dyn Any + Send>>);

impl JoinError {
    /// Whether it was cancelled.
    #[must_use]
    pub const fn is_cancelled(&self) -> bool {
        self.0.is_none()
    }

    /// Whether it has panicked.
    #[must_use]
    pub const fn is_panic(&self) -> bool {
        self.0.is_some()
    }

    /// What it has panicked with.
    ///
    /// # Errors
    /// If it was cancelled.
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send>, Self> {
        self.0.ok_or(Self(None))
    }

    /// What it has panicked with.
    ///
    /// # Panics
    /// If it was cancelled.
    #[must_use]
    pub fn into_panic(self) -> Box<dyn Any + Send> {
        self.0.expect("it was cancelled")
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_panic() { "JoinError::Panic" } else { "JoinError::Cancelled" })
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_panic() { "the task panicked" } else { "the task was cancelled" })
    }
}

impl std::error::Error for JoinError {}
