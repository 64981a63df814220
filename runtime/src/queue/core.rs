//! What all queues have in common: the items, who waits for what, and how it ends.

use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll};

use super::entries::{Entries, Entry};
use super::error::{Ended, PutError, TryGetError};
use super::item::Item;
use super::line::{Calls, Line, Number};
use super::on_drop::OnDrop;
use crate::sync::Mutex;

/// A queue, as its handles, its items and its futures share it.
///
/// There is one lock and no atomic: each step sees and leaves a whole state. The lock is never held across an await, a
/// waker, or the drop of an item.
pub(super) struct Core<T, P> {
    state: Mutex<State<T, P>>,
}

/// What one step of a queue works on.
pub(super) struct State<T, P> {
    entries: Entries<T, P>,
    capacity: usize,
    next_sequence: u64,
    /// Put and not done: those that are queued and those that are out.
    unfinished: usize,
    /// Whether the queue was shut down with items that nobody had done.
    abandoned: bool,
    ended: Option<Ended>,
    on_drop: OnDrop,
    getters: Line,
    putters: Line,
    joiners: Line,
}

/// How long a consumer of a closed queue goes on waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// Until nothing is queued.
    Empty,
    /// Until nothing is out either, since an item that is out may come back.
    AllDone,
}

impl<T, P: Ord> Core<T, P> {
    #[track_caller]
    pub(super) fn new(capacity: usize, entries: Entries<T, P>) -> Arc<Self> {
        assert!(capacity > 0, "a queue of capacity 0 could hold nothing: write at least 1");
        let state = State {
            entries,
            capacity,
            next_sequence: 0,
            unfinished: 0,
            abandoned: false,
            ended: None,
            on_drop: OnDrop::default(),
            getters: Line::default(),
            putters: Line::default(),
            joiners: Line::default(),
        };
        Arc::new(Self { state: Mutex::new(state) })
    }

    /// Reads the state.
    pub(super) fn read<R>(&self, look: impl FnOnce(&State<T, P>) -> R) -> R {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the state, and calls whom that concerns once the lock is free.
    ///
    /// What `step` gives must be able to stand a panic of a waker: an [`Item`], not an [`Entry`].
    #[inline]
    fn change<R>(&self, step: impl FnOnce(&mut State<T, P>, &mut Calls) -> R) -> R {
        let mut calls = Calls::default();
        let given = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let before = state.milestones();
            let given = step(&mut state, &mut calls);
            if state.somebody_waits() {
                state.balance(before, &mut calls);
            }
            given
        };
        if calls.is_empty() {
            // As it mostly is, and its destructor would look at everything again.
            std::mem::forget(calls);
        } else {
            calls.wake();
        }
        given
    }

    pub(super) fn set_on_drop(&self, on_drop: OnDrop) {
        self.change(|state, _| state.on_drop = on_drop);
    }

    pub(super) fn try_put(&self, value: T, priority: P) -> Result<(), PutError<T>> {
        self.change(|state, _| {
            if let Some(ended) = state.ended {
                return Err(PutError::ended_by(value, ended));
            }
            if state.room() <= state.putters.turns() {
                return Err(PutError::full(value));
            }
            state.put(value, priority);
            Ok(())
        })
    }

    /// Puts what is in `offer`, which is taken when this is ready.
    pub(super) fn poll_put(
        &self,
        offer: &mut Option<(T, P)>,
        place: &mut Option<Number>,
        cx: &Context<'_>,
    ) -> Poll<Result<(), PutError<T>>> {
        self.change(|state, calls| {
            let free = match *place {
                Some(number) => state.putters.has_turn(number),
                None => state.room() > state.putters.turns(),
            };
            if !free && state.ended.is_none() {
                wait(&mut state.putters, place, cx, calls);
                return Poll::Pending;
            }
            if let Some(number) = place.take() {
                state.putters.leave(number, calls);
            }
            let Some((value, priority)) = offer.take() else { unreachable!("polled after it was ready") };
            if let Some(ended) = state.ended {
                return Poll::Ready(Err(PutError::ended_by(value, ended)));
            }
            state.put(value, priority);
            Poll::Ready(Ok(()))
        })
    }

