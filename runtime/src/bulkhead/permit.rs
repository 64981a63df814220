//! The right to be inside.

use std::fmt;

use super::Bulkhead;

/// The right to be inside a [`Bulkhead`]; dropping it lets the next caller in.
///
/// It is dropped on a return, on `?`, on a panic that unwinds and when the future that holds it is dropped, and each
/// time the permit is back before the drop returns. It is one reference wide.
///
/// # Examples
/// ```
/// use steadfast::Bulkhead;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let bulkhead = Bulkhead::new(1);
/// let permit = bulkhead.acquire().await;
/// assert_eq!(bulkhead.available(), 0);
/// drop(permit);
/// assert_eq!(bulkhead.available(), 1);
/// # }
/// ```
#[must_use = "the permit is given back as soon as it is dropped"]
#[clippy::has_significant_drop]
pub struct Permit<'a> {
    bulkhead: &'a Bulkhead,
}

impl<'a> Permit<'a> {
    /// The semaphore's own permit is to be forgotten: this one gives it back.
    #[inline]
    pub(super) fn of(bulkhead: &'a Bulkhead) -> Self {
        Self { bulkhead }
    }
}

impl Drop for Permit<'_> {
    #[inline]
    fn drop(&mut self) {
        self.bulkhead.give_back();
    }
}

impl fmt::Debug for Permit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}
