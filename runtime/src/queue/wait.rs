//! The futures of a queue. Each gives its place in line up when it is dropped, and with it a turn that it had not used.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::core::{Core, Until};
use super::error::{Ended, PutError};
use super::item::Item;
use super::line::Number;

pub(super) struct Put<'a, T, P: Ord> {
    core: &'a Core<T, P>,
    offer: Option<(T, P)>,
    place: Option<Number>,
}

impl<'a, T, P: Ord> Put<'a, T, P> {
    pub(super) fn new(core: &'a Core<T, P>, value: T, priority: P) -> Self {
        Self { core, offer: Some((value, priority)), place: None }
    }
}

/// Nothing here is pinned: the value only lies ready.
impl<T, P: Ord> Unpin for Put<'_, T, P> {}

impl<T, P: Ord> Future for Put<'_, T, P> {
    type Output = Result<(), PutError<T>>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.core.poll_put(&mut this.offer, &mut this.place, cx)
    }
}

impl<T, P: Ord> Drop for Put<'_, T, P> {
    #[inline]
    fn drop(&mut self) {
        if let Some(number) = self.place.take() {
            self.core.stop_putting(number);
        }
    }
}

pub(super) struct Get<'a, T, P: Ord> {
    core: &'a Arc<Core<T, P>>,
    until: Until,
    place: Option<Number>,
}

impl<'a, T, P: Ord> Get<'a, T, P> {
    pub(super) fn new(core: &'a Arc<Core<T, P>>, until: Until) -> Self {
        Self { core, until, place: None }
    }
}

impl<T, P: Ord> Future for Get<'_, T, P> {
    type Output = Result<Item<T, P>, Ended>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        this.core.poll_get(this.until, &mut this.place, cx)
    }
}

impl<T, P: Ord> Drop for Get<'_, T, P> {
    #[inline]
    fn drop(&mut self) {
        if let Some(number) = self.place.take() {
            self.core.stop_getting(number);
        }
    }
}

pub(super) struct Join<'a, T, P: Ord> {
    core: &'a Core<T, P>,
    place: Option<Number>,
}

impl<'a, T, P: Ord> Join<'a, T, P> {
    pub(super) fn new(core: &'a Core<T, P>) -> Self {
        Self { core, place: None }
    }
}

impl<T, P: Ord> Future for Join<'_, T, P> {
    type Output = Result<(), Ended>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        this.core.poll_join(&mut this.place, cx)
    }
}

impl<T, P: Ord> Drop for Join<'_, T, P> {
    #[inline]
    fn drop(&mut self) {
        if let Some(number) = self.place.take() {
            self.core.stop_joining(number);
        }
    }
}
