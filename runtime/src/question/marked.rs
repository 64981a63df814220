//! Functions and methods that are marked, with `#[blocking]` or `#[cancel_unsafe]`.

use core::marker::PhantomData;
use core::ops::Deref;

use super::marker::family;
use super::{Found, No, Question};

/// What the mark of a function gives a method to. `A` is what the mark answers.
pub struct Probe<A>(PhantomData<A>);

impl<A> Probe<A> {
    #[allow(clippy::new_without_default)]
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// The answer for a function that has no mark. It takes a reference, so that a mark comes first.
pub trait Unmarked {
    #[inline]
    fn __steadfast_marked(&self) -> No {
        No
    }
}

impl<A> Unmarked for Probe<A> {}

/// What the mark of a function or method returns.
macro_rules! answers {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl $name {
            /// What a report is about.
            #[inline]
            #[must_use]
            pub const fn subject(self) -> Self {
                self
            }

            #[inline]
            #[must_use]
            pub const fn found(self) -> Found {
                Found
            }

            /// This answer, whatever the other one is.
            #[inline]
            #[must_use]
            pub fn or<Other>(self, _: Other) -> Self {
                self
            }
        }
    )*};
}

answers! {
    /// The function blocks whoever calls it.
    Blocks
    /// Something is lost when the function's future is dropped half-way.
    CancelUnsafe
}

impl No {
    /// The other answer.
    #[inline]
    #[must_use]
    pub fn or<Other>(self, other: Other) -> Other {
        other
    }
}

impl<T: ?Sized> Question<T> {
    /// A value of the type, for the compiler to look for methods on: it is never called.
    #[must_use]
    pub fn value(&self) -> &T {
        unreachable!("it is asked about in code that is never reached")
    }
}

/// A smart pointer or guard without methods of its own that somebody could mean in place of those behind it. What users
/// write may have such: a cache that dereferences to the database has another `get`.
pub trait Pointer: Deref {}

family!(Pointer:
    @[T: ?Sized] &T,
    @[T: ?Sized] &mut T,
    @[T: ?Sized] Box<T>,
    @[T: ?Sized] std::rc::Rc<T>,
    @[T: ?Sized] std::sync::Arc<T>,
    @[P: Deref] std::pin::Pin<P>,
    @[T, F: FnOnce() -> T] std::cell::LazyCell<T, F>,
    @[T, F: FnOnce() -> T] std::sync::LazyLock<T, F>,
    @[T: ?Sized] std::cell::Ref<'_, T>,
    @[T: ?Sized] std::cell::RefMut<'_, T>,
    @[T: ?Sized] std::sync::MutexGuard<'_, T>,
    @[T: ?Sized] std::sync::RwLockReadGuard<'_, T>,
    @[T: ?Sized] std::sync::RwLockWriteGuard<'_, T>,
    @[T] tokio::sync::watch::Ref<'_, T>,
);

#[cfg(feature = "parking_lot")]
family!(Pointer:
    @[R: lock_api::RawMutex, T: ?Sized] lock_api::MutexGuard<'_, R, T>,
    @[R: lock_api::RawMutex, T: ?Sized] lock_api::MappedMutexGuard<'_, R, T>,
    @[R: lock_api::RawMutex, T: ?Sized] lock_api::ArcMutexGuard<R, T>,
    @[R: lock_api::RawRwLock, T: ?Sized] lock_api::RwLockReadGuard<'_, R, T>,
    @[R: lock_api::RawRwLock, T: ?Sized] lock_api::RwLockWriteGuard<'_, R, T>,
);

#[cfg(feature = "dashmap")]
family!(Pointer:
    @[K: Eq + std::hash::Hash, V] dashmap::mapref::one::Ref<'_, K, V>,
    @[K: Eq + std::hash::Hash, V] dashmap::mapref::one::RefMut<'_, K, V>,
);

/// The type behind such a smart pointer or reference; `()` behind anything else.
pub mod dereferenced {
    use super::{Pointer, Question};

    pub trait First {
        type Target: ?Sized;

        fn target(&self) -> Question<Self::Target> {
            Question::new()
        }
    }

    impl<T: Pointer + ?Sized> First for &Question<T> {
        type Target = T::Target;
    }

    pub trait Otherwise {
        fn target(&self) -> Question<()> {
            Question::new()
        }
    }

    impl<T: ?Sized> Otherwise for Question<T> {}
}