    pub(super) fn stop_putting(&self, number: Number) {
        self.change(|state, calls| state.putters.leave(number, calls));
    }

    pub(super) fn try_get(self: &Arc<Self>) -> Result<Item<T, P>, TryGetError> {
        self.change(|state, _| match state.ended {
            Some(ended @ (Ended::ShutDown | Ended::Poisoned)) => Err(TryGetError::Ended(ended)),
            Some(ended) if state.entries.len() == 0 => Err(TryGetError::Ended(ended)),
            _ if state.entries.len() > state.getters.turns() => state.take(self).ok_or(TryGetError::Empty),
            _ => Err(TryGetError::Empty),
        })
    }

    pub(super) fn poll_get(
        self: &Arc<Self>,
        until: Until,
        place: &mut Option<Number>,
        cx: &Context<'_>,
    ) -> Poll<Result<Item<T, P>, Ended>> {
        self.change(|state, calls| {
            let turn = match *place {
                Some(number) => state.getters.has_turn(number),
                None => state.entries.len() > state.getters.turns(),
            };
            let ended = state.end_for_getter(until);
            if !turn && ended.is_none() {
                wait(&mut state.getters, place, cx, calls);
                return Poll::Pending;
            }
            if let Some(number) = place.take() {
                state.getters.leave(number, calls);
            }
            if let Some(ended) = ended {
                return Poll::Ready(Err(ended));
            }
            let Some(item) = state.take(self) else { unreachable!("a turn is given for an item") };
            Poll::Ready(Ok(item))
        })
    }

    pub(super) fn stop_getting(&self, number: Number) {
        self.change(|state, calls| state.getters.leave(number, calls));
    }

    pub(super) fn poll_join(&self, place: &mut Option<Number>, cx: &Context<'_>) -> Poll<Result<(), Ended>> {
        self.change(|state, calls| {
            // A turn stays: that something was put after all were done must not keep anybody waiting.
            let turn = place.is_some_and(|number| state.joiners.has_turn(number));
            if !turn && !state.is_joined() {
                wait(&mut state.joiners, place, cx, calls);
                return Poll::Pending;
            }
            if let Some(number) = place.take() {
                state.joiners.leave(number, calls);
            }
            Poll::Ready(state.outcome())
        })
    }

    pub(super) fn stop_joining(&self, number: Number) {
        self.change(|state, calls| state.joiners.leave(number, calls));
    }

    pub(super) fn close(&self) {
        self.change(|state, _| state.ended.get_or_insert(Ended::Closed).to_owned());
    }

    pub(super) fn shut_down(&self) -> Vec<T> {
        self.change(|state, _| {
            if state.ended != Some(Ended::Poisoned) {
                state.ended = Some(Ended::ShutDown);
            }
            let left: Vec<T> = std::iter::from_fn(|| state.entries.pop()).map(|entry| entry.value).collect();
            state.unfinished -= left.len();
            state.abandoned |= !left.is_empty();
            left
        })
    }

    /// An item that was out is done.
    pub(super) fn finish_one(&self) {
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            // That the last one is done is all that anybody waits for.
            if state.unfinished > 1 {
                state.unfinished -= 1;
                return;
            }
        }
        self.change(|state, _| state.unfinished -= 1);
    }

    /// An item comes back. It is given again if the queue takes nothing back any more.
    pub(super) fn put_back(&self, entry: Entry<T, P>) -> Option<Entry<T, P>> {
        self.change(|state, _| state.put_back(entry))
    }

    /// An item was dropped before it was done.
    pub(super) fn drop_undone(&self, entry: Entry<T, P>) {
        // The item that nobody wants is dropped here, after the lock.
        let _nobodys = self.change(|state, _| match state.on_drop {
            OnDrop::Requeue => state.put_back(entry),
            OnDrop::Done => {
                state.unfinished -= 1;
                Some(entry)
            }
            OnDrop::Poison => {
                if state.ended != Some(Ended::ShutDown) {
                    state.ended = Some(Ended::Poisoned);
                }
                state.unfinished -= 1;
                state.abandoned = true;
                Some(entry)
            }
        });
    }
}

