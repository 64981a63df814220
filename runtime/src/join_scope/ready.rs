//! Which children were woken.

use std::sync::{Arc, PoisonError};
use std::task::{Context, Wake, Waker};

use crate::sync::{Mutex, MutexGuard};

/// The children that want to be polled, and whoever polls them.
#[derive(Default)]
pub(super) struct Ready(Mutex<State>);

#[derive(Default)]
struct State {
    woken: Vec<usize>,
    poller: Option<Waker>,
}

/// Wakes one child.
struct ChildWaker {
    ready: Arc<Ready>,
    key: usize,
}

impl Ready {
    pub(super) fn waker(self: &Arc<Self>, key: usize) -> Waker {
        Waker::from(Arc::new(ChildWaker { ready: Arc::clone(self), key }))
    }

    pub(super) fn call_back(&self, cx: &Context<'_>) {
        let mut state = self.state();
        match &mut state.poller {
            Some(poller) => poller.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
    }

    /// Those that were woken since the last time; one that was woken twice is there twice.
    pub(super) fn take(&self) -> Vec<usize> {
        std::mem::take(&mut self.state().woken)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.state().woken.is_empty()
    }

    /// Wakes whoever polls them.
    pub(super) fn wake(&self, key: Option<usize>) {
        let poller = {
            let mut state = self.state();
            state.woken.extend(key);
            state.poller.take()
        };
        if let Some(poller) = poller {
            poller.wake();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for ChildWaker {
    fn wake(self: Arc<Self>) {
        self.ready.wake(Some(self.key));
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.ready.wake(Some(self.key));
    }
}
