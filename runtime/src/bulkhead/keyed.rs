//! A bulkhead per key.

mod fingerprint;
mod idle;
mod keys;
mod line;
mod permit;
mod seat;
mod slot;
mod table;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::hash::Hash;
use std::sync::OnceLock;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::{Admission, sensible};
use crate::error::{FullReason, PolicyError};

pub use permit::KeyedPermit;

pub(crate) use fingerprint::Fingerprint;
use keys::Bounds;
use table::Table;

/// At most `limit` callers inside at once for each key, with a cap on the keys that are kept.
///
/// What `#[bounded(2, key = user.id)]` uses, as a value. A key is anything that implements [`Hash`], borrowed or not:
/// `user.id`, `"alice"`, `(tenant, &host)`.
///
/// # What it guarantees
/// - Every key has its own permits and its own queue, as in [`Bulkhead`](crate::Bulkhead): first come, first served,
///   and all that a caller held or waited for is back when its future or its [`KeyedPermit`] is dropped.
/// - At most [`max_keys`](Self::max_keys) keys are kept, in a few hundred bytes each. A key that nobody holds or
///   waits for is *idle*. It leaves after [`idle`](Self::idle), and before that if a new key needs its room: the one
///   that has been idle for longest goes first. It is swept by later calls; there is no task in the background.
/// - A key with a permit out, or with somebody waiting, never leaves. If all keys at the cap are like that, a caller
///   with a new key waits until one of them is idle, first come, first served among those callers.
/// - A caller whose key is known and has a permit free gets it without a wait or an allocation. All keys share one
///   lock, which is held for some look-ups, never across an await.
///
/// # What is kept of a key
/// Not the key, but 128 bits of `SipHash` under a secret that is random per bulkhead. Two values that hash alike share a
/// limit. That this happens by accident to two of the keys that are kept has a probability below 2⁻⁹⁰, for any cap up to half a
/// million keys, and callers who choose their keys cannot provoke it, since they cannot know the secret.
///
/// # Examples
/// ```
/// use steadfast::KeyedBulkhead;
///
/// static PER_USER: KeyedBulkhead = KeyedBulkhead::new(2).max_keys(1_000);
///
/// async fn export(user: &str) {
///     let _permit = PER_USER.acquire(user).await;
///     // At most two are here for the same user.
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// export("alice").await;
/// export("bob").await;
/// assert_eq!(PER_USER.keys(), 2);
/// # }
/// ```
pub struct KeyedBulkhead {
    bounds: Bounds,
    // Not before the first use: no secret can be drawn in a constant.
    table: OnceLock<Table>,
}

