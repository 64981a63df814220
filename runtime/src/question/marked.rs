//! Functions and methods that are marked, with `#[blocking]` or `#[cancel_unsafe]`.

use core::ops::Deref;

use super::{Found, No, Question};

/// What the mark of a function gives a method to. `NAME` is the number of the function's name.
#[derive(Clone, Copy)]
pub struct Probe<const NAME: u64>;

/// The answer for a function that has no mark in scope. It takes a reference, so that a mark comes first.
pub trait Unmarked {
    #[inline]
    fn __steadfast_marked(&self) -> No {
        No
    }
}

impl<const NAME: u64> Unmarked for Probe<NAME> {}

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

            /// Nothing: what is in scope anyway says nothing of the function at the end of a path.
            #[inline]
            #[must_use]
            pub fn instead<Other>(self, _: Other) -> No {
                No
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
    pub fn instead<Other>(self, other: Other) -> Other {
        other
    }

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

/// The type behind a smart pointer or reference; `()` behind anything else.
pub mod dereferenced {
    use super::{Deref, Question};

    pub trait First {
        type Target: ?Sized;

        fn target(&self) -> Question<Self::Target> {
            Question::new()
        }
    }

    impl<T: Deref + ?Sized> First for &Question<T> {
        type Target = T::Target;
    }

    pub trait Otherwise {
        fn target(&self) -> Question<()> {
            Question::new()
        }
    }

    impl<T: ?Sized> Otherwise for Question<T> {}
}
