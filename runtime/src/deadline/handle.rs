//! The limit that can be moved, and the handle that moves it.

use std::fmt;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

use tokio::time::Instant;

use crate::ambient;
use crate::sync::{Mutex, MutexGuard};

/// The deadline of a call of [`within`](super::within), to move it while the call runs. Clones are of the same one.
///
/// It may be moved into tasks and stored anywhere: it keeps nothing alive, and once the call has ended it moves nothing.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::{PolicyError, deadline};
/// use tokio::time::{Instant, sleep};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), PolicyError> {
/// let second = Duration::from_secs(1);
/// deadline::within(second, async |limit| {
///     assert_eq!(limit.at(), Some(Instant::now() + second));
///     limit.extend_by(second); // there is more to do than it seemed
///     sleep(second).await;
///     limit.reschedule(None); // and what is left must not be ended
///     sleep(60 * second).await;
/// }).await
/// # }
/// ```
#[derive(Clone)]
pub struct Deadline {
    shared: Arc<Shared>,
}

impl Deadline {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Moves the deadline to `at`, earlier or later; `None` takes the limit away.
    ///
    /// One in the past ends the call at the next await that has to wait. What the call begins from now on is handed down the
    /// new deadline; tasks and scopes that it has begun already keep the one that they started with.
    ///
    /// A deadline around the call still holds: it cannot be moved from in here.
    pub fn reschedule(&self, at: impl Into<Option<Instant>>) {
        let at = at.into();
        self.shared.move_to(|_| at);
    }

    /// Moves the deadline later by `more`. Without a limit nothing changes.
    pub fn extend_by(&self, more: Duration) {
        // What is later than any instant is no limit.
        self.shared.move_to(|at| at?.checked_add(more));
    }

    /// When the call is ended, if it is; a deadline around it may come [earlier](super::current).
    #[must_use]
    pub fn at(&self) -> Option<Instant> {
        self.shared.state().at
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deadline").field("at", &self.at()).finish()
    }
}

/// What the call and its handles share.
pub(super) struct Shared {
    state: Mutex<State>,
    /// Timeouts are disabled: there is no limit, wherever it is moved.
    stands_aside: bool,
}

struct State {
    at: Option<Instant>,
    /// The one around the call, as its last poll has found it.
    outer: Option<Instant>,
    /// The thread that polls the call now.
    polled_by: Option<ThreadId>,
    /// Woken when the deadline comes sooner than whoever waits for it believes.
    waiting: Option<Waker>,
}

impl State {
    /// What the call hands down.
    fn handed_down(&self) -> Option<Instant> {
        ambient::earlier(self.at, self.outer)
    }
}

impl Shared {
    pub(super) fn new(at: Option<Instant>, stands_aside: bool) -> Self {
        let at = at.filter(|_| !stands_aside);
        Self { state: Mutex::new(State { at, outer: None, polled_by: None, waiting: None }), stands_aside }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn move_to(&self, to: impl FnOnce(Option<Instant>) -> Option<Instant>) {
        let mut state = self.state();
        if self.stands_aside {
            return;
        }
        let (before, handed_down) = (state.at, state.handed_down());
        state.at = to(before);
        if state.polled_by == Some(thread::current().id()) {
            // By the call itself, which looks again at the end of this poll. What it begins before that sees it as well.
            ambient::move_deadline(handed_down, state.handed_down());
            return;
        }
        let is_sooner = state.at.is_some_and(|at| before.is_none_or(|before| at < before));
        let waker = if is_sooner { state.waiting.take() } else { None };
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// The call is polled until this is dropped, with `outer` around it.
    pub(super) fn polled(&self, outer: Option<Instant>) -> (Polled<'_>, Option<Instant>) {
        let mut state = self.state();
        state.outer = outer;
        state.polled_by = Some(thread::current().id());
        (Polled(self), state.handed_down())
    }

    /// The deadline to wait for.
    pub(super) fn wait(&self, cx: &Context<'_>) -> Option<Instant> {
        let mut state = self.state();
        if !state.waiting.as_ref().is_some_and(|waker| waker.will_wake(cx.waker())) {
            state.waiting = Some(cx.waker().clone());
        }
        state.at
    }

    /// Nobody waits any more.
    pub(super) fn ended(&self) {
        self.state().waiting = None;
    }
}

/// A poll of the call, which may panic.
pub(super) struct Polled<'a>(&'a Shared);

impl Drop for Polled<'_> {
    fn drop(&mut self) {
        self.0.state().polled_by = None;
    }
}
