//! Guards, borrows and permits.

use std::cell::{Ref, RefMut};
use std::iter;

use tokio::runtime::EnterGuard;
use tokio::sync::watch;
use tokio::sync::{
    MappedMutexGuard, MutexGuard, OwnedMappedMutexGuard, OwnedMutexGuard, OwnedRwLockMappedWriteGuard,
    OwnedRwLockReadGuard, OwnedRwLockWriteGuard, OwnedSemaphorePermit, RwLockMappedWriteGuard,
    RwLockReadGuard, RwLockWriteGuard, SemaphorePermit, mpsc,
};
use tokio_util::sync::{DropGuard, DropGuardRef};
use tokio_util::task::AbortOnDropHandle;
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::marked::Pointer;
use super::marker::{BlockingGuard, DropMatters, family, wrapped};

/// A borrow of a `RefCell`.
pub trait RefCellBorrow {}

/// An entered `tracing` span.
pub trait SpanGuard {}

/// The guard of `Handle::enter`.
pub trait RuntimeEnterGuard {}

/// A borrow of the value of a `watch` channel, which keeps its senders waiting.
pub trait WatchRef {}

/// An iterator that keeps a part of a concurrent map locked from one entry to the next.
pub trait MapIterator {}

/// A guard of a `tokio` lock.
pub trait AsyncGuard {}

wrapped!(RefCellBorrow: std::cell::BorrowError, std::cell::BorrowMutError);
wrapped!(SpanGuard:);
wrapped!(RuntimeEnterGuard:);
wrapped!(WatchRef: watch::error::RecvError);
wrapped!(AsyncGuard: tokio::sync::TryLockError);

family!(RefCellBorrow: @[T: ?Sized] Ref<'_, T>, @[T: ?Sized] RefMut<'_, T>);
family!(RuntimeEnterGuard: EnterGuard<'_>);
family!(WatchRef: @[T] watch::Ref<'_, T>);

/// Puts the guards of all `tokio` locks into a family, and what else is named.
macro_rules! async_guards {
    ($family:ident: $($more:tt)*) => {
        family!($family:
            @[T: ?Sized] MutexGuard<'_, T>,
            @[T: ?Sized] MappedMutexGuard<'_, T>,
            @[T: ?Sized] OwnedMutexGuard<T>,
            @[T: ?Sized, U: ?Sized] OwnedMappedMutexGuard<T, U>,
            @[T: ?Sized] RwLockReadGuard<'_, T>,
            @[T: ?Sized] RwLockWriteGuard<'_, T>,
            @[T: ?Sized] RwLockMappedWriteGuard<'_, T>,
            @[T: ?Sized, U: ?Sized] OwnedRwLockReadGuard<T, U>,
            @[T: ?Sized] OwnedRwLockWriteGuard<T>,
            @[T: ?Sized, U: ?Sized] OwnedRwLockMappedWriteGuard<T, U>,
            $($more)*
        );
    };
}

#[cfg(feature = "dashmap")]
family!(MapIterator:
    @[K, V, S, M] dashmap::iter::Iter<'_, K, V, S, M>,
    @[K, V, S, M] dashmap::iter::IterMut<'_, K, V, S, M>,
    @[K, S, M] dashmap::iter_set::Iter<'_, K, S, M>,
);

// A lazy adaptor keeps the iterator that it is of.
family!(MapIterator:
    @[I: MapIterator, B] iter::Chain<I, B>,
    @[I: MapIterator] iter::Enumerate<I>,
    @[I: MapIterator, F] iter::Filter<I, F>,
    @[I: MapIterator, F] iter::FilterMap<I, F>,
    @[I: MapIterator, U: IntoIterator, F] iter::FlatMap<I, U, F>,
    @[I: MapIterator] iter::Fuse<I>,
    @[I: MapIterator, F] iter::Inspect<I, F>,
    @[I: MapIterator, F] iter::Map<I, F>,
    @[I: MapIterator, F] iter::MapWhile<I, F>,
    @[I: MapIterator + Iterator] iter::Peekable<I>,
    @[I: MapIterator] iter::Skip<I>,
    @[I: MapIterator, F] iter::SkipWhile<I, F>,
    @[I: MapIterator] iter::StepBy<I>,
    @[I: MapIterator] iter::Take<I>,
    @[I: MapIterator, F] iter::TakeWhile<I, F>,
);

async_guards!(AsyncGuard:);
async_guards!(Pointer:);

#[cfg(feature = "tracing")]
family!(SpanGuard: tracing::span::Entered<'_>, tracing::span::EnteredSpan);

async_guards!(DropMatters:
    SemaphorePermit<'_>,
    OwnedSemaphorePermit,
    @[T] mpsc::Permit<'_, T>,
    @[T] mpsc::OwnedPermit<T>,
    @[T] mpsc::PermitIterator<'_, T>,
    DropGuard,
    DropGuardRef<'_>,
    @[T] AbortOnDropHandle<T>,
    @[T] tokio::task::JoinSet<T>,
    TaskTrackerToken,
    EnterGuard<'_>,
    @[T: ?Sized] Ref<'_, T>,
    @[T: ?Sized] RefMut<'_, T>,
    crate::Permit<'_>,
    crate::KeyedPermit<'_>,
);

#[cfg(feature = "tracing")]
family!(DropMatters: tracing::span::Entered<'_>, tracing::span::EnteredSpan);

/// A tuple with a guard in the second place. A trait of its own, since one trait cannot look for it in two places.
pub trait InSecond {}

/// A tuple with a guard in the third place.
pub trait InThird {}

impl<A, B: BlockingGuard> InSecond for (A, B) {}
impl<A, B: BlockingGuard, C> InSecond for (A, B, C) {}
impl<A, B, C: BlockingGuard> InThird for (A, B, C) {}

macro_rules! wrapped_tuple {
    ($($family:ident)*) => {$(
        impl<T: $family> $family for Option<T> {}
        impl<T: $family> $family for Result<T, std::sync::PoisonError<T>> {}
    )*};
}

wrapped_tuple!(InSecond InThird);

/// Something that dereferences and is no guard: a reference, a smart pointer or a collection.
pub trait Collection {}

family!(Collection:
    @[T: ?Sized] &T,
    @[T: ?Sized] &mut T,
    @[T: ?Sized] Box<T>,
    @[T: ?Sized] std::rc::Rc<T>,
    @[T: ?Sized] std::sync::Arc<T>,
    @[T] Vec<T>,
    String,
    std::path::PathBuf,
    std::ffi::OsString,
    std::ffi::CString,
    @[T: ToOwned + ?Sized] std::borrow::Cow<'_, T>,
    @[T] core::pin::Pin<T>,
    @[T: ?Sized] core::mem::ManuallyDrop<T>,
    @[T] std::panic::AssertUnwindSafe<T>,
    @[T, F] std::sync::LazyLock<T, F>,
    @[T, F] core::cell::LazyCell<T, F>,
    std::io::IoSlice<'_>,
    std::io::IoSliceMut<'_>,
    @[T: Ord] std::collections::binary_heap::PeekMut<'_, T>,
);
