//! `by = ..` and `budget = ..` name a place; what is kept of it for the call.
//!
//! A reference into `self` would be in the way of a body that calls a `&mut self` method. So what is behind an `Arc` or a
//! reference is kept by a copy of that, and only a value that stands in the place itself is borrowed from it.

use std::ops::Deref;
use std::sync::Arc;

use crate::budget::Budget;
use crate::bulkhead::Bulkhead;

/// A place that holds a `T`, or leads to one.
#[diagnostic::on_unimplemented(
    message = "this policy needs a `{T}` here, and this is a `{Self}`",
    label = "not a `{T}`, nor a reference or an `Arc` to one",
    note = "a number stands alone: `#[bounded(8)]`"
)]
pub trait Share<'a, T> {
    /// What is kept for the call.
    type Held: Deref<Target = T>;

    /// Keeps it.
    fn share(&'a self) -> Self::Held;
}

impl<'a> Share<'a, Bulkhead> for Bulkhead {
    type Held = &'a Self;

    #[inline]
    fn share(&'a self) -> &'a Self {
        self
    }
}

impl<'a> Share<'a, Budget> for Budget {
    type Held = &'a Self;

    #[inline]
    fn share(&'a self) -> &'a Self {
        self
    }
}

impl<T> Share<'_, T> for Arc<T> {
    type Held = Self;

    #[inline]
    fn share(&self) -> Self {
        Self::clone(self)
    }
}

impl<'b, T, S: Share<'b, T> + ?Sized> Share<'_, T> for &'b S {
    type Held = S::Held;

    #[inline]
    fn share(&self) -> S::Held {
        (**self).share()
    }
}

/// Keeps the bulkhead that `place` holds or leads to.
#[inline]
pub fn share_bulkhead<'a, P: Share<'a, Bulkhead> + ?Sized>(place: &'a P) -> P::Held {
    place.share()
}

/// Keeps the budget that `place` holds or leads to.
#[inline]
pub fn share_budget<'a, P: Share<'a, Budget> + ?Sized>(place: &'a P) -> P::Held {
    place.share()
}
