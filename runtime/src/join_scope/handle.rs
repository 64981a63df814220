//! The handle of a child that runs in the same task.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// A child of a [`join_scope`](crate::join_scope). Awaiting it gives its value.
///
/// A child that fails ends the scope, and with it whoever waits in there: there is no error to see here. Dropping the handle
/// lets the child go on.
///
/// # Panics
/// If it is awaited where the scope is over and the child has no value.
pub struct JoinTask<T> {
    slot: Arc<Mutex<Slot<T>>>,
}

enum Slot<T> {
    Waiting(Option<Waker>),
    Done(T),
    /// The child is gone, or its value was taken.
    Gone,
}

/// Where the child puts its value.
pub(super) struct Give<T>(Arc<Mutex<Slot<T>>>);

pub(super) fn pair<T>() -> (Give<T>, JoinTask<T>) {
    let slot = Arc::new(Mutex::new(Slot::Waiting(None)));
    (Give(Arc::clone(&slot)), JoinTask { slot })
}

fn lock<T>(slot: &Mutex<Slot<T>>) -> MutexGuard<'_, Slot<T>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Give<T> {
    pub(super) fn value(&self, value: T) {
        self.put(Slot::Done(value));
    }

    fn put(&self, now: Slot<T>) {
        let before = std::mem::replace(&mut *lock(&self.0), now);
        if let Slot::Waiting(Some(waker)) = before {
            waker.wake();
        }
    }
}

impl<T> Drop for Give<T> {
    fn drop(&mut self) {
        let waits = matches!(*lock(&self.0), Slot::Waiting(_));
        if waits {
            self.put(Slot::Gone);
        }
    }
}

impl<T> JoinTask<T> {
    /// Whether the child has ended.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        !matches!(*lock(&self.slot), Slot::Waiting(_))
    }
}

impl<T> Future for JoinTask<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let mut slot = lock(&self.slot);
        match &mut *slot {
            Slot::Waiting(waker) => {
                match waker {
                    Some(waker) => waker.clone_from(cx.waker()),
                    none => *none = Some(cx.waker().clone()),
                }
                Poll::Pending
            }
            other => match std::mem::replace(other, Slot::Gone) {
                Slot::Done(value) => Poll::Ready(value),
                Slot::Waiting(_) | Slot::Gone => {
                    drop(slot);
                    panic!("awaited a child of a `join_scope` that has no value: its scope is over")
                }
            },
        }
    }
}

impl<T> fmt::Debug for JoinTask<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinTask").field("finished", &self.is_finished()).finish()
    }
}
