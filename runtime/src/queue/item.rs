//! What a queue hands out.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, PoisonError};

use super::core::Core;
use super::entries::Entry;
use crate::sync::Mutex;

/// A value that was taken from a queue, and that the queue waits for until it is done.
///
/// It stands in for the value (`*item`, `item.field`, `&mut item`). The queue's `join` waits until every item is
/// [`done`](Self::done); one that is dropped before goes back to the queue, unless
/// [`on_drop`](super::Queue::on_drop) says otherwise. So a worker that is cancelled between two awaits, or panics, loses
/// nothing and keeps nobody waiting.
///
/// An item keeps its queue alive, and works after the last handle is gone.
///
/// # Examples
/// ```
/// use steadfast::Queue;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let queue = Queue::new(8);
/// queue.put("a page".to_owned()).await.unwrap();
///
/// let item = queue.get().await.unwrap();
/// assert_eq!(item.len(), 6);
/// drop(item);
/// assert_eq!(queue.len(), 1);
///
/// let item = queue.get().await.unwrap();
/// assert_eq!(item.deliveries(), 2);
/// item.done();
/// queue.join().await.unwrap();
/// # }
/// ```
#[must_use = "an item that is dropped before it is done goes back to its queue"]
#[clippy::has_significant_drop]
pub struct Item<T, P: Ord = ()> {
    /// Gone only inside of the methods that take the item.
    entry: Option<Entry<T, P>>,
    core: Arc<Core<T, P>>,
    /// Where it goes when it is dropped, while a worker of ours decides what to do with it.
    tray: Option<Arc<Tray<T, P>>>,
}

impl<T, P: Ord> Item<T, P> {
    pub(super) fn new(entry: Entry<T, P>, core: Arc<Core<T, P>>) -> Self {
        Self { entry: Some(entry), core, tray: None }
    }

    /// The value is worked off; `join` waits for it no longer. Drops the value.
    pub fn done(self) {
        drop(self.into_inner());
    }

    /// Marks the item as done and gives the value: from here on the queue knows nothing of it any more.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Queue;
    /// let queue = Queue::new(1);
    /// queue.try_put(7).unwrap();
    /// assert_eq!(queue.try_get().unwrap().into_inner(), 7);
    /// assert_eq!(queue.unfinished(), 0);
    /// ```
    pub fn into_inner(mut self) -> T {
        let entry = self.take();
        self.core.finish_one();
        entry.value
    }

    /// Puts the item back at once, to where it stood, whatever [`on_drop`](super::Queue::on_drop) says.
    ///
    /// A queue that is closed takes it back, since it was put before that; one that was shut down or is poisoned does not,
    /// and the value is given.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Queue;
    /// let queue = Queue::new(2);
    /// queue.try_put("first").unwrap();
    /// queue.try_put("second").unwrap();
    /// assert_eq!(queue.try_get().unwrap().requeue(), None);
    /// assert_eq!(queue.try_get().unwrap().into_inner(), "first");
    /// ```
    pub fn requeue(mut self) -> Option<T> {
        let entry = self.take();
        self.core.put_back(entry).map(|entry| entry.value)
    }

    /// How often it was handed out: 1 unless it came back.
    pub fn deliveries(&self) -> u32 {
        self.entry().deliveries
    }

    /// The priority with which it was put into a [`PriorityQueue`](super::PriorityQueue); `()` in the other queues.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::PriorityQueue;
    /// let queue = PriorityQueue::new(1);
    /// queue.try_put("mail", 3).unwrap();
    /// assert_eq!(*queue.try_get().unwrap().priority(), 3);
    /// ```
    pub fn priority(&self) -> &P {
        &self.entry().priority
    }

    /// Goes to `tray` instead of the queue when it is dropped undone.
    pub(super) fn carried_on(mut self, tray: &Arc<Tray<T, P>>) -> Self {
        self.tray = Some(Arc::clone(tray));
        self
    }

    fn take(&mut self) -> Entry<T, P> {
        self.entry.take().expect("only a method that takes the item takes its entry")
    }

    fn entry(&self) -> &Entry<T, P> {
        self.entry.as_ref().expect("the entry is there as long as the item is")
    }
}

impl<T, P: Ord> Drop for Item<T, P> {
    #[inline]
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.drop_undone(entry);
        }
    }
}

impl<T, P: Ord> Item<T, P> {
    fn drop_undone(&self, entry: Entry<T, P>) {
        let undone = match &self.tray {
            Some(tray) => tray.catch(entry),
            None => Some(entry),
        };
        if let Some(entry) = undone {
            self.core.drop_undone(entry);
        }
    }
}

impl<T, P: Ord> Deref for Item<T, P> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.entry().value
    }
}

impl<T, P: Ord> DerefMut for Item<T, P> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.entry.as_mut().expect("the entry is there as long as the item is").value
    }
}

impl<T: fmt::Debug, P: Ord> fmt::Debug for Item<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Item").field(&self.entry().value).finish()
    }
}

/// Holds the item that a piece of work let go of until it is known how the work ended.
pub(super) struct Tray<T, P> {
    caught: Mutex<Caught<T, P>>,
}

enum Caught<T, P> {
    /// The work runs.
    Waiting,
    Undone(Entry<T, P>),
    /// The work has ended, so whoever still has the item answers for it.
    Closed,
}

impl<T, P: Ord> Tray<T, P> {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { caught: Mutex::new(Caught::Waiting) })
    }

    /// For the next piece of work: the same again, unless an item that was given away still knows it.
    pub(super) fn renew(this: &mut Arc<Self>) {
        match Arc::get_mut(this) {
            Some(tray) => {
                *tray.caught.get_mut().unwrap_or_else(PoisonError::into_inner) = Caught::Waiting;
            }
            None => *this = Self::new(),
        }
    }

    fn catch(&self, entry: Entry<T, P>) -> Option<Entry<T, P>> {
        let mut caught = self.caught.lock().unwrap_or_else(PoisonError::into_inner);
        match *caught {
            Caught::Waiting => {
                *caught = Caught::Undone(entry);
                None
            }
            Caught::Undone(_) | Caught::Closed => Some(entry),
        }
    }

    /// What was caught, if anything; what is dropped later goes its own way.
    pub(super) fn close(&self) -> Option<Entry<T, P>> {
        let mut caught = self.caught.lock().unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *caught, Caught::Closed) {
            Caught::Undone(entry) => Some(entry),
            Caught::Waiting | Caught::Closed => None,
        }
    }
}
