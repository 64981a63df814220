//! What a scope, a call of `#[must_join]` and the root tracker have in common: children that are counted and waited for.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::options::Panics;
use super::record::Record;
use super::slab::{Entry, Label};
use super::state::State;
use crate::ambient::{self, Ambient};
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::{Mutex, MutexGuard, OnceLock};
use crate::tracker::{current, registry};

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
        let deadline = ambient::earlier(own, outer.deadline);
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
