//! The three queues: handles to the one that they share.

use std::collections::{BinaryHeap, VecDeque};
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use tokio::task::coop::cooperative;

use super::core::{Core, State, Until};
use super::entries::Entries;
use super::error::{Ended, PutError, TryGetError};
use super::item::Item;
use super::on_drop::OnDrop;
use super::shared::shared;
use super::wait::{Get, Join, Put};
use super::workers;
use crate::scope::GroupError;

/// A queue between tasks: first in, first out.
///
/// See the [module](crate::queue) for what all queues guarantee, and [`Item`] for what comes out.
///
/// # Examples
/// ```
/// use steadfast::Queue;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let queue = Queue::new(2);
/// queue.put("first").await.unwrap();
/// queue.put("second").await.unwrap();
/// queue.close();
///
/// while let Ok(item) = queue.get().await {
///     println!("{}", *item);
///     item.done();
/// }
/// # }
/// ```
pub struct Queue<T> {
    core: Arc<Core<T, ()>>,
}

/// A queue between tasks that gives the newest item first: a shared stack.
///
/// For work that is worth most while it is fresh. An item at the bottom may wait for ever. See the [module](crate::queue) for
/// what all queues guarantee, and [`Item`] for what comes out.
///
/// # Examples
/// ```
/// use steadfast::LifoQueue;
///
/// let queue = LifoQueue::new(2);
/// queue.try_put("first").unwrap();
/// queue.try_put("second").unwrap();
/// assert_eq!(*queue.try_get().unwrap(), "second");
/// ```
pub struct LifoQueue<T> {
    core: Arc<Core<T, ()>>,
}

/// A queue between tasks that gives the item of the highest priority first, and among equals the one that was put first.
///
/// The priority is any type that is `Ord`, and the greatest comes first, as in [`BinaryHeap`]: wrap it in
/// [`Reverse`](std::cmp::Reverse) for the smallest, such as the earliest deadline. Items need no order of their own. One of
/// low priority may wait for ever. See the [module](crate::queue) for what all queues guarantee, and [`Item`] for what comes
/// out.
///
/// `P`'s comparison runs while the queue is locked: it must not use the queue.
///
/// # Examples
/// ```
/// use steadfast::PriorityQueue;
///
/// let queue = PriorityQueue::new(10);
/// queue.try_put("newsletter", 1).unwrap();
/// queue.try_put("password reset", 5).unwrap();
/// queue.try_put("order", 5).unwrap();
/// let order: Vec<_> = std::iter::from_fn(|| queue.try_get().ok()).map(|item| item.into_inner()).collect();
/// assert_eq!(order, ["password reset", "order", "newsletter"]);
/// ```
pub struct PriorityQueue<T, P: Ord> {
    core: Arc<Core<T, P>>,
}

impl<T> Queue<T> {
    /// An empty queue for at most `capacity` items that wait.
    ///
    /// # Panics
    /// If `capacity` is 0: such a queue could hold nothing.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Queue;
    /// let queue: Queue<u32> = Queue::new(100);
    /// assert_eq!(queue.capacity(), 100);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn new(capacity: usize) -> Self {
        Self { core: Core::new(capacity, Entries::Fifo(VecDeque::new())) }
    }
}

impl<T> LifoQueue<T> {
    /// An empty queue for at most `capacity` items that wait.
    ///
    /// # Panics
    /// If `capacity` is 0: such a queue could hold nothing.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::LifoQueue;
    /// let queue: LifoQueue<u32> = LifoQueue::new(100);
    /// assert_eq!(queue.capacity(), 100);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn new(capacity: usize) -> Self {
        Self { core: Core::new(capacity, Entries::Lifo(Vec::new())) }
    }
}

impl<T, P: Ord> PriorityQueue<T, P> {
    /// An empty queue for at most `capacity` items that wait.
    ///
    /// # Panics
    /// If `capacity` is 0: such a queue could hold nothing.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::PriorityQueue;
    /// let queue: PriorityQueue<&str, u8> = PriorityQueue::new(100);
    /// assert_eq!(queue.capacity(), 100);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn new(capacity: usize) -> Self {
        Self { core: Core::new(capacity, Entries::ByPriority(BinaryHeap::new())) }
    }

    /// Puts an item, and waits while the queue is full.
    ///
    /// Dropping the future puts nothing, and drops the item with it. Callers get in in the order in which they asked, whatever
    /// their priority: it orders the items that are queued.
    ///
    /// # Errors
    /// With the item, if the queue was closed or shut down, or is poisoned.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::PriorityQueue;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let queue = PriorityQueue::new(8);
    /// queue.put("urgent", 9).await.unwrap();
    /// # }
    /// ```
    pub fn put(&self, item: T, priority: P) -> impl Future<Output = Result<(), PutError<T>>> + use<'_, T, P> {
        cooperative(Put::new(&self.core, item, priority))
    }

    /// Puts an item if there is room right now. It never overtakes those who wait.
    ///
    /// # Errors
    /// With the item, if the queue is full, was closed or shut down, or is poisoned.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::PriorityQueue;
    /// let queue = PriorityQueue::new(1);
    /// assert!(queue.try_put("urgent", 9).is_ok());
    /// assert!(queue.try_put("more urgent", 10).unwrap_err().is_full());
    /// ```
    pub fn try_put(&self, item: T, priority: P) -> Result<(), PutError<T>> {
        self.core.try_put(item, priority)
    }
}

/// Putting without a priority.
macro_rules! put {
    ($Queue:ident, $name:literal) => {
        impl<T> $Queue<T> {
            /// Puts an item, and waits while the queue is full.
            ///
            /// Dropping the future puts nothing, and drops the item with it. Callers get in in the order of their first
            /// poll.
            ///
            /// # Errors
            /// With the item, if the queue was closed or shut down, or is poisoned.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("# use steadfast::", $name, ";")]
            /// # #[tokio::main(flavor = "current_thread")]
            /// # async fn main() {
            #[doc = concat!("let queue = ", $name, "::new(8);")]
            /// queue.put("work").await.unwrap();
            /// # }
            /// ```
            pub fn put(&self, item: T) -> impl Future<Output = Result<(), PutError<T>>> + use<'_, T> {
                cooperative(Put::new(&self.core, item, ()))
            }

            /// Puts an item if there is room right now. It never overtakes those who wait.
            ///
            /// # Errors
            /// With the item, if the queue is full, was closed or shut down, or is poisoned.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("# use steadfast::", $name, ";")]
            #[doc = concat!("let queue = ", $name, "::new(1);")]
            /// assert!(queue.try_put("work").is_ok());
            /// assert!(queue.try_put("more work").unwrap_err().is_full());
            /// ```
            pub fn try_put(&self, item: T) -> Result<(), PutError<T>> {
                self.core.try_put(item, ())
            }
        }
    };
}

put!(Queue, "Queue");
put!(LifoQueue, "LifoQueue");

shared!([], Queue<T>, Item<T>, "Queue", ());
shared!([], LifoQueue<T>, Item<T>, "LifoQueue", ());
shared!([P], PriorityQueue<T, P>, Item<T, P>, "PriorityQueue", (", 5"));
