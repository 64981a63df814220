//! A task that answers, and how long it has not.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// What the task and whoever asks it have in common.
struct Pulse {
    question: Notify,
    answers: AtomicU64,
    answered_at: Mutex<Instant>,
    gone: AtomicBool,
}

/// One task on a runtime, which is woken now and then. It is gone with the runtime.
pub(super) struct Heartbeat {
    pulse: Arc<Pulse>,
    task: AbortHandle,
    asked: u64,
    asked_at: Instant,
}

/// What is known of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beat {
    /// It has run the task, this long after it was woken.
    Answered(Duration),
    /// It has not, for so long now.
    Late(Duration),
    /// There is no runtime any more.
    Gone,
}

/// Tells that the task was dropped.
struct Answering(Arc<Pulse>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.gone.store(true, Ordering::Release);
    }
}

impl Heartbeat {
    pub(super) fn start(runtime: &Handle, now: Instant) -> Self {
        let pulse = Arc::new(Pulse {
            question: Notify::new(),
            answers: AtomicU64::new(0),
            answered_at: Mutex::new(now),
            gone: AtomicBool::new(false),
        });
        let answering = Answering(Arc::clone(&pulse));
        let task = runtime.spawn(async move {
            let Answering(pulse) = &answering;
            loop {
                pulse.question.notified().await;
                *pulse.answered_at.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
                pulse.answers.fetch_add(1, Ordering::Release);
            }
        });
        Self { pulse, task: task.abort_handle(), asked: 0, asked_at: now }
    }

    /// Whether the last question was answered.
    pub(super) fn look(&self, now: Instant) -> Beat {
        if self.pulse.gone.load(Ordering::Acquire) {
            return Beat::Gone;
        }
        if self.pulse.answers.load(Ordering::Acquire) < self.asked {
            return Beat::Late(now.saturating_duration_since(self.asked_at));
        }
        let at = *self.pulse.answered_at.lock().unwrap_or_else(PoisonError::into_inner);
        Beat::Answered(at.saturating_duration_since(self.asked_at))
    }

    /// Only when the last question was answered.
    pub(super) fn ask(&mut self, now: Instant) {
        self.asked += 1;
        self.asked_at = now;
        self.pulse.question.notify_one();
    }

    /// The time until now counts for nothing: nobody was there to see it.
    pub(super) fn forget(&mut self, now: Instant) {
        self.asked_at = self.asked_at.max(now);
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.task.abort();
    }
}
