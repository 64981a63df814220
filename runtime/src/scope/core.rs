//! What a scope, a call of `#[must_join]` and the root tracker have in common: children that are counted and waited for.

use std::any::Any;
use std::panic::Location;
use std::sync::{Arc, PoisonError};
use std::task::Waker;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::options::Panics;
use super::reason::CancelReason;
use super::slab::{self, Convert, Entry, Label, Removed, Slab};
use crate::ambient::{self, Ambient};
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::{Mutex, MutexGuard, OnceLock};
use crate::tracker::{current, registry};

/// An error whose type only the typed side of a scope knows.
pub(crate) type Erased = Box<dyn Any + Send>;

/// The handler of a supervising scope.
pub(crate) type Handler = Box<dyn Fn(Record) + Send + Sync>;

/// What the failure of a child does.
pub(crate) enum OnError {
    /// Ends the scope.
    Cancel,
    /// Waits until the scope ends.
    Collect,
    /// Goes to the handler.
    Supervise(Handler),
}

pub(crate) struct Settings {
    pub(crate) label: Label,
    pub(crate) on_error: OnError,
    pub(crate) panics: Panics,
    /// Between a cancel and the abort; `None` is for ever.
    pub(crate) grace: Option<Duration>,
    /// A scope that is dropped gives its children their grace too.
    pub(crate) graceful_drop: bool,
    pub(crate) deadline: Option<Duration>,
    pub(crate) limit: Option<Arc<Semaphore>>,
    pub(crate) abandon_blocking_after: Option<Duration>,
    /// Whoever awaits a handle has looked at the failure, which then is not the scope's.
    pub(crate) handles_observe: bool,
}

pub(crate) struct Core {
    pub(crate) settings: Settings,
    /// Made when somebody asks for it.
    token: OnceLock<CancellationToken>,
    pub(crate) parent: Option<Arc<Self>>,
    /// `None`: the runtime of whoever spawns.
    pub(super) runtime: Option<Handle>,
    /// What the children start with.
    pub(super) ambient: Ambient,
    /// The deadline that is this scope's own business.
    pub(super) deadline: Option<Instant>,
    pub(crate) node: Option<registry::Registered>,
    pub(super) stopping: AtomicBool,
    pub(super) state: Mutex<State>,
}

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

/// One failure, without the type of its error.
pub(crate) struct Record {
    pub(crate) label: Option<Label>,
    pub(crate) index: Option<usize>,
    pub(crate) what: What,
    /// Somebody has a handle and may look at it.
    pub(crate) held: bool,
}

pub(crate) enum What {
    Error(Erased),
    Panic(Box<dyn Any + Send>),
    Abandoned(Duration),
}

/// Why a scope takes no child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Aborting,
    Finished,
}

/// A place for a child that is about to be spawned.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) key: usize,
    pub(crate) index: usize,
}

/// What is left to do for a task that has returned.
pub(crate) enum Ending {
    Ended,
    /// Nobody awaits it: what it returned goes through this and is dropped, then it ends.
    Yours(Convert),
}

impl Core {
    /// A scope whose parent is the current one.
    pub(crate) fn enter(settings: Settings) -> Arc<Self> {
        let Ok(runtime) = Handle::try_current() else {
            panic!(
                "a scope needs a tokio runtime for its tasks, and there is none here\nhelp: call it from `#[steadfast::main]`, `#[tokio::main]` or `runtime.block_on(..)`"
            )
        };
        let parent = current::get();
        let own = settings.deadline.and_then(|limit| Instant::now().checked_add(limit));
        let outer = ambient::current();
        let deadline = match (own, outer.deadline) {
            (Some(own), Some(outer)) => Some(own.min(outer)),
            (own, outer) => own.or(outer),
        };
        let node = registry::enter_scope(&settings.label, parent.as_deref());
        Arc::new(Self {
            token: OnceLock::new(),
            parent,
            runtime: Some(runtime),
            ambient: Ambient { deadline, ..outer },
            deadline: own,
            node,
            stopping: AtomicBool::new(false),
            state: Mutex::new(State::new()),
            settings,
        })
    }

    /// One without a parent, which nobody polls.
    pub(crate) fn root(settings: Settings, node: Option<registry::Registered>) -> Self {
        Self {
            token: OnceLock::new(),
            parent: None,
            runtime: None,
            ambient: Ambient { deadline: None, retrying: None },
            deadline: None,
            node,
            stopping: AtomicBool::new(false),
            state: Mutex::new(State::new()),
            settings,
        }
    }

    /// Where its children run.
    pub(crate) fn runtime_id(&self) -> Option<tokio::runtime::Id> {
        match &self.runtime {
            Some(runtime) => Some(runtime.id()),
            None => Handle::try_current().ok().map(|runtime| runtime.id()),
        }
    }

