//! What changes while a scope runs, behind its lock.

use std::sync::Arc;
use std::task::Waker;

use tokio::time::Instant;

use super::core::Core;
use super::place::{Place, Refused};
use super::reason::CancelReason;
use super::record::Record;
use super::slab::{Entry, Label, Slab};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Open,
    /// The children were aborted.
    Aborting,
    /// So they were, and nobody polls the scope any more.
    Dropped,
    Finished,
}

pub(super) struct State {
    pub(super) phase: Phase,
    pub(super) stop: Option<Stop>,
    pub(super) children: Slab,
    pub(super) spawned: usize,
    /// Scopes that were dropped before their children had ended.
    pub(super) adopted: Vec<Arc<Core>>,
    /// Who waits for the children of this one, when it was dropped.
    pub(super) adopter: Option<Arc<Core>>,
    pub(super) records: Vec<Record>,
    pub(super) runtime_shutdown: bool,
    pub(super) joiner: Option<Waker>,
    /// The joiner waits for the children, and not for its body.
    pub(super) joining: bool,
}

#[derive(Clone)]
pub(super) struct Stop {
    pub(super) reason: CancelReason,
    pub(super) at: Instant,
    /// When the children were aborted.
    pub(super) aborted_at: Option<Instant>,
    /// New children are let in all the same, as the root tracker does it.
    pub(super) is_open: bool,
    /// A scope around this one was cancelled before, so this one's own reason is a consequence of that.
    pub(super) is_consequence: bool,
}

impl State {
    pub(super) const fn new() -> Self {
        Self {
            phase: Phase::Open,
            stop: None,
            children: Slab::new(),
            spawned: 0,
            adopted: Vec::new(),
            adopter: None,
            records: Vec::new(),
            runtime_shutdown: false,
            joiner: None,
            joining: false,
        }
    }

    #[expect(clippy::inline_always, reason = "every spawn does this under the lock")]
    #[inline(always)]
    pub(super) fn insert(&mut self, label: Label, blocking_since: Option<Instant>) -> Place {
        let index = self.spawned;
        self.spawned += 1;
        let key = self.children.insert(Entry::new(label, index, blocking_since));
        Place { key, index }
    }

    #[inline]
    pub(super) fn refusal(&self) -> Option<Refused> {
        match self.phase {
            Phase::Finished => Some(Refused::Finished),
            Phase::Open if self.stop.as_ref().is_none_or(|stop| stop.is_open) => None,
            Phase::Open | Phase::Aborting | Phase::Dropped => Some(Refused::Aborting),
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.children.len() == 0 && self.adopted.is_empty()
    }

    /// Who has to hear of it, if that was the last child.
    #[inline]
    pub(super) fn news(&mut self) -> Option<News> {
        if !self.is_empty() {
            return None;
        }
        Some(News { joiner: self.joiner.take_if(|_| self.joining), adopter: self.adopter.take() })
    }
}

/// Told outside of the lock.
pub(super) struct News {
    joiner: Option<Waker>,
    adopter: Option<Arc<Core>>,
}

impl News {
    pub(super) fn tell(self) {
        if let Some(joiner) = self.joiner {
            joiner.wake();
        }
        if let Some(adopter) = self.adopter {
            adopter.released();
        }
    }
}
