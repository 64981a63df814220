//! What a call hands down to the calls it makes: its deadline, and that it is being retried.
//!
//! It belongs to the task, not to the thread: a policy's future puts its own value in place for the length of one poll
//! and takes it out again, as `tokio::task_local!` does. A task that is spawned starts with none.

use std::cell::Cell;

use tokio::time::Instant;

use crate::site::Site;
use crate::sync::thread_local;

#[derive(Clone, Copy)]
pub(crate) struct Ambient {
    /// The earliest deadline that encloses the current code.
    pub(crate) deadline: Option<Instant>,
    /// The innermost retried function whose attempt encloses the current code.
    pub(crate) retrying: Option<&'static Site>,
}

thread_local! {
    static AMBIENT: Cell<Ambient> = const { Cell::new(Ambient { deadline: None, retrying: None }) };
}

#[inline]
pub(crate) fn current() -> Ambient {
    AMBIENT.get()
}

/// The earlier of two deadlines, either of which may not be there.
#[inline]
pub(crate) fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// For the rest of the poll that has handed `from` down: what is called hands `to` down, unless something in between hands
/// down its own.
pub(crate) fn move_deadline(from: Option<Instant>, to: Option<Instant>) {
    let ambient = current();
    if ambient.deadline == from {
        AMBIENT.set(Ambient { deadline: to, ..ambient });
    }
}

/// Puts the outer value back when dropped, also when the poll panics.
pub(crate) struct Entered {
    outer: Ambient,
}

impl Entered {
    #[inline]
    pub(crate) fn new(inner: Ambient) -> Self {
        Self { outer: AMBIENT.replace(inner) }
    }
}

impl Drop for Entered {
    #[inline]
    fn drop(&mut self) {
        AMBIENT.set(self.outer);
    }
}
