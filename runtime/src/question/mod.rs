//! The questions that expansions of `#[checked]` ask the compiler.
//!
//! A question has two phases, so that inference is never disturbed. [`Question::ask`] stands in unreachable code and
//! only says that the question is about the type of a value. The answer is a method call at the end of the coroutine's
//! body, where all types are known: which of the traits in [`answers`] has the method is the answer.

pub mod answers;
mod channels;
mod guards;
mod handles;
mod io;
mod marked;
mod marker;
mod same;
#[cfg(test)]
mod tests;

use core::marker::PhantomData;

pub use channels::*;
pub use guards::*;
pub use handles::*;
pub use io::*;
pub use marked::{Blocks, CancelUnsafe, Probe, Unmarked, dereferenced};
pub use marker::*;
pub use same::{Differ, Same};

/// A question about the type `T`. It holds nothing and is always `Send`.
///
/// The type parameter of [`Asked`] is a function pointer, so that nobody takes the question for something that holds or
/// drops a `T`: neither the compiler nor clippy, which looks for guards in the arguments of a type.
pub type Question<T> = Asked<fn() -> *const T>;

/// What a [`Question`] is made of.
pub struct Asked<P>(PhantomData<P>);

impl<T: ?Sized> Question<T> {
    #[allow(clippy::new_without_default)]
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// The question is about the type of this value.
    #[inline]
    pub const fn ask(&self, _: &T) {}
}

/// The answer that leads to a report.
pub type Yes<T> = Is<fn() -> T>;

/// What a [`Yes`] is made of.
pub struct Is<P>(PhantomData<P>);

impl<T> Yes<T> {
    const HERE: Self = Self(PhantomData);

    /// What the report is about, by its type only: it is never called.
    pub fn subject(self) -> T {
        unreachable!("the code does not compile if this is the answer")
    }

    #[inline]
    #[must_use]
    pub const fn found(self) -> Found {
        Found
    }
}

/// The answer that leads to nothing.
pub struct No;

impl No {
    #[inline]
    #[must_use]
    pub const fn subject(self) -> Self {
        self
    }

    #[inline]
    #[must_use]
    pub const fn found(self) -> Nothing {
        Nothing
    }
}

/// There is something to warn about.
pub struct Found;

/// There is nothing to warn about.
pub struct Nothing;
