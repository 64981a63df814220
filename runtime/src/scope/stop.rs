//! Failures, and what they bring about: record, cancel, abort.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::time::Instant;

use super::core::{Core, OnError};
use super::failure;
use super::options::Panics;
use super::place::Place;
use super::reason::{CancelReason, CancelSource};
use super::record::{Erased, Record, What};
use super::slab::{self, Label};
use super::state::{Phase, State, Stop};
use crate::debug;
use crate::sync::MutexGuard;
use crate::sync::atomic::Ordering;
use crate::tracker::registry;

impl Core {
    /// A child has returned an error: recorded before anything is cancelled.
    #[cold]
    pub(crate) fn child_error(&self, key: usize, error: Erased) {
        self.child_failed(key, What::Error(error));
    }

    /// A child has panicked. What is given back is for whoever awaits it.
    #[cold]
    pub(crate) fn child_panic(&self, key: usize, payload: Box<dyn Any + Send>) -> Box<dyn Any + Send> {
        let copy = failure::copy(&*payload);
        self.child_failed(key, What::Panic(payload));
        copy
    }

    fn child_failed(&self, key: usize, what: What) {
        let mut state = self.state();
        let Some(entry) = state.children.living(key) else {
            // It was moved to the root tracker, which has nobody to tell.
            drop(state);
            log(self.test(), None, &what);
            return;
        };
        let held = self.settings.handles_observe && entry.given_up.is_none();
        let record = Record { label: Some(entry.label()), index: Some(entry.index), what, held };
        if self.parent.is_none() && self.runtime.is_none() {
            drop(state);
            log(self.test(), record.label.as_ref(), &record.what);
            return;
        }
        self.record(state, record);
    }

    /// An error that a child had returned before anybody said whose it is.
    #[cold]
    pub(crate) fn late_error(&self, label: Label, index: usize, error: Erased) {
        let state = self.state();
        let record = Record { label: Some(label), index: Some(index), what: What::Error(error), held: false };
        if state.phase == Phase::Finished {
            drop(state);
            log(self.test(), record.label.as_ref(), &record.what);
        } else {
            self.record(state, record);
        }
    }

    /// The body has failed.
    #[cold]
    pub(super) fn body_panic(&self, payload: Box<dyn Any + Send>) {
        let record = Record { label: None, index: None, what: What::Panic(payload), held: false };
        let mut state = self.state();
        let reason = record.reason();
        state.records.push(record);
        self.stop_locked(state, reason);
    }

    fn record(&self, mut state: MutexGuard<'_, State>, record: Record) {
        let is_panic = matches!(record.what, What::Panic(_));
        if is_panic && state.phase == Phase::Dropped && !record.held {
            // Nobody is going to see how the scope ends.
            drop(state);
            log(self.test(), record.label.as_ref(), &record.what);
            return;
        }
        let stops = match self.settings.on_error {
            _ if is_panic && self.settings.panics == Panics::Propagate => !record.held,
            // A call has no error that could carry it, so nothing is gained by ending the others.
            _ if is_panic && self.settings.handles_observe => false,
            OnError::Cancel => !record.held,
            OnError::Collect => false,
            OnError::Supervise(ref handler) => {
                drop(state);
                self.supervise(handler, record);
                return;
            }
        };
        let reason = stops.then(|| record.reason());
        state.records.push(record);
        if let Some(reason) = reason {
            self.stop_locked(state, reason);
        }
    }

