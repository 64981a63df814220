//! A thread beside the runtime, which notices when that does nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::runtime::{Handle, Id};

use super::heartbeat::{Beat, Heartbeat};
use super::report::Report;
use super::watchers::Watcher;
use super::workers::{Freed, Workers};
use crate::tracker::registry;
use crate::tracker::{TaskInfo, TaskState};

/// How often it looks within the time that a runtime may be blocked. What it says of a length is too short by less than
/// one such part.
const LOOKS: u32 = 4;
const SHORTEST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// The thread. It ends when this is dropped, or when its runtime has.
pub(super) struct Watchdog {
    stop: Arc<Stop>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Stop {
    is_asked: Mutex<bool>,
    changed: Condvar,
}

impl Watchdog {
    /// `None` where the system has no thread to give.
    pub(super) fn start(runtime: &Handle, watcher: Arc<Watcher>) -> Option<Self> {
        let stop = Arc::new(Stop::default());
        let round = Round::new(runtime, watcher);
        let thread = {
            let stop = Arc::clone(&stop);
            thread::Builder::new().name("steadfast-watchdog".to_owned()).spawn(move || round.go_on(&stop))
        };
        Some(Self { stop, thread: Some(thread.ok()?) })
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        *self.stop.is_asked.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.changed.notify_all();
        // It may be the one that drops this, out of what it reports to.
        let thread = self.thread.take().filter(|thread| thread.thread().id() != thread::current().id());
        if let Some(thread) = thread {
            // It does not panic: nothing of a user runs there but what is caught.
            let _ = thread.join();
        }
    }
}

impl Stop {
    /// Whether it was asked for within that time.
    fn comes_within(&self, pause: Duration) -> bool {
        let is_asked = self.is_asked.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(is_asked, pause, |is_asked| !*is_asked);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// What it knows from one look to the next.
struct Round {
    watcher: Arc<Watcher>,
    runtime: Id,
    pause: Duration,
    last: Instant,
    beat: Heartbeat,
    workers: Workers,
    /// It has said that the runtime is blocked.
    runtime_told: bool,
    /// The tasks of which it has said that they block, each with the number of that poll.
    polls_told: BTreeMap<u64, u64>,
}

impl Round {
    fn new(runtime: &Handle, watcher: Arc<Watcher>) -> Self {
        let now = Instant::now();
        let pause = (watcher.blocked / LOOKS).clamp(SHORTEST_PAUSE, LONGEST_PAUSE);
        let (beat, workers) = (Heartbeat::start(runtime, now), Workers::of(runtime, now));
        let runtime = runtime.id();
        Self {
            watcher,
            runtime,
            pause,
            last: now,
            beat,
            workers,
            runtime_told: false,
            polls_told: BTreeMap::new(),
        }
    }

    fn go_on(mut self, stop: &Stop) {
        while !stop.comes_within(self.pause) {
            let now = Instant::now();
            // Itself held up, by a debugger, a laptop that slept or a machine with too much to do, it cannot tell.
            if now.saturating_duration_since(self.last) > 2 * self.pause + SHORTEST_PAUSE {
                self.beat.forget(now);
                self.workers.forget(now);
            }
            self.last = now;
            let beat = self.beat.look(now);
            if beat == Beat::Gone {
                return;
            }
            let freed = self.workers.look(now);
            self.look_at_runtime(beat, now);
            self.look_at_workers(freed, beat, now);
        }
    }

    fn look_at_runtime(&mut self, beat: Beat, now: Instant) {
        match beat {
            Beat::Answered(lasted) => {
                if std::mem::take(&mut self.runtime_told) {
                    self.watcher.tell(&Report::RuntimeUnblocked { lasted });
                }
                self.beat.ask(now);
            }
            Beat::Late(lasts) if lasts >= self.watcher.blocked && !self.runtime_told => {
                self.runtime_told = true;
                let polled = self.polled();
                self.polls_told.extend(polled.iter().map(|task| (task.id(), task.polls())));
                self.watcher.tell(&Report::RuntimeBlocked { lasts, polled });
            }
            Beat::Late(_) | Beat::Gone => {}
        }
    }

    /// One that is blocked, or a task, while the others go on.
    fn look_at_workers(&mut self, freed: Vec<Freed>, beat: Beat, now: Instant) {
        for Freed { worker, lasted } in freed {
            self.watcher.tell(&Report::WorkerUnblocked { worker, lasted });
        }
        let polled = self.polled();
        self.polls_told
            .retain(|id, poll| polled.iter().any(|task| task.id() == *id && task.polls() == *poll));
        // The whole runtime may be blocked, of which it is said once, and with all tasks that are being polled.
        if matches!(beat, Beat::Late(late) if late > self.pause) {
            return;
        }
        let limit = self.watcher.blocked;
        let mut ours = 0;
        for task in polled {
            let Some(lasts) = task.since_last_poll().filter(|lasts| *lasts >= limit) else { continue };
            ours += usize::from(task.is_on_worker());
            if self.polls_told.insert(task.id(), task.polls()).is_none() {
                self.watcher.tell(&Report::LongPoll { task, lasts });
            }
        }
        for (worker, lasts) in self.workers.blocked(limit + 2 * self.pause, ours, now) {
            if self.workers.tell_of(worker) {
                self.watcher.tell(&Report::WorkerBlocked { worker, lasts });
            }
        }
    }

    /// The tasks that are being polled now.
    fn polled(&self) -> Vec<TaskInfo> {
        let mut tasks = registry::of_test(self.watcher.test);
        tasks.retain(|task| task.state() == TaskState::Running && task.runtime() == Some(self.runtime));
        tasks
    }
}
