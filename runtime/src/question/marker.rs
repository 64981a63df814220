//! The families that users can add their own types to.

use std::sync::{MutexGuard, PoisonError, RwLockReadGuard, RwLockWriteGuard, TryLockError};

/// A guard of a lock that makes threads wait: whoever wants the lock while it is held stands still, and with it every
/// task on its thread. Held across an await, that lasts until the task is polled again.
///
/// The guards of `std` are such guards, and with the features `parking_lot` and `dashmap` those of `lock_api` and
/// `dashmap`. Implement it for your own, so that `#[checked]` sees them held across an await.
///
/// ```
/// struct FileLock;
///
/// impl steadfast::marker::BlockingGuard for FileLock {}
/// ```
pub trait BlockingGuard {}

/// A value whose drop does something at once, so that throwing it away is a mistake: it unlocks, gives a permit back,
/// cancels or aborts.
///
/// ```
/// struct Lease;
///
/// impl Drop for Lease {
///     fn drop(&mut self) {
///         println!("given back");
///     }
/// }
///
/// impl steadfast::marker::DropMatters for Lease {}
/// ```
pub trait DropMatters {}

/// A value that must not be alive while its task waits, for a reason of your own.
///
/// ```
/// struct Attached;
///
/// impl steadfast::marker::NotAcrossAwait for Attached {}
/// ```
pub trait NotAcrossAwait {}

/// A client whose calls block the thread, as those of `reqwest::blocking` do (feature `reqwest`).
///
/// ```
/// struct Ldap;
///
/// impl steadfast::marker::BlockingClient for Ldap {}
/// ```
pub trait BlockingClient {}

/// An end of a channel whose methods block the thread, as those of `std::sync::mpsc` do.
///
/// ```
/// struct Inbox;
///
/// impl steadfast::marker::BlockingChannel for Inbox {}
/// ```
pub trait BlockingChannel {}

/// A value of the family inside of an `Option` or a tuple, or of a `Result` with one of these errors. With every error, a
/// `Result` whose types are only known later, outside of an `async` block, would count as one of the family.
macro_rules! wrapped {
    ($family:ident: $($error:ty),* $(,)?) => {
        impl<T: $family> $family for Option<T> {}
        impl<A: $family, B> $family for (A, B) {}
        impl<A: $family, B, C> $family for (A, B, C) {}
        $(impl<T: $family> $family for Result<T, $error> {})*
    };
}
pub(super) use wrapped;

wrapped!(BlockingGuard: PoisonError<T>, TryLockError<T>);
wrapped!(NotAcrossAwait: PoisonError<T>, TryLockError<T>);
wrapped!(DropMatters:
    PoisonError<T>,
    TryLockError<T>,
    std::cell::BorrowError,
    std::cell::BorrowMutError,
    tokio::sync::AcquireError,
    tokio::sync::TryAcquireError,
    tokio::sync::TryLockError,
    tokio::sync::mpsc::error::SendError<()>,
    tokio::sync::mpsc::error::TrySendError<()>,
);

/// For what is used through a reference as well as by itself.
macro_rules! borrowed {
    ($($family:ident)*) => {$(
        impl<T: $family + ?Sized> $family for &T {}
        impl<T: $family + ?Sized> $family for &mut T {}
        impl<T: $family + ?Sized> $family for Box<T> {}
        impl<T: $family + ?Sized> $family for std::sync::Arc<T> {}
        impl<T: $family + ?Sized> $family for std::rc::Rc<T> {}
    )*};
}
pub(super) use borrowed;

borrowed!(BlockingClient BlockingChannel);

macro_rules! family {
    ($family:ident: $($(@[$($generics:tt)*])? $ty:ty),* $(,)?) => {
        $(impl $(<$($generics)*>)? $family for $ty {})*
    };
}
pub(super) use family;

family!(BlockingGuard:
    @[T: ?Sized] MutexGuard<'_, T>,
    @[T: ?Sized] RwLockReadGuard<'_, T>,
    @[T: ?Sized] RwLockWriteGuard<'_, T>,
    std::io::StdinLock<'_>,
    std::io::StdoutLock<'_>,
    std::io::StderrLock<'_>,
);

