//! Who waits for a task, and who may end it.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Waker};

use super::error::{Id, JoinError};

/// What a task and its handles share. Loom sees each look at it.
pub(super) struct Control {
    pub(super) id: Id,
    state: loom::sync::Mutex<State>,
}

#[derive(Default)]
struct State {
    finished: bool,
    aborted: bool,
    joiner: Option<Waker>,
    task: Option<Waker>,
}

/// Where a task puts its outcome. It is looked at after the control says that it is there.
type Outcome<T> = Arc<std::sync::Mutex<Option<Result<T, JoinError>>>>;

impl Control {
    pub(super) fn new(id: Id) -> Arc<Self> {
        Arc::new(Self { id, state: loom::sync::Mutex::default() })
    }

    fn state(&self) -> loom::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// To be woken by an abort; whether there was one.
    pub(super) fn is_aborted(&self, cx: &Context<'_>) -> bool {
        let mut state = self.state();
        state.task = Some(cx.waker().clone());
        state.aborted
    }

    pub(super) fn was_aborted(&self) -> bool {
        self.state().aborted
    }

    pub(super) fn finish(&self) {
        let mut state = self.state();
        state.finished = true;
        let joiner = state.joiner.take();
        drop(state);
        if let Some(joiner) = joiner {
            joiner.wake();
        }
    }

    fn abort(&self) {
        let mut state = self.state();
        state.aborted = true;
        let task = state.task.take();
        drop(state);
        if let Some(task) = task {
            task.wake();
        }
    }
}

/// A task; see tokio's.
pub struct JoinHandle<T> {
    control: Arc<Control>,
    outcome: Outcome<T>,
}

/// Ends a task at its next await; see tokio's.
#[derive(Clone)]
pub struct AbortHandle(Arc<Control>);

/// The task's side of its handle.
pub(super) struct Finish<T> {
    pub(super) control: Arc<Control>,
    outcome: Outcome<T>,
}

impl<T> Finish<T> {
    pub(super) fn with(&self, outcome: Result<T, JoinError>) {
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        self.control.finish();
    }
}

impl<T> JoinHandle<T> {
    pub(super) fn new(id: Id) -> (Finish<T>, Self) {
        let (control, outcome) = (Control::new(id), Outcome::default());
        let finish = Finish { control: Arc::clone(&control), outcome: Arc::clone(&outcome) };
        (finish, Self { control, outcome })
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> Id {
        self.control.id
    }

    /// Whether its outcome is there.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.control.state().finished
    }

    /// Ends it at its next await.
    pub fn abort(&self) {
        self.control.abort();
    }

    /// One that can only end it.
    #[must_use]
    pub fn abort_handle(&self) -> AbortHandle {
        AbortHandle(Arc::clone(&self.control))
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.control.state();
        if !state.finished {
            state.joiner = Some(cx.waker().clone());
            return Poll::Pending;
        }
        drop(state);
        let outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
        Poll::Ready(outcome.expect("polled after it was ready"))
    }
}

impl AbortHandle {
    /// The task's number.
    #[must_use]
    pub fn id(&self) -> Id {
        self.0.id
    }

    /// Ends it at its next await.
    pub fn abort(&self) {
        self.0.abort();
    }

    /// Whether the task's outcome is there.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.state().finished
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinHandle")
    }
}

impl fmt::Debug for AbortHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AbortHandle")
    }
}
