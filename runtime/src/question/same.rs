//! Whether two items are one and the same.

use core::marker::PhantomData;

use super::{No, Yes};

/// Whether the types `A` and `B` are the same. A function has a type of its own, so that this sees through imports under
/// another name, and never takes one function for another of the same name.
pub struct Same<A, B>(PhantomData<fn() -> (A, B)>);

impl<A, B> Same<A, B> {
    #[allow(clippy::new_without_default)]
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// The question is about these items.
    #[inline]
    pub const fn ask(&self, _: &A, _: &B) {}
}

impl<T> Same<T, T> {
    #[inline]
    #[must_use]
    pub const fn same(&self) -> Yes<T> {
        Yes::HERE
    }
}

/// The answer for two that differ.
pub trait Differ {
    fn same(&self) -> No {
        No
    }
}

impl<A, B> Differ for Same<A, B> {}
