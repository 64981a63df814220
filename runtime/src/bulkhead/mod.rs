//! Bulkheads: at most so many inside at once, and a queue before the door.

mod acquire;
mod acquire_with;
mod admission;
mod keyed;
mod permit;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::mem;
use std::sync::PoisonError;

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::PolicyError;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::{Mutex, MutexGuard};

pub use admission::Admission;
pub(crate) use keyed::Fingerprint;
pub use keyed::{KeyedBulkhead, KeyedPermit};
pub use permit::Permit;

use acquire::Acquire;
use acquire_with::AcquireWith;

/// At most `limit` callers inside at once; the others wait in line, first come first served.
///
/// What `#[bounded]` uses, as a value: put it in a `static`, a field or an `Arc`, hold a [`Permit`] for as long as you
/// are inside, and hand the same bulkhead to several functions with `#[bounded(by = self.limit)]`.
///
/// # What it guarantees
/// - Never more than [`limit`](Self::limit) permits are out, except for those that were out already when
///   [`resize`](Self::resize) made the limit smaller; they are retired before anybody new gets in.
/// - Callers are served in the order in which their futures were first polled. Nobody overtakes the queue, not even
///   [`try_acquire`](Self::try_acquire).
/// - A caller that is dropped while it waits gives its place up and never gets a permit. A [`Permit`] comes back on
///   every way out, a panic included.
/// - A caller that finds a free permit gets it without a wait, an allocation or a lock. It does not count against
///   tokio's cooperative budget either: a loop that never awaits anything else does not yield here.
///
/// The semaphore underneath is [`tokio::sync::Semaphore`].
///
/// # Examples
/// ```
/// use steadfast::Bulkhead;
///
/// static DATABASE: Bulkhead = Bulkhead::new(8);
///
/// async fn query() {
///     let _permit = DATABASE.acquire().await;
///     // At most eight are here.
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// query().await;
/// assert_eq!(DATABASE.available(), 8);
/// # }
/// ```
pub struct Bulkhead {
    permits: Semaphore,
    resizable: bool,
    waiting: AtomicUsize,
    limit: AtomicUsize,
    /// Permits that a smaller limit has no place for and that are still out. Whoever comes back pays it first. All
    /// that adds to the semaphore holds this lock meanwhile, so that no permit slips past a `resize`; a waker runs
    /// under it too, which is sound for all that only schedule.
    debt: Mutex<usize>,
}

