//! Why a queue gives or takes nothing more.

use std::error::Error;
use std::fmt;

/// Why nothing more comes out of a queue, or goes in.
///
/// # Examples
/// ```
/// use steadfast::Queue;
/// use steadfast::queue::Ended;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let queue: Queue<u32> = Queue::new(1);
/// queue.close();
/// assert_eq!(queue.get().await.unwrap_err(), Ended::Closed);
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ended {
    /// The queue was closed, and nothing is left in it.
    Closed,
    /// The queue was shut down; what was left in it was handed to whoever did.
    ShutDown,
    /// An item was dropped before it was done, and the queue was told to end then; see
    /// [`OnDrop::Poison`](super::OnDrop::Poison).
    Poisoned,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "the queue is closed",
            Self::ShutDown => "the queue was shut down",
            Self::Poisoned => "the queue is poisoned: an item was dropped before it was done",
        })
    }
}

impl Error for Ended {}

/// An item that could not be put, with the reason.
///
/// # Examples
/// ```
/// use steadfast::Queue;
///
/// let queue = Queue::new(1);
/// queue.try_put("first").unwrap();
/// let refused = queue.try_put("second").unwrap_err();
/// assert!(refused.is_full());
/// assert_eq!(refused.into_inner(), "second");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PutError<T> {
    value: T,
    /// `None` if it was full.
    ended: Option<Ended>,
}

impl<T> PutError<T> {
    pub(super) fn full(value: T) -> Self {
        Self { value, ended: None }
    }

    pub(super) fn ended_by(value: T, ended: Ended) -> Self {
        Self { value, ended: Some(ended) }
    }

    /// The item.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Whether there was no room just now. Only `try_put` says so: `put` waits.
    pub fn is_full(&self) -> bool {
        self.ended.is_none()
    }

    /// Why the queue takes nothing more, unless it was only full.
    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }
}

impl<T> fmt::Display for PutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ended {
            Some(ended) => ended.fmt(f),
            None => f.write_str("the queue is full"),
        }
    }
}

/// Without the item, which need not be `Debug`.
impl<T> fmt::Debug for PutError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PutError").field("ended", &self.ended).finish_non_exhaustive()
    }
}

impl<T> Error for PutError<T> {}

/// Why `try_get` found nothing.
///
/// # Examples
/// ```
/// use steadfast::Queue;
/// use steadfast::queue::TryGetError;
///
/// let queue: Queue<u32> = Queue::new(1);
/// assert_eq!(queue.try_get().unwrap_err(), TryGetError::Empty);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TryGetError {
    /// Nothing is there right now for somebody who does not wait.
    Empty,
    /// Nothing will come any more.
    Ended(Ended),
}

impl fmt::Display for TryGetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the queue is empty"),
            Self::Ended(ended) => ended.fmt(f),
        }
    }
}

impl Error for TryGetError {}
