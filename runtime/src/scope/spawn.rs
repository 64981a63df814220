//! How a child comes into a scope.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::JoinHandle;

use super::child::{BlockingChild, Child, End, Sort};
use super::core::{Core, OnError};
use super::handle::TaskHandle;
use super::place::{Place, Refused};
use super::slab::Label;
use crate::tracker::registry::{self, Kind};

/// Not let in: why, and the work.
pub(crate) type Returned<W> = (Refused, W);

impl Core {
    /// Whether the handle of such a child has something to tell when it is dropped.
    fn is_linked<R, S: Sort<R>>(&self) -> bool {
        S::LOOKS_BACK || self.settings.handles_observe || matches!(self.settings.on_error, OnError::Collect)
    }

    fn admitted<R, S: Sort<R>>(self: &Arc<Self>, place: Place, join: JoinHandle<Option<R>>) -> TaskHandle<R> {
        self.started(place, join.abort_handle());
        TaskHandle::new(join, Some(Arc::clone(self)), place, self.is_linked::<R, S>())
    }

    /// Spawns onto the scope's runtime.
    #[inline]
    pub(crate) fn spawn<F, S>(
        self: &Arc<Self>,
        label: Label,
        future: F,
    ) -> Result<TaskHandle<F::Output>, Returned<F>>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
        S: Sort<F::Output>,
    {
        let (place, end) = match self.place(label, false) {
            Ok(place) => place,
            Err(refused) => return Err((refused, future)),
        };
        let child = Child::<F, S>::new(future, end);
        let join = match &self.runtime {
            Some(runtime) => runtime.spawn(child),
            None => tokio::spawn(child),
        };
        Ok(self.admitted::<_, S>(place, join))
    }

    /// Spawns onto the current `LocalSet` or `LocalRuntime`.
    pub(crate) fn spawn_local<F, S>(
        self: &Arc<Self>,
        label: Label,
        future: F,
    ) -> Result<TaskHandle<F::Output>, Returned<F>>
    where
        F: Future<Output: 'static> + 'static,
        S: Sort<F::Output>,
    {
        let (place, end) = match self.place(label, false) {
            Ok(place) => place,
            Err(refused) => return Err((refused, future)),
        };
        let join = tokio::task::spawn_local(Child::<F, S>::new(future, end));
        Ok(self.admitted::<_, S>(place, join))
    }

    /// Spawns onto the blocking pool.
    pub(crate) fn spawn_blocking<R, W, S>(
        self: &Arc<Self>,
        label: Label,
        work: W,
    ) -> Result<TaskHandle<R>, Returned<W>>
    where
        R: Send + 'static,
        W: FnOnce() -> R + Send + 'static,
        S: Sort<R>,
    {
        let (place, end) = match self.place(label, true) {
            Ok(place) => place,
            Err(refused) => return Err((refused, work)),
        };
        let child = BlockingChild::<W, S>::new(work, end);
        let work = move || child.run();
        let join = match &self.runtime {
            Some(runtime) => runtime.spawn_blocking(work),
            None => tokio::task::spawn_blocking(work),
        };
        Ok(self.admitted::<_, S>(place, join))
    }

    #[expect(
        clippy::inline_always,
        reason = "what most children do without drops out where they are spawned"
    )]
    #[inline(always)]
    fn place(self: &Arc<Self>, label: Label, blocking: bool) -> Result<(Place, End), Refused> {
        if registry::is_on() {
            return self.listed_place(&label, blocking);
        }
        let place = match label {
            Label { name: None, location } if !blocking => self.reserve_plain(location)?,
            label => self.reserve(label, blocking)?,
        };
        Ok((place, End::new(Arc::clone(self), place.key, None)))
    }

    #[cold]
    fn listed_place(self: &Arc<Self>, label: &Label, blocking: bool) -> Result<(Place, End), Refused> {
        let place = self.reserve(label.clone(), blocking)?;
        let kind = if blocking { Kind::Blocking } else { Kind::Task };
        let node = registry::enter_child(kind, label, self);
        Ok((place, End::new(Arc::clone(self), place.key, node)))
    }
}

pin_project! {
    /// A child that keeps a place in a limited scope as long as it lives.
    pub(crate) struct Holding<F> {
        #[pin]
        future: F,
        permit: OwnedSemaphorePermit,
    }
}

impl<F> Holding<F> {
    pub(crate) const fn new(future: F, permit: OwnedSemaphorePermit) -> Self {
        Self { future, permit }
    }

    pub(crate) fn into_inner(self) -> F {
        self.future
    }
}

impl<F: Future> Future for Holding<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.project().future.poll(cx)
    }
}