impl<T, P: Ord> State<T, P> {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn capacity(&self) -> usize {
        self.capacity
    }

    pub(super) fn unfinished(&self) -> usize {
        self.unfinished
    }

    pub(super) fn is_ended(&self) -> bool {
        self.ended.is_some()
    }

    /// None while more is queued than fits, because something came back.
    fn room(&self) -> usize {
        self.capacity.saturating_sub(self.entries.len())
    }

    fn put(&mut self, value: T, priority: P) {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        self.unfinished += 1;
        self.entries.insert(Entry { value, priority, sequence, deliveries: 0 });
    }

    fn take(&mut self, core: &Arc<Core<T, P>>) -> Option<Item<T, P>> {
        let mut entry = self.entries.pop()?;
        entry.deliveries = entry.deliveries.saturating_add(1);
        Some(Item::new(entry, Arc::clone(core)))
    }

    fn put_back(&mut self, entry: Entry<T, P>) -> Option<Entry<T, P>> {
        if let Some(Ended::ShutDown | Ended::Poisoned) = self.ended {
            self.unfinished -= 1;
            self.abandoned = true;
            return Some(entry);
        }
        self.entries.insert(entry);
        None
    }

    fn end_for_getter(&self, until: Until) -> Option<Ended> {
        let left = match until {
            Until::Empty => self.entries.len(),
            Until::AllDone => self.unfinished,
        };
        self.ended.filter(|ended| *ended != Ended::Closed || left == 0)
    }

    fn is_joined(&self) -> bool {
        self.unfinished == 0 || self.ended == Some(Ended::Poisoned)
    }

    fn outcome(&self) -> Result<(), Ended> {
        match self.ended {
            Some(Ended::Poisoned) => Err(Ended::Poisoned),
            _ if self.abandoned => Err(Ended::ShutDown),
            _ => Ok(()),
        }
    }

    #[inline]
    fn somebody_waits(&self) -> bool {
        !(self.getters.is_empty() && self.putters.is_empty() && self.joiners.is_empty())
    }

    /// What those who wait without a turn have to be told of when it changes.
    #[inline]
    fn milestones(&self) -> Milestones {
        let ended = self.ended;
        let is = |nothing_left: bool| ended.is_some() && nothing_left;
        Milestones { ended, drained: is(self.entries.len() == 0), all_done: is(self.unfinished == 0) }
    }

    /// Gives turns to as many as there is something for.
    #[inline]
    fn balance(&mut self, before: Milestones, calls: &mut Calls) {
        self.getters.admit(self.entries.len(), calls);
        self.putters.admit(self.room(), calls);
        if self.is_joined() {
            self.joiners.admit_all(calls);
        }
        // Before there is an end, nothing is on its way to it.
        if self.ended.is_some() && self.milestones() != before {
            self.getters.wake_all(calls);
            self.putters.wake_all(calls);
        }
    }
}

/// How far a queue is on its way to the end.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Milestones {
    ended: Option<Ended>,
    drained: bool,
    all_done: bool,
}

/// Takes a place in `line`, or keeps the one that is there.
fn wait(line: &mut Line, place: &mut Option<Number>, cx: &Context<'_>, calls: &mut Calls) {
    match *place {
        Some(number) => line.stay(number, cx.waker(), calls),
        None => *place = Some(line.enter(cx.waker())),
    }
}
