//! Children that a scope does not let in.

use std::fmt;

use crate::scope::handle::TaskHandle;
use crate::scope::place::Refused;
use crate::scope::spawn::Returned;

/// A child that was not let in, given back with [`into_inner`](Self::into_inner).
pub enum TrySpawnError<W> {
    /// As many children run as may run.
    Full(W),
    /// The scope was cancelled.
    Aborting(W),
}

impl<W> TrySpawnError<W> {
    /// The work.
    #[must_use]
    pub fn into_inner(self) -> W {
        match self {
            Self::Full(work) | Self::Aborting(work) => work,
        }
    }

    /// Whether there is only no place at the moment.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        matches!(self, Self::Full(_))
    }
}

impl<W> fmt::Debug for TrySpawnError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_full() { "Full(..)" } else { "Aborting(..)" })
    }
}

impl<W> fmt::Display for TrySpawnError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_full() { "the scope is full" } else { "the scope is cancelled" })
    }
}

impl<W> std::error::Error for TrySpawnError<W> {}

/// Not by a closure, which would hide the caller from a panic.
#[track_caller]
pub(super) fn or_refused<T: 'static, W>(spawned: Result<TaskHandle<T>, Returned<W>>) -> TaskHandle<T> {
    match spawned {
        Ok(handle) => handle,
        Err(returned) => refused(returned),
    }
}

#[cold]
#[track_caller]
pub(super) fn refused<T: 'static, W>((why, work): Returned<W>) -> TaskHandle<T> {
    drop(work);
    match why {
        Refused::Aborting => TaskHandle::cancelled(),
        Refused::Finished => finished(),
    }
}

#[cold]
#[track_caller]
pub(super) fn given_back<W>((why, work): Returned<W>) -> TrySpawnError<W> {
    match why {
        Refused::Aborting => TrySpawnError::Aborting(work),
        Refused::Finished => finished(),
    }
}

#[cold]
#[track_caller]
pub(super) fn finished() -> ! {
    panic!("task group is finished: the scope has ended and waits for no more tasks")
}