    /// A handler that panics has failed itself, and nothing of the child's is lost with it but the error it was given.
    fn supervise(&self, handler: &super::core::Handler, record: Record) {
        let (label, index) = (record.label.clone(), record.index);
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| handler(record))) {
            let record = Record { label, index, what: What::Panic(payload), held: false };
            let mut state = self.state();
            let reason = record.reason();
            state.records.push(record);
            self.stop_locked(state, reason);
        }
    }

    /// The handle of a child was dropped before anybody saw how it ended.
    pub(crate) fn handle_dropped(&self, place: Place) {
        let mut state = self.state();
        if let Some(entry) = state.children.get(place.key, place.index) {
            entry.given_up.get_or_insert(slab::no_error);
            return;
        }
        let mut held =
            state.records.iter_mut().filter(|record| record.index == Some(place.index) && record.held);
        let Some(record) = held.next() else { return };
        record.held = false;
        let reason = record.reason();
        if reason.source() == CancelSource::Panic && self.settings.panics == Panics::Propagate {
            self.stop_locked(state, reason);
        }
    }

    /// Takes back a child's error for whoever awaits it, where errors are collected.
    pub(crate) fn take_error(&self, index: usize) -> Option<Erased> {
        let mut state = self.state();
        if !matches!(self.settings.on_error, OnError::Collect) || state.phase == Phase::Finished {
            return None;
        }
        let is_it = |record: &Record| record.index == Some(index) && matches!(record.what, What::Error(_));
        let at = state.records.iter().position(is_it)?;
        match state.records.remove(at).what {
            What::Error(error) => Some(error),
            What::Panic(_) | What::Abandoned(_) => unreachable!("just seen"),
        }
    }

    /// Whoever awaits a child has seen how it failed.
    pub(crate) fn observed(&self, index: usize) {
        if self.settings.handles_observe {
            self.state().records.retain(|record| !record.held || record.index != Some(index));
        }
    }

    /// Cancels the scope; the first reason stays. Whether this was it.
    pub(crate) fn stop(&self, reason: CancelReason) -> bool {
        self.stop_locked(self.state(), reason)
    }

    pub(super) fn stop_locked(&self, mut state: MutexGuard<'_, State>, reason: CancelReason) -> bool {
        if state.phase != Phase::Open || state.stop.is_some() {
            return false;
        }
        let is_consequence = self.parent.as_ref().is_some_and(|parent| parent.is_cancelled());
        state.stop = Some(Stop::new(reason, is_consequence));
        self.stopping.store(true, Ordering::Release);
        let joiner = state.joiner.take();
        drop(state);
        self.let_nobody_wait();
        if let Some(joiner) = joiner {
            joiner.wake();
        }
        true
    }

    /// Everybody below is told, and goes on until somebody aborts it.
    pub(crate) fn ask_to_stop(&self, reason: CancelReason) {
        self.state().stop.get_or_insert(Stop { is_open: true, ..Stop::new(reason, false) });
        self.token().cancel();
    }

    /// Whoever waits for a cancel or for a place hears of it.
    fn let_nobody_wait(&self) {
        if let Some(limit) = &self.settings.limit {
            limit.close();
        }
        self.cancel_token();
    }

    /// Aborts every child. What is on the blocking pool and runs goes on.
    pub(crate) fn abort(&self) {
        let handles = {
            let mut state = self.state();
            if state.phase == Phase::Finished {
                return;
            }
            state.phase = Phase::Aborting;
            if let Some(stop) = &mut state.stop {
                stop.aborted_at = Some(Instant::now());
            }
            state.children.abort_handles()
        };
        handles.iter().for_each(tokio::task::AbortHandle::abort);
    }

    /// Aborts the children that are there, and stays open: what the root tracker does.
    pub(crate) fn abort_present(&self) {
        let (handles, adopted) = {
            let state = self.state();
            (state.children.abort_handles(), state.adopted.clone())
        };
        handles.iter().for_each(tokio::task::AbortHandle::abort);
        for core in &adopted {
            core.abort();
        }
    }

    /// Nobody polls the scope any more: its children are aborted here and now, and somebody else waits for them.
    #[cold]
    pub(super) fn frame_dropped(&self, this: &std::sync::Arc<Self>) {
        let reason =
            CancelReason::new(CancelSource::Dropped, "the scope was dropped before it was ready".into());
        let graceful = self.settings.graceful_drop;
        let handles = {
            let mut state = self.state();
            state.phase = Phase::Dropped;
            let is_consequence = self.parent.as_ref().is_some_and(|parent| parent.is_cancelled());
            state.stop.get_or_insert_with(|| Stop::new(reason, is_consequence));
            self.stopping.store(true, Ordering::Release);
            if graceful { Vec::new() } else { state.children.abort_handles() }
        };
        self.let_nobody_wait();
        handles.iter().for_each(tokio::task::AbortHandle::abort);
        if graceful {
            self.abort_after_grace(this);
        }
        self.let_ancestor_join(this);
    }

    /// A child was dropped before it returned, and the scope did not do it: either its handle did, or its runtime is gone.
    #[cold]
    pub(crate) fn child_dropped(&self, key: usize) {
        let mut state = self.state();
        // Whoever has a handle sees it there.
        let is_open = state.phase == Phase::Open
            && state.children.living(key).is_some()
            && !self.settings.handles_observe;
        if is_open && is_shut_down(self.runtime.as_ref()) {
            state.runtime_shutdown = true;
            let reason = CancelReason::new(CancelSource::Shutdown, "the runtime was shut down".into());
            self.stop_locked(state, reason);
        }
    }

    /// The test that it belongs to, where its tasks are registered.
    pub(super) fn test(&self) -> Option<u64> {
        self.node.as_ref().and_then(registry::Registered::test)
    }

    /// Why this scope, or one around it, was cancelled.
    pub(crate) fn reason(&self) -> Option<CancelReason> {
        if !self.is_cancelled() {
            return None;
        }
        self.first_reason()
    }

    /// The same of one that has ended: its own reason, unless it was a consequence of that of a scope around it.
    pub(super) fn first_reason(&self) -> Option<CancelReason> {
        let own = self.state().stop.clone();
        let outer = || self.parent.as_ref().and_then(|parent| parent.reason());
        match own {
            Some(stop) if stop.is_consequence && stop.reason.source() != CancelSource::Deadline => {
                outer().or(Some(stop.reason))
            }
            Some(stop) => Some(stop.reason),
            None => outer(),
        }
    }
}

