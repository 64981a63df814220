//! A caller that wants in.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};

use pin_project_lite::pin_project;
use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};
use tokio::task::coop::unconstrained;

use super::{Admission, Bulkhead, Permit};
use crate::error::FullReason;
use crate::sync::atomic::Ordering;

/// What the semaphore's own future ends in.
pub(super) type Assigned<'a> = Result<SemaphorePermit<'a>, AcquireError>;

pin_project! {
    /// A permit at once, or at the end of the queue.
    ///
    /// Written by hand because it is a part of every bounded function's future: an `async fn` that calls another one
    /// keeps what it hands over twice, which more than doubled it.
    pub(super) struct Acquire<'a, S, F>
    where
        F: Future<Output = Assigned<'a>>,
    {
        bulkhead: &'a Bulkhead,
        start: S,
        // There while this caller has a place in the queue.
        #[pin]
        turn: Option<F>,
    }

    impl<'a, S, F> PinnedDrop for Acquire<'a, S, F>
    where
        F: Future<Output = Assigned<'a>>,
    {
        fn drop(this: Pin<&mut Self>) {
            if this.is_queued() {
                this.leave();
            }
        }
    }
}

impl<'a, S, F> Acquire<'a, S, F>
where
    S: Fn(&'a Semaphore) -> F,
    F: Future<Output = Assigned<'a>>,
{
    /// `start` is [`Semaphore::acquire`], whose type has no name.
    #[inline]
    pub(super) fn new(bulkhead: &'a Bulkhead, start: S) -> Self {
        Self { bulkhead, start, turn: None }
    }

    #[cold]
    fn queue(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Permit<'a>> {
        self.bulkhead.waiting.fetch_add(1, Ordering::Relaxed);
        self.as_mut().start();
        self.poll_turn(cx)
    }

    /// Takes a place in the queue, if the admission leaves one.
    pub(super) fn join(mut self: Pin<&mut Self>, admission: &Admission) -> Result<(), FullReason> {
        let places = &self.bulkhead.waiting;
        let mut waiting = places.load(Ordering::Relaxed);
        loop {
            admission.place_after(waiting).map_err(|limit| FullReason::Queue { waiting, limit })?;
            // One step with the look: otherwise two callers could take the same place.
            let taken =
                places.compare_exchange_weak(waiting, waiting + 1, Ordering::Relaxed, Ordering::Relaxed);
            match taken {
                Ok(_) => break,
                Err(now) => waiting = now,
            }
        }
        self.as_mut().start();
        Ok(())
    }

    /// The place is taken already.
    fn start(self: Pin<&mut Self>) {
        let mut this = self.project();
        this.turn.set(Some((this.start)(&this.bulkhead.permits)));
    }
}

impl<'a, S, F> Acquire<'a, S, F>
where
    F: Future<Output = Assigned<'a>>,
{
    pub(super) fn is_queued(&self) -> bool {
        self.turn.is_some()
    }

    pub(super) fn bulkhead(&self) -> &'a Bulkhead {
        self.bulkhead
    }

    pub(super) fn poll_turn(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Permit<'a>> {
        let mut this = self.project();
        let Some(turn) = this.turn.as_mut().as_pin_mut() else {
            unreachable!("only a caller with a place in the queue has a turn")
        };
        let Ok(permit) = ready!(turn.poll(cx)) else {
            unreachable!("nobody closes the semaphore of a bulkhead")
        };
        let permit = this.bulkhead.adopt(permit);
        this.turn.set(None);
        this.bulkhead.waiting.fetch_sub(1, Ordering::Relaxed);
        Poll::Ready(permit)
    }

    /// Gives the place in the queue up, and what may have been assigned to it.
    pub(super) fn leave(self: Pin<&mut Self>) {
        let mut this = self.project();
        if this.bulkhead.resizable {
            leave_resizable(this.bulkhead, this.turn.as_mut());
        } else {
            this.turn.set(None);
        }
        this.bulkhead.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A permit that was assigned to a caller who goes away is passed on by the semaphore itself, and past the debt:
/// somebody new would get in before a smaller limit is paid for. So it is taken here and given back the proper way.
/// The lock keeps everybody from assigning one between the look and the leaving.
fn leave_resizable<'a, F>(bulkhead: &'a Bulkhead, mut turn: Pin<&mut Option<F>>)
where
    F: Future<Output = Assigned<'a>>,
{
    let mut debt = bulkhead.lock_debt();
    let Some(look) = turn.as_mut().as_pin_mut() else { return };
    // Unconstrained: a task whose budget is spent would be told "pending" with the permit in hand.
    let looked = pin!(unconstrained(look)).poll(&mut Context::from_waker(Waker::noop()));
    turn.set(None);
    if let Poll::Ready(Ok(permit)) = looked {
        permit.forget();
        bulkhead.repay_or_release(&mut debt);
    }
}

impl<'a, S, F> Future for Acquire<'a, S, F>
where
    S: Fn(&'a Semaphore) -> F,
    F: Future<Output = Assigned<'a>>,
{
    type Output = Permit<'a>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Permit<'a>> {
        if self.is_queued() {
            return self.poll_turn(cx);
        }
        match self.bulkhead.try_acquire() {
            Some(permit) => Poll::Ready(permit),
            None => self.queue(cx),
        }
    }
}
