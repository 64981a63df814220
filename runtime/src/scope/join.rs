//! What a scope waits for next.

use std::sync::Arc;
use std::task::Context;
use std::time::Duration;

use tokio::time::Instant;

use super::core::Core;
use super::reason::CancelReason;
use super::record::{Record, What};
use super::state::{Phase, State, Stop};

/// What a scope has to do now.
pub(super) enum Next {
    /// Everything has ended.
    Ended(Ended),
    /// Wait, but not past the deadline.
    Wait,
    /// The body has to go first.
    Again,
    /// Abort the children, at that time if there is one.
    Abort { at: Option<Instant> },
    /// Leave what is on the blocking pool behind, at that time.
    Abandon { at: Instant },
    /// Wait for what was aborted, or has all the time it wants.
    WaitForDestructors,
}

/// What is left of a scope.
pub(crate) struct Ended {
    pub(super) records: Vec<Record>,
    pub(super) reason: Option<CancelReason>,
    pub(super) runtime_shutdown: bool,
}

impl Ended {
    /// Nothing has failed and nobody has stopped it.
    #[inline]
    pub(super) fn is_uneventful(&self) -> bool {
        self.records.is_empty() && self.reason.is_none() && !self.runtime_shutdown
    }
}

impl Core {
    /// Ready when nothing is left, as the root tracker is asked.
    pub(crate) fn poll_empty(&self, cx: &Context<'_>) -> std::task::Poll<()> {
        let mut state = self.state();
        state.joining = true;
        if state.is_empty() {
            return std::task::Poll::Ready(());
        }
        state.call_back(cx);
        std::task::Poll::Pending
    }

    /// What is to be done now, and whom to wake when that changes: when the scope is stopped, or the last child has ended.
    pub(super) fn next_step(&self, has_body: bool, cx: &Context<'_>) -> Next {
        let mut state = self.state();
        if has_body {
            if state.stop.is_some() {
                return Next::Again;
            }
            state.call_back(cx);
            return Next::Wait;
        }
        state.joining = true;
        if state.is_empty() {
            return Next::Ended(state.end());
        }
        state.call_back(cx);
        let Some(stop) = &state.stop else { return Next::Wait };
        match (stop.aborted_at, self.settings.grace) {
            (None, Some(Duration::ZERO)) => Next::Abort { at: None },
            (None, Some(grace)) => match stop.at.checked_add(grace) {
                Some(at) => Next::Abort { at: Some(at) },
                None => Next::WaitForDestructors,
            },
            (None, None) => Next::WaitForDestructors,
            (Some(_), _) => self.patience(&state, stop),
        }
    }

    fn patience(&self, state: &State, stop: &Stop) -> Next {
        let only_blocking = state.children.len() == state.children.blocking();
        let patience = self.settings.abandon_blocking_after.filter(|_| only_blocking);
        match patience.and_then(|patience| stop.at.checked_add(patience)) {
            Some(at) => Next::Abandon { at },
            None => Next::WaitForDestructors,
        }
    }

    /// Leaves the children on the blocking pool to the root tracker.
    pub(super) fn abandon(self: &Arc<Self>) {
        let left: Vec<_> = {
            let state = self.state();
            let place = |(key, entry): (usize, &super::slab::Entry)| {
                entry.blocking_since().map(|since| (key, entry.index, entry.label(), since))
            };
            state.children.iter().filter_map(place).collect()
        };
        for (key, index, label, since) in left {
            if self.pass_on(key, index) {
                let what = What::Abandoned(since.elapsed());
                self.state().records.push(Record {
                    label: Some(label),
                    index: Some(index),
                    what,
                    held: false,
                });
            }
        }
        let adopted = self.state().adopted.clone();
        for orphan in adopted {
            orphan.abandon_to_root();
            self.release(&orphan);
        }
    }

    /// The same for a scope that was dropped inside of this one.
    fn abandon_to_root(self: &Arc<Self>) {
        let left: Vec<_> = self.state().children.iter().map(|(key, entry)| (key, entry.index)).collect();
        for (key, index) in left {
            self.pass_on(key, index);
        }
    }
}

impl State {
    fn call_back(&mut self, cx: &Context<'_>) {
        match &mut self.joiner {
            Some(joiner) => joiner.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
    }

    fn end(&mut self) -> Ended {
        self.phase = Phase::Finished;
        self.joiner = None;
        Ended {
            records: std::mem::take(&mut self.records),
            reason: self.stop.as_ref().map(|stop| stop.reason.clone()),
            runtime_shutdown: self.runtime_shutdown,
        }
    }
}