    #[inline]
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // No code of a user runs under the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cancelled with this scope, and with every one around it.
    pub(crate) fn token(&self) -> &CancellationToken {
        if let Some(token) = self.token.get() {
            return token;
        }
        let token = self.token.get_or_init(|| match &self.parent {
            Some(parent) => parent.token().child_token(),
            None => CancellationToken::new(),
        });
        // Whoever cancels the scope does so under the lock before it looks for a token.
        let stopped = self.state().stop.is_some();
        if stopped {
            token.cancel();
        }
        token
    }

    pub(super) fn cancel_token(&self) {
        if let Some(token) = self.token.get() {
            token.cancel();
        }
    }

    /// Whether this scope, or one around it, is cancelled.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.is_stopping()
            || self.token.get().is_some_and(CancellationToken::is_cancelled)
            || self.parent.as_ref().is_some_and(|parent| parent.is_cancelled())
    }

    /// A place for one more child that has no name and is not on the blocking pool, as most.
    pub(super) fn reserve_plain(&self, location: &'static Location<'static>) -> Result<Place, Refused> {
        let mut state = self.state();
        match state.refusal() {
            None => Ok(state.insert(Label::at(location), None)),
            Some(refused) => Err(refused),
        }
    }

    /// A place for one more child.
    pub(crate) fn reserve(&self, label: Label, blocking: bool) -> Result<Place, Refused> {
        let mut state = self.state();
        if let Some(refused) = state.refusal() {
            return Err(refused);
        }
        Ok(state.insert(label, blocking.then(Instant::now)))
    }

    /// A place for what has begun already and nobody can abort: a scope that is being cancelled waits for it too. `None`
    /// where nobody would wait.
    pub(crate) fn hold(&self, label: Label) -> Option<Place> {
        let mut state = self.state();
        let waits = match state.phase {
            Phase::Open | Phase::Aborting => true,
            // Whoever waits for its children does not know of it once they are gone.
            Phase::Dropped => !state.is_empty(),
            Phase::Finished => false,
        };
        waits.then(|| state.insert(label, Some(Instant::now())))
    }

    /// The child is on the runtime now.
    pub(crate) fn started(&self, place: Place, abort: AbortHandle) {
        let mut state = self.state();
        let aborted = matches!(state.phase, Phase::Aborting | Phase::Dropped);
        // It may have ended in the meantime.
        let Some(entry) = state.children.get(place.key, place.index) else { return };
        if aborted {
            drop(state);
            abort.abort();
        } else {
            entry.abort = Some(abort);
        }
    }

    /// A child has returned. With `looks_back`, one that nobody awaits has something to do first.
    pub(crate) fn try_end(&self, key: usize, looks_back: bool) -> Ending {
        let mut state = self.state();
        if looks_back {
            if let Some(convert) = state.children.living(key).and_then(|entry| entry.given_up) {
                return Ending::Yours(convert);
            }
        }
        Self::remove(state, key);
        Ending::Ended
    }

    /// A child has ended, and everything that it held is gone.
    pub(crate) fn end(&self, key: usize) {
        Self::remove(self.state(), key);
    }

    #[expect(clippy::inline_always, reason = "every child does this under the lock")]
    #[inline(always)]
    fn remove(mut state: MutexGuard<'_, State>, key: usize) {
        let removed = state.children.remove(key);
        let news = state.news();
        drop(state);
        if let Some(news) = news {
            news.tell();
        }
        if let Removed::Moved(to, there) = removed {
            to.end(there);
        }
    }

    /// Nobody awaits the child, and `convert` makes the scope's error of what it returns. Whether it is still to return.
    pub(crate) fn discard(&self, place: Place, convert: Convert) -> bool {
        let mut state = self.state();
        let Some(entry) = state.children.get(place.key, place.index) else { return false };
        entry.given_up = Some(convert);
        true
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
        if reason.source() == super::CancelSource::Panic && self.settings.panics == Panics::Propagate {
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

    /// Aborts the child that is polled now. Whether it was found: it may be polled before it counts as started.
    pub(crate) fn abort_task(&self, id: tokio::task::Id) -> bool {
        let handle = {
            let state = self.state();
            let of = |(_, entry): (usize, &Entry)| entry.abort.clone().filter(|abort| abort.id() == id);
            state.children.iter().find_map(of)
        };
        handle.inspect(AbortHandle::abort).is_some()
    }

    /// What the children have to keep to.
    pub(crate) const fn child_deadline(&self) -> Option<Instant> {
        self.ambient.deadline
    }

    pub(crate) fn is_untouched(&self) -> bool {
        self.state().spawned == 0
    }

    pub(crate) fn len(&self) -> usize {
        self.state().children.len()
    }

    /// Why it would take no child now.
    pub(crate) fn refusal(&self) -> Option<Refused> {
        self.state().refusal()
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    /// The children at this moment.
    pub(crate) fn living(&self, tell: &mut dyn FnMut(&Entry)) {
        let adopted = {
            let state = self.state();
            state.children.iter().for_each(|(_, entry)| tell(entry));
            state.adopted.clone()
        };
        for core in adopted {
            core.living(tell);
        }
    }
}

impl State {
    const fn new() -> Self {
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
    fn refusal(&self) -> Option<Refused> {
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
