//! A release that runs to its end, whoever waits for it.

use std::any::type_name;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout, timeout_at};

use super::error::ReleaseError;
use crate::ambient::{Ambient, Entered};
use crate::scope::{Core, Label};
use crate::tracker::current;
use crate::tracker::hold::Hold;

type Boxed<E> = Pin<Box<dyn Future<Output = Result<(), ReleaseError<E>>> + Send>>;

/// Gives the resource back.
pub(super) type ReleaseFn<T, E> =
    Box<dyn FnOnce(T) -> Pin<Box<dyn Future<Output = Result<(), E>> + Send>> + Send>;

/// Told of what nobody waits for.
pub(super) type Report<E> = Box<dyn FnOnce(ReleaseError<E>) + Send>;

/// A release that is on its way. Dropped before its end, it goes on in the background.
pub(super) struct Releasing<E: fmt::Debug + Send + 'static> {
    future: Option<Boxed<E>>,
    background: Option<Background<E>>,
}

/// What a release needs when nobody waits for it.
pub(super) struct Background<E> {
    /// The runtime that the resource was made on: it may be dropped on a thread that has none.
    pub(super) runtime: Option<Handle>,
    /// The scope that it was made in: it may be dropped where there is none, on a thread or in a task of somebody else's.
    pub(super) scope: Option<Arc<Core>>,
    /// What whoever waits for it calls it.
    pub(super) label: Label,
    pub(super) report: Report<E>,
}

impl<E: fmt::Debug + Send + 'static> Releasing<E> {
    pub(super) fn start<T: Send + 'static>(
        resource: T,
        release: ReleaseFn<T, E>,
        limit: Duration,
        background: Background<E>,
    ) -> Self {
        let future = Box::pin(async move {
            let deadline = Instant::now().checked_add(limit);
            let alone = Alone { deadline, future: release(resource) };
            let ended = match deadline {
                Some(deadline) => timeout_at(deadline, alone).await,
                // Too long for the clock, which is as good as no limit.
                None => timeout(Duration::MAX, alone).await,
            };
            match ended {
                Ok(outcome) => outcome.map_err(ReleaseError::Failed),
                Err(_elapsed) => Err(ReleaseError::TimedOut { limit }),
            }
        });
        Self { future: Some(future), background: Some(background) }
    }

    /// Tells the hook, after the end: whoever waited for it has something else to tell.
    pub(super) fn report(mut self, error: ReleaseError<E>) {
        if let Some(background) = self.background.take() {
            (background.report)(error);
        }
    }
}

impl<E: fmt::Debug + Send + 'static> Future for Releasing<E> {
    type Output = Result<(), ReleaseError<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Taken out, so that one that panics is not polled again from the background.
        let mut future = self.future.take().expect("polled after it was ready");
        let polled = future.as_mut().poll(cx);
        if polled.is_pending() {
            self.future = Some(future);
        }
        polled
    }
}

impl<E: fmt::Debug + Send + 'static> Drop for Releasing<E> {
    fn drop(&mut self) {
        if let (Some(future), Some(background)) = (self.future.take(), self.background.take()) {
            background.run(future);
        }
    }
}

impl<E: fmt::Debug + Send + 'static> Background<E> {
    fn run(self, future: Boxed<E>) {
        let told = Told { report: Some(self.report) };
        // The runtime of the moment first: it is alive.
        let Some(runtime) = Handle::try_current().ok().or(self.runtime) else { return };
        let hold = match current::get().or(self.scope) {
            Some(scope) => Hold::within(scope, &self.label),
            None => Hold::here(&self.label),
        };
        runtime.spawn(async move {
            // Also when the task is dropped unfinished; whoever waits is let go after that.
            let _hold = hold;
            let mut told = told;
            let outcome = future.await;
            let report = told.report.take();
            if let (Err(error), Some(report)) = (outcome, report) {
                report(error);
            }
        });
    }
}

/// Reports a release that came to no end.
struct Told<E> {
    report: Option<Report<E>>,
}

impl<E> Drop for Told<E> {
    fn drop(&mut self) {
        if let Some(report) = self.report.take() {
            let panicked = std::thread::panicking();
            report(if panicked { ReleaseError::Panicked } else { ReleaseError::Interrupted });
        }
    }
}

/// What happens without a hook.
pub(super) fn log<T, E: fmt::Debug>(error: &ReleaseError<E>) {
    let resource = type_name::<T>();
    #[cfg(feature = "tracing")]
    tracing::warn!(target: "steadfast", resource, ?error, "a resource was not released as it should have been");
    #[cfg(not(feature = "tracing"))]
    let _ = (resource, error);
}

pin_project! {
    /// A release outside of the policies around it: it has its own deadline, and retries on its own.
    struct Alone<F> {
        deadline: Option<Instant>,
        #[pin]
        future: F,
    }
}

impl<F: Future> Future for Alone<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _entered = Entered::new(Ambient { deadline: *this.deadline, retrying: None });
        this.future.poll(cx)
    }
}
