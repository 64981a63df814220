//! What becomes of an item that is dropped before it is done.

/// What becomes of an [`Item`](super::Item) that is dropped before it is done.
///
/// That happens when the task that holds it is cancelled, panics, or returns early with `?`, and when somebody forgets
/// [`done`](super::Item::done). The four look the same from inside of a destructor, so they have one answer.
///
/// # Examples
/// ```
/// use steadfast::Queue;
/// use steadfast::queue::OnDrop;
///
/// let queue = Queue::new(8).on_drop(OnDrop::Done);
/// queue.try_put("best effort").unwrap();
/// drop(queue.try_get());
/// assert_eq!(queue.unfinished(), 0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnDrop {
    /// It goes back to where it would stand, had it never been taken, and somebody else gets it: nothing is lost, and work
    /// may be begun twice. This is the default.
    ///
    /// An item that makes every worker fail would come again for ever: look at
    /// [`deliveries`](super::Item::deliveries) if that can be. A queue that was shut down takes nothing back.
    #[default]
    Requeue,
    /// It counts as done: work is begun once at most, and may be lost.
    Done,
    /// The queue ends: every later `put`, `get` and `join` fails with [`Ended::Poisoned`](super::Ended::Poisoned), and so do
    /// those that wait. What is still queued can be had with `shutdown`.
    Poison,
}
