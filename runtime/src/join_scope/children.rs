//! The children of one scope, and who of them is to be polled.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::ready::Ready;
use crate::scope::{CancelReason, CancelSource, Label};

/// The body's place among the woken.
const BODY: usize = usize::MAX;

pub(super) type Boxed<'env, E> = Pin<Box<dyn Future<Output = Result<(), E>> + Send + 'env>>;

/// What handles and the scope have in common.
pub(super) struct Shared<'env, E> {
    ready: Arc<Ready>,
    state: Mutex<State<'env, E>>,
}

struct State<'env, E> {
    /// Spawned, and not with the others yet: a child may spawn while it is polled.
    new: Vec<New<'env, E>>,
    spawned: usize,
    living: usize,
    cancelled: Option<CancelReason>,
    closed: bool,
}

struct New<'env, E> {
    label: Label,
    index: usize,
    future: Boxed<'env, E>,
}

/// Why a scope ends early.
pub(super) enum Ended<E> {
    Error { label: Option<Label>, index: Option<usize>, error: E, reason: CancelReason },
    Panic(Box<dyn Any + Send>),
    Cancelled(CancelReason),
}

/// The children that are polled.
pub(super) struct Children<'env, E> {
    shared: Arc<Shared<'env, E>>,
    slots: Vec<Option<Child<'env, E>>>,
    free: Vec<usize>,
    body_waker: Waker,
    body_woken: bool,
    woken: Vec<usize>,
}

struct Child<'env, E> {
    label: Label,
    index: usize,
    future: Boxed<'env, E>,
    waker: Waker,
}

impl<'env, E> Shared<'env, E> {
    pub(super) fn new() -> Self {
        let state = State { new: Vec::new(), spawned: 0, living: 0, cancelled: None, closed: false };
        Self { ready: Arc::default(), state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State<'env, E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, label: Label, future: Boxed<'env, E>) {
        {
            let mut state = self.state();
            if !state.closed && state.cancelled.is_none() {
                let index = state.spawned;
                state.spawned += 1;
                state.living += 1;
                state.new.push(New { label, index, future });
                drop(state);
                self.ready.wake(None);
                return;
            }
        }
        // Outside of the lock: it is somebody else's destructor.
        drop(future);
    }

    pub(super) fn cancel(&self, reason: CancelReason) {
        self.state().cancelled.get_or_insert(reason);
        self.ready.wake(None);
    }

    pub(super) fn len(&self) -> usize {
        self.state().living
    }
}

impl<'env, E> Children<'env, E> {
    pub(super) fn new(shared: Arc<Shared<'env, E>>) -> Self {
        let body_waker = shared.ready.waker(BODY);
        Self { shared, slots: Vec::new(), free: Vec::new(), body_waker, body_woken: true, woken: Vec::new() }
    }

    /// At the beginning of a poll: sees who was woken, and has this poll's waker called from now on.
    pub(super) fn begin(&mut self, cx: &Context<'_>) {
        self.shared.ready.call_back(cx);
        self.woken = self.shared.ready.take();
        self.body_woken |= self.woken.contains(&BODY);
    }

    /// The body's waker, if the body was woken since it was polled last and nobody has cancelled the scope.
    pub(super) fn body_is_woken(&mut self) -> Option<Waker> {
        let cancelled = self.shared.state().cancelled.is_some();
        (std::mem::take(&mut self.body_woken) && !cancelled).then(|| self.body_waker.clone())
    }

    /// Polls whoever was woken, once. Ready when there is nobody left.
    pub(super) fn poll_all(&mut self, has_body: bool, cx: &Context<'_>) -> Poll<Result<(), Ended<E>>> {
        let woken = std::mem::take(&mut self.woken);
        let new = self.admit();
        for key in woken.into_iter().chain(new).filter(|key| *key != BODY) {
            if let Err(failure) = self.poll_one(key) {
                return Poll::Ready(Err(failure));
            }
        }
        let (living, cancelled, has_new) = {
            let state = self.shared.state();
            (state.living, state.cancelled.clone(), !state.new.is_empty())
        };
        if let Some(reason) = cancelled {
            return Poll::Ready(Err(Ended::Cancelled(reason)));
        }
        if living == 0 && !has_body {
            self.shared.state().closed = true;
            return Poll::Ready(Ok(()));
        }
        // One round at a time, so that children that wake each other leave the others of the thread a turn.
        if has_new || !self.shared.ready.is_empty() {
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }

    fn admit(&mut self) -> Vec<usize> {
        let new = std::mem::take(&mut self.shared.state().new);
        let place = |New { label, index, future }| {
            let key = self.free.pop().unwrap_or_else(|| {
                self.slots.push(None);
                self.slots.len() - 1
            });
            let waker = self.shared.ready.waker(key);
            self.slots[key] = Some(Child { label, index, future, waker });
            key
        };
        new.into_iter().map(place).collect()
    }

    fn poll_one(&mut self, key: usize) -> Result<(), Ended<E>> {
        // A waker may outlive its child.
        let Some(mut child) = self.slots[key].take() else { return Ok(()) };
        let polled = catch_unwind(AssertUnwindSafe(|| {
            let polled = child.future.as_mut().poll(&mut Context::from_waker(&child.waker));
            (polled, child)
        }));
        let (polled, child) = match polled {
            Ok(polled) => polled,
            Err(payload) => return Err(Ended::Panic(payload)),
        };
        let Poll::Ready(outcome) = polled else {
            self.slots[key] = Some(child);
            return Ok(());
        };
        let Child { label, index, future, .. } = child;
        let dropped = catch_unwind(AssertUnwindSafe(|| drop(future)));
        self.free.push(key);
        self.shared.state().living -= 1;
        if let Err(payload) = dropped {
            return Err(Ended::Panic(payload));
        }
        outcome.map_err(|error| {
            let cause = "a task returned an error".into();
            let reason = CancelReason::of_task(CancelSource::Error, label.clone(), cause);
            Ended::Error { label: Some(label), index: Some(index), error, reason }
        })
    }

    /// Drops all of them, and lets no more in.
    pub(super) fn clear(&mut self) {
        let new = {
            let mut state = self.shared.state();
            state.closed = true;
            state.living = 0;
            std::mem::take(&mut state.new)
        };
        let slots = std::mem::take(&mut self.slots);
        drop((slots, new));
    }
}

impl<E> Drop for Children<'_, E> {
    fn drop(&mut self) {
        self.clear();
    }
}