impl Bulkhead {
    /// A bulkhead with this many permits.
    ///
    /// A limit of 0 would let nobody in, ever, and is taken as 1; one above [`Semaphore::MAX_PERMITS`] is taken as
    /// that.
    ///
    /// # Examples
    /// ```
    /// use steadfast::Bulkhead;
    ///
    /// static UPLOADS: Bulkhead = Bulkhead::new(4);
    /// assert_eq!(UPLOADS.limit(), 4);
    /// assert_eq!(Bulkhead::new(0).limit(), 1);
    /// ```
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self::build(limit, true)
    }

    /// A bulkhead that cannot be resized and does not pay for it: what an attribute with a constant limit keeps.
    #[doc(hidden)]
    #[must_use]
    pub const fn fixed(limit: usize) -> Self {
        Self::build(limit, false)
    }

    const fn build(limit: usize, resizable: bool) -> Self {
        let limit = sensible(limit);
        Self {
            permits: Semaphore::const_new(limit),
            resizable,
            waiting: AtomicUsize::new(0),
            limit: AtomicUsize::new(limit),
            debt: Mutex::new(0),
        }
    }

    /// Waits for a permit, for as long as it takes, first come first served.
    ///
    /// The place in line is taken when the future is first polled. Dropping the future gives it up, and with it a
    /// permit that had been assigned but not yet handed out.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Bulkhead;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let bulkhead = Bulkhead::new(2);
    /// let permit = bulkhead.acquire().await;
    /// assert_eq!(bulkhead.available(), 1);
    /// # drop(permit);
    /// # }
    /// ```
    #[inline]
    pub fn acquire(&self) -> impl Future<Output = Permit<'_>> + Send {
        Acquire::new(self, Semaphore::acquire)
    }

    /// A permit if one is free right now. It never overtakes those who wait.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Bulkhead;
    /// let bulkhead = Bulkhead::new(1);
    /// let permit = bulkhead.try_acquire();
    /// assert!(permit.is_some());
    /// assert!(bulkhead.try_acquire().is_none());
    /// ```
    #[inline]
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        // A free permit means an empty queue: the semaphore hands what comes back to its waiters first.
        self.permits.try_acquire().ok().map(|permit| self.adopt(permit))
    }

    /// Waits for a permit as long as `admission` lets it.
    ///
    /// Cancellation is as for [`acquire`](Self::acquire).
    ///
    /// # Errors
    /// A [`PolicyError`] of kind [`Full`](crate::PolicyErrorKind::Full): at once if the queue has no place left, or
    /// after `max_wait`. Its [`elapsed`](PolicyError::elapsed) is how long this caller waited.
    ///
    /// # Panics
    /// With a `max_wait`, if it has to wait outside of a tokio runtime with time enabled.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::{Admission, Bulkhead};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), steadfast::PolicyError> {
    /// let bulkhead = Bulkhead::new(1);
    /// let permit = bulkhead.acquire_with(&Admission::reject()).await?;
    /// assert!(bulkhead.acquire_with(&Admission::reject()).await.is_err());
    /// # drop(permit);
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn acquire_with<'a, 'b>(
        &'a self,
        admission: &'b Admission,
    ) -> impl Future<Output = Result<Permit<'a>, PolicyError>> + Send + use<'a, 'b> {
        AcquireWith::new(Acquire::new(self, Semaphore::acquire), admission)
    }

    /// How many may be inside at once.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Bulkhead;
    /// assert_eq!(Bulkhead::new(8).limit(), 8);
    /// ```
    pub fn limit(&self) -> usize {
        self.limit.load(Ordering::Relaxed)
    }

    /// How many permits are free right now; 0 while somebody waits, or while a smaller limit is not yet paid for.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Bulkhead;
    /// let bulkhead = Bulkhead::new(8);
    /// let _permit = bulkhead.try_acquire();
    /// assert_eq!(bulkhead.available(), 7);
    /// ```
    pub fn available(&self) -> usize {
        self.permits.available_permits()
    }

    /// How many callers wait right now. One whose turn has come counts until it has been polled.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Bulkhead;
    /// assert_eq!(Bulkhead::new(8).waiting(), 0);
    /// ```
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Changes the limit, at once and for everybody. Limits are clamped as in [`new`](Self::new).
    ///
    /// A larger limit lets waiters in before this returns. A smaller one takes the free permits away; what is missing
    /// is retired as permits come back, and until then nobody gets in. Whoever is inside stays inside.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Bulkhead;
    /// let bulkhead = Bulkhead::new(2);
    /// let (first, second) = (bulkhead.try_acquire(), bulkhead.try_acquire());
    ///
    /// bulkhead.resize(1);
    /// drop(first);
    /// assert!(bulkhead.try_acquire().is_none(), "that permit was retired");
    /// drop(second);
    /// assert!(bulkhead.try_acquire().is_some());
    /// ```
    pub fn resize(&self, limit: usize) {
        debug_assert!(self.resizable, "a fixed bulkhead does not count what it would owe");
        if !self.resizable {
            return;
        }
        let limit = sensible(limit);
        let mut debt = self.lock_debt();
        let old = self.limit.swap(limit, Ordering::Relaxed);
        if let Some(surplus) = old.checked_sub(limit) {
            *debt += surplus - self.permits.forget_permits(surplus);
        } else {
            let grown = limit - old;
            let forgiven = grown.min(*debt);
            *debt -= forgiven;
            self.permits.add_permits(grown - forgiven);
        }
    }

    /// Takes over what the semaphore gave out.
    #[inline]
    fn adopt<'a>(&'a self, permit: SemaphorePermit<'a>) -> Permit<'a> {
        // Its own way to be forgotten still asks the semaphore to release none.
        mem::forget(permit);
        Permit::of(self)
    }

    #[inline]
    fn give_back(&self) {
        if self.resizable {
            self.settle();
        } else {
            self.permits.add_permits(1);
        }
    }

    fn settle(&self) {
        self.repay_or_release(&mut self.lock_debt());
    }

    fn repay_or_release(&self, debt: &mut usize) {
        match debt.checked_sub(1) {
            Some(left) => *debt = left,
            None => self.permits.add_permits(1),
        }
    }

    fn lock_debt(&self) -> MutexGuard<'_, usize> {
        // A waker that panics poisons the lock, but the number below it is right at every moment.
        self.debt.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Bulkhead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let debt = self.lock_debt();
        let out = (self.limit() + *debt).saturating_sub(self.available());
        drop(debt);
        f.debug_struct("Bulkhead")
            .field("limit", &self.limit())
            .field("out", &out)
            .field("waiting", &self.waiting())
            .finish()
    }
}

/// Neither a bulkhead that nobody can enter, nor one that the semaphore cannot hold.
const fn sensible(limit: usize) -> usize {
    match limit {
        0 => 1,
        limit if limit > Semaphore::MAX_PERMITS => Semaphore::MAX_PERMITS,
        limit => limit,
    }
}
