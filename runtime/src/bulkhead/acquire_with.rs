//! A caller that wants in, but not at any price.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep, sleep};

use super::acquire::{Acquire, Assigned};
use super::{Admission, Permit};
use crate::error::{FullReason, PolicyError};

pin_project! {
    /// A permit at once, or at the end of the queue if the admission lets this caller come so far.
    pub(super) struct AcquireWith<'a, 'b, S, F>
    where
        F: Future<Output = Assigned<'a>>,
    {
        admission: &'b Admission,
        #[pin]
        acquire: Acquire<'a, S, F>,
        // There while this caller has a place in the queue and not for ever.
        #[pin]
        patience: Option<Patience>,
    }
}

pin_project! {
    struct Patience {
        max_wait: Duration,
        since: Instant,
        #[pin]
        end: Sleep,
    }
}

impl<'a, 'b, S, F> AcquireWith<'a, 'b, S, F>
where
    S: Fn(&'a Semaphore) -> F,
    F: Future<Output = Assigned<'a>>,
{
    #[inline]
    pub(super) fn new(acquire: Acquire<'a, S, F>, admission: &'b Admission) -> Self {
        Self { admission, acquire, patience: None }
    }

    #[cold]
    fn queue(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<Permit<'a>, PolicyError>> {
        let mut this = self.project();
        if let Err(reason) = this.acquire.as_mut().join(this.admission) {
            return Poll::Ready(Err(full(reason, Duration::ZERO)));
        }
        if let Some(max_wait) = this.admission.longest_wait() {
            this.patience.set(Some(Patience { max_wait, since: Instant::now(), end: sleep(max_wait) }));
        }
        poll_queued(this.acquire, this.patience, cx)
    }
}

impl<'a, S, F> Future for AcquireWith<'a, '_, S, F>
where
    S: Fn(&'a Semaphore) -> F,
    F: Future<Output = Assigned<'a>>,
{
    type Output = Result<Permit<'a>, PolicyError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.acquire.is_queued() {
            let this = self.project();
            return poll_queued(this.acquire, this.patience, cx);
        }
        match self.acquire.bulkhead().try_acquire() {
            Some(permit) => Poll::Ready(Ok(permit)),
            None => self.queue(cx),
        }
    }
}

fn poll_queued<'a, S, F>(
    mut acquire: Pin<&mut Acquire<'a, S, F>>,
    patience: Pin<&mut Option<Patience>>,
    cx: &mut Context<'_>,
) -> Poll<Result<Permit<'a>, PolicyError>>
where
    F: Future<Output = Assigned<'a>>,
{
    // The permit first: one that comes at the last moment comes in time.
    if let Poll::Ready(permit) = acquire.as_mut().poll_turn(cx) {
        return Poll::Ready(Ok(permit));
    }
    let Some(patience) = patience.as_pin_mut() else { return Poll::Pending };
    let patience = patience.project();
    ready!(patience.end.poll(cx));
    // Now, and not when the future is dropped: that may be much later.
    acquire.leave();
    let reason = FullReason::Waited { max_wait: *patience.max_wait };
    Poll::Ready(Err(full(reason, patience.since.elapsed())))
}

fn full(reason: FullReason, waited: Duration) -> PolicyError {
    PolicyError::full("Bulkhead", reason, waited)
}