impl KeyedBulkhead {
    /// A bulkhead with this many permits per key, at most 10 000 keys, each kept for 60 s after its last use.
    ///
    /// A limit of 0 is taken as 1, and one above [`Semaphore::MAX_PERMITS`](tokio::sync::Semaphore::MAX_PERMITS) as
    /// that.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::KeyedBulkhead;
    /// static PER_HOST: KeyedBulkhead = KeyedBulkhead::new(4);
    /// assert!(PER_HOST.try_acquire("example.org").is_some());
    /// ```
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        let bounds = Bounds { limit: sensible(limit), max_keys: 10_000, idle: Duration::from_secs(60) };
        Self { bounds, table: OnceLock::new() }
    }

    /// Keeps at most this many keys. 0 is taken as 1.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::KeyedBulkhead;
    /// let bulkhead = KeyedBulkhead::new(1).max_keys(2);
    /// for user in 0..100 {
    ///     let _permit = bulkhead.try_acquire(&user);
    /// }
    /// assert_eq!(bulkhead.keys(), 2);
    /// ```
    #[must_use]
    pub const fn max_keys(mut self, max_keys: usize) -> Self {
        self.bounds.max_keys = if max_keys == 0 { 1 } else { max_keys };
        self
    }

    /// Keeps a key for this long after its last use, on tokio's clock. With `Duration::ZERO` it leaves at once.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::KeyedBulkhead;
    /// # use std::time::Duration;
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let bulkhead = KeyedBulkhead::new(1).idle(Duration::from_secs(5));
    /// drop(bulkhead.acquire("alice").await);
    /// tokio::time::advance(Duration::from_secs(5)).await;
    /// assert_eq!(bulkhead.keys(), 0);
    /// # }
    /// ```
    #[must_use]
    pub const fn idle(mut self, idle: Duration) -> Self {
        self.bounds.idle = idle;
        self
    }

    /// Waits for a permit of this key, for as long as it takes, first come first served.
    ///
    /// The key is hashed by the call itself, and the future does not borrow it. The place in line is taken when the
    /// future is first polled. Dropping the future gives it up, together with a permit that had been assigned but not
    /// yet handed out, and with the key's hold on its room.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::KeyedBulkhead;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let bulkhead = KeyedBulkhead::new(1);
    /// let alice = bulkhead.acquire("alice").await;
    /// let bob = bulkhead.acquire("bob").await;
    /// assert_eq!(bulkhead.busy_keys(), 2);
    /// # drop((alice, bob));
    /// # }
    /// ```
    #[inline]
    pub fn acquire<'a, K>(&'a self, key: &K) -> impl Future<Output = KeyedPermit<'a>> + Send + use<'a, K>
    where
        K: Hash + ?Sized,
    {
        self.wait(self.table().fingerprint(key))
    }

    /// A permit of this key if one is free right now. It overtakes nobody who waits, for the key or for its room.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::KeyedBulkhead;
    /// let bulkhead = KeyedBulkhead::new(1);
    /// let alice = bulkhead.try_acquire("alice");
    /// assert!(alice.is_some());
    /// assert!(bulkhead.try_acquire("alice").is_none());
    /// assert!(bulkhead.try_acquire("bob").is_some());
    /// ```
    #[inline]
    pub fn try_acquire<K>(&self, key: &K) -> Option<KeyedPermit<'_>>
    where
        K: Hash + ?Sized,
    {
        let table = self.table();
        table.enter(table.fingerprint(key), &Admission::reject()).ok().map(KeyedPermit::of)
    }

    /// Waits for a permit of this key as long as `admission` lets it.
    ///
    /// `max_wait` covers all that a caller waits for: room for its key, and a permit of the key. Hashing and
    /// cancellation are as for [`acquire`](Self::acquire).
    ///
    /// # Errors
    /// A [`PolicyError`] of kind [`Full`](crate::PolicyErrorKind::Full): at once if the queue of the key has no place
    /// left, or the queue for room at the cap; or after `max_wait`.
    ///
    /// # Panics
    /// With a `max_wait`, if it has to wait outside of a tokio runtime with time enabled.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::{Admission, KeyedBulkhead};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), steadfast::PolicyError> {
    /// let bulkhead = KeyedBulkhead::new(1);
    /// let alice = bulkhead.acquire_with("alice", &Admission::reject()).await?;
    /// assert!(bulkhead.acquire_with("alice", &Admission::reject()).await.is_err());
    /// assert!(bulkhead.acquire_with("bob", &Admission::reject()).await.is_ok());
    /// # drop(alice);
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn acquire_with<'a, K>(
        &'a self,
        key: &K,
        admission: &Admission,
    ) -> impl Future<Output = Result<KeyedPermit<'a>, PolicyError>> + Send + use<'a, K>
    where
        K: Hash + ?Sized,
    {
        self.wait_with(self.table().fingerprint(key), *admission)
    }

    /// What the attribute keeps of a key: it borrows nothing, so the body may take the argument that the key is part of.
    #[doc(hidden)]
    #[inline]
    pub fn fingerprint<K>(&self, key: &K) -> Fingerprint
    where
        K: Hash + ?Sized,
    {
        self.table().fingerprint(key)
    }

    #[doc(hidden)]
    #[inline]
    pub fn acquire_by_fingerprint(
        &self,
        fingerprint: Fingerprint,
    ) -> impl Future<Output = KeyedPermit<'_>> + Send {
        self.wait(fingerprint)
    }

    #[doc(hidden)]
    #[inline]
    pub fn acquire_with_by_fingerprint(
        &self,
        fingerprint: Fingerprint,
        admission: &Admission,
    ) -> impl Future<Output = Result<KeyedPermit<'_>, PolicyError>> + Send + use<'_> {
        self.wait_with(fingerprint, *admission)
    }

    async fn wait(&self, fingerprint: Fingerprint) -> KeyedPermit<'_> {
        let Ok(mut seat) = self.table().enter(fingerprint, &Admission::new()) else {
            unreachable!("an admission without a limit has a place for everybody")
        };
        if !seat.has_permit() {
            seat.wait().await;
        }
        KeyedPermit::of(seat)
    }

    async fn wait_with(
        &self,
        fingerprint: Fingerprint,
        admission: Admission,
    ) -> Result<KeyedPermit<'_>, PolicyError> {
        let mut seat =
            self.table().enter(fingerprint, &admission).map_err(|reason| full(reason, Duration::ZERO))?;
        if !seat.has_permit() {
            match admission.longest_wait() {
                None => seat.wait().await,
                Some(max_wait) => {
                    let since = Instant::now();
                    let late = |_| full(FullReason::Waited { max_wait }, since.elapsed());
                    timeout(max_wait, seat.wait()).await.map_err(late)?;
                }
            }
        }
        Ok(KeyedPermit::of(seat))
    }

    fn table(&self) -> &Table {
        self.table.get_or_init(|| Table::new(self.bounds))
    }

    /// How many keys are kept: those in use, and those that have been idle for less than [`idle`](Self::idle). Never
    /// more than [`max_keys`](Self::max_keys).
    ///
    /// # Examples
    /// ```
    /// # use steadfast::KeyedBulkhead;
    /// let bulkhead = KeyedBulkhead::new(1);
    /// drop(bulkhead.try_acquire("alice"));
    /// assert_eq!((bulkhead.keys(), bulkhead.busy_keys()), (1, 0));
    /// ```
    pub fn keys(&self) -> usize {
        self.table.get().map_or(0, |table| {
            let mut keys = table.lock();
            keys.sweep(usize::MAX);
            keys.live()
        })
    }

    /// How many keys have a permit out, or somebody waiting for one.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::KeyedBulkhead;
    /// let bulkhead = KeyedBulkhead::new(1);
    /// let _alice = bulkhead.try_acquire("alice");
    /// assert_eq!(bulkhead.busy_keys(), 1);
    /// ```
    pub fn busy_keys(&self) -> usize {
        self.table.get().map_or(0, |table| table.lock().busy())
    }

    /// How many callers wait right now, for a permit of their key or for room for it. One whose turn has come counts
    /// until it has been polled.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::KeyedBulkhead;
    /// assert_eq!(KeyedBulkhead::new(1).waiting(), 0);
    /// ```
    pub fn waiting(&self) -> usize {
        self.table.get().map_or(0, |table| table.lock().waiting())
    }
}

impl fmt::Debug for KeyedBulkhead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (keys, busy, waiting) = self.table.get().map_or((0, 0, 0), |table| {
            let keys = table.lock();
            (keys.live(), keys.busy(), keys.waiting())
        });
        f.debug_struct("KeyedBulkhead")
            .field("limit", &self.bounds.limit)
            .field("max_keys", &self.bounds.max_keys)
            .field("keys", &keys)
            .field("busy", &busy)
            .field("waiting", &waiting)
            .finish()
    }
}

fn full(reason: FullReason, elapsed: Duration) -> PolicyError {
    PolicyError::full("KeyedBulkhead", reason, elapsed)
}