impl Stop {
    fn new(reason: CancelReason, is_consequence: bool) -> Self {
        Self { reason, at: Instant::now(), aborted_at: None, is_open: false, is_consequence }
    }
}

/// Whether the runtime takes no more tasks: it drops what is spawned on the spot.
fn is_shut_down(runtime: Option<&tokio::runtime::Handle>) -> bool {
    let Some(runtime) = runtime else { return false };
    let probe = runtime.spawn(std::future::pending::<()>());
    let ended = probe.is_finished();
    probe.abort();
    ended
}

/// A failure that has nobody to hear of it.
#[cold]
pub(crate) fn log(test: Option<u64>, label: Option<&Label>, what: &What) {
    match what {
        What::Error(_) => {
            #[cfg(feature = "tracing")]
            tracing::error!(target: "steadfast", "a task that nobody waits for returned an error");
            debug::failure_lost(label, test, "returned an error");
        }
        What::Panic(payload) => {
            let panic = failure::message(&**payload);
            #[cfg(feature = "tracing")]
            tracing::error!(target: "steadfast", panic, "a task that nobody waits for panicked");
            debug::failure_lost(label, test, &format!("panicked: {panic}"));
        }
        What::Abandoned(running_for) => {
            #[cfg(feature = "tracing")]
            tracing::error!(target: "steadfast", ?running_for, "a blocking task was left behind");
            debug::failure_lost(label, test, &format!("was left behind after {running_for:.1?}"));
        }
    }
}

/// An error that was said to be no failure.
#[cold]
pub(crate) fn log_lost<E>(_: &E) {
    #[cfg(feature = "tracing")]
    tracing::error!(target: "steadfast", error = std::any::type_name::<E>(), "a discarded task returned an error");
}
