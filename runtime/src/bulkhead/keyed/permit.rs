//! The right to be inside for a key.

use std::fmt;

use super::seat::Seat;

/// The right to be inside a [`KeyedBulkhead`](crate::KeyedBulkhead) for one key; dropping it lets the next caller with
/// that key in.
///
/// It is dropped on a return, on `?`, on a panic that unwinds and when the future that holds it is dropped, and each
/// time the permit is back before the drop returns. While it is out, its key is never evicted.
///
/// # Examples
/// ```
/// use steadfast::KeyedBulkhead;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let bulkhead = KeyedBulkhead::new(1);
/// let permit = bulkhead.acquire("alice").await;
/// assert_eq!(bulkhead.busy_keys(), 1);
/// drop(permit);
/// assert_eq!(bulkhead.busy_keys(), 0);
/// # }
/// ```
#[must_use = "the permit is given back as soon as it is dropped"]
#[clippy::has_significant_drop]
pub struct KeyedPermit<'a> {
    seat: Seat<'a>,
}

impl<'a> KeyedPermit<'a> {
    /// The semaphore's own permit is to be forgotten: this one gives it back.
    pub(super) fn of(seat: Seat<'a>) -> Self {
        Self { seat }
    }
}

impl Drop for KeyedPermit<'_> {
    fn drop(&mut self) {
        self.seat.give_back();
    }
}

impl fmt::Debug for KeyedPermit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyedPermit").finish_non_exhaustive()
    }
}