family!(BlockingChannel:
    @[T] std::sync::mpsc::Receiver<T>,
    @[T] std::sync::mpsc::SyncSender<T>,
    @[T] std::sync::mpsc::Iter<'_, T>,
    @[T] std::sync::mpsc::IntoIter<T>,
    std::sync::Condvar,
    std::sync::Barrier,
);

#[cfg(feature = "parking_lot")]
mod parking_lot {
    use lock_api::{
        ArcMutexGuard, ArcRwLockReadGuard, ArcRwLockUpgradableReadGuard, ArcRwLockWriteGuard, GetThreadId,
        MappedMutexGuard, MappedReentrantMutexGuard, MappedRwLockReadGuard, MappedRwLockWriteGuard,
        MutexGuard, RawMutex, RawRwLock, RawRwLockUpgrade, ReentrantMutexGuard, RwLockReadGuard,
        RwLockUpgradableReadGuard, RwLockWriteGuard,
    };

    use super::BlockingGuard;

    family!(BlockingGuard:
        @[R: RawMutex, T: ?Sized] MutexGuard<'_, R, T>,
        @[R: RawMutex, T: ?Sized] MappedMutexGuard<'_, R, T>,
        @[R: RawMutex, T: ?Sized] ArcMutexGuard<R, T>,
        @[R: RawMutex, G: GetThreadId, T: ?Sized] ReentrantMutexGuard<'_, R, G, T>,
        @[R: RawMutex, G: GetThreadId, T: ?Sized] MappedReentrantMutexGuard<'_, R, G, T>,
        @[R: RawRwLock, T: ?Sized] RwLockReadGuard<'_, R, T>,
        @[R: RawRwLock, T: ?Sized] RwLockWriteGuard<'_, R, T>,
        @[R: RawRwLockUpgrade, T: ?Sized] RwLockUpgradableReadGuard<'_, R, T>,
        @[R: RawRwLock, T: ?Sized] MappedRwLockReadGuard<'_, R, T>,
        @[R: RawRwLock, T: ?Sized] MappedRwLockWriteGuard<'_, R, T>,
        @[R: RawRwLock, T: ?Sized] ArcRwLockReadGuard<R, T>,
        @[R: RawRwLock, T: ?Sized] ArcRwLockWriteGuard<R, T>,
        @[R: RawRwLockUpgrade, T: ?Sized] ArcRwLockUpgradableReadGuard<R, T>,
    );
}

#[cfg(feature = "dashmap")]
mod dashmap {
    use dashmap::mapref::entry::{Entry, OccupiedEntry, VacantEntry};
    use dashmap::mapref::multiple::{RefMulti, RefMutMulti};
    use dashmap::mapref::one::{MappedRef, MappedRefMut, Ref, RefMut};

    use super::BlockingGuard;

    family!(BlockingGuard:
        @[K, V] Ref<'_, K, V>,
        @[K, V] RefMut<'_, K, V>,
        @[K, V, T] MappedRef<'_, K, V, T>,
        @[K, V, T] MappedRefMut<'_, K, V, T>,
        @[K, V] RefMulti<'_, K, V>,
        @[K, V] RefMutMulti<'_, K, V>,
        @[K, V] Entry<'_, K, V>,
        @[K, V] OccupiedEntry<'_, K, V>,
        @[K, V] VacantEntry<'_, K, V>,
    );
}

#[cfg(feature = "reqwest")]
impl<T: BlockingClient> BlockingClient for Result<T, reqwest::Error> {}

#[cfg(feature = "reqwest")]
family!(BlockingClient:
    reqwest::blocking::Client,
    reqwest::blocking::ClientBuilder,
    reqwest::blocking::RequestBuilder,
    reqwest::blocking::Response,
);

#[cfg(feature = "rusqlite")]
impl<T: BlockingClient> BlockingClient for Result<T, rusqlite::Error> {}

#[cfg(feature = "rusqlite")]
family!(BlockingClient:
    rusqlite::Connection,
    rusqlite::Statement<'_>,
    rusqlite::Transaction<'_>,
    rusqlite::Savepoint<'_>,
    rusqlite::Rows<'_>,
);
