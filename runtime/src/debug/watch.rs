//! What is watched, how closely, and who hears of it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;

use super::limiter::Limiter;
use super::report::Report;
use super::watchdog::Watchdog;
use super::watchers::{self, Sink, Watcher};
use crate::tracker::registry::Tracking;

/// As asyncio has it: <https://docs.python.org/3/library/asyncio-dev.html#debug-mode>
const SLOW_POLL: Duration = Duration::from_millis(100);
/// A probe of Kubernetes waits for one second; a program that answers later counts as dead:
/// <https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes>
const BLOCKED: Duration = Duration::from_secs(1);

/// Watches a runtime for what keeps it from its work.
///
/// See [the module](crate::debug) for an example. With all of it on, a task costs an allocation and a lock when it begins
/// and ends, and a poll reads the clock twice.
#[must_use = "nothing is watched before `start`"]
pub struct Watch {
    slow_poll: Duration,
    blocked: Duration,
    sink: Option<Sink>,
    test: Option<u64>,
}

/// A [`Watch`] that goes on until this is dropped, or its runtime is.
#[must_use = "it ends when this is dropped"]
pub struct Watching {
    watcher: Arc<Watcher>,
    watchdog: Option<Watchdog>,
    // The last one: what is told at the end still finds its tasks.
    _tracking: Tracking,
}

impl Watch {
    /// Tells of polls that take 100 ms and of runtimes that are blocked for one second: with the feature `tracing` as
    /// warnings with the target `steadfast` if there is a subscriber, else on the standard error stream.
    pub fn new() -> Self {
        Self { slow_poll: SLOW_POLL, blocked: BLOCKED, sink: None, test: None }
    }

    /// How long one poll may take. At zero every poll is told.
    pub fn slow_poll(mut self, limit: Duration) -> Self {
        self.slow_poll = limit;
        self
    }

    /// How long the runtime, or one of its workers, may be kept from all other tasks. It is looked at four times within
    /// that time, and at least every second.
    pub fn blocked_after(mut self, limit: Duration) -> Self {
        self.blocked = limit;
        self
    }

    /// Calls `sink` instead. It is called within the poll that was slow, or on the watchdog's thread, so it should be quick;
    /// when it panics, only that report is lost.
    ///
    /// Slow polls of tasks that were spawned in the same place are told once in five seconds, unless one was long enough
    /// to count as blocking.
    pub fn report_to(mut self, sink: impl Fn(&Report) + Send + Sync + 'static) -> Self {
        self.sink = Some(Box::new(sink));
        self
    }

    /// Only what belongs to the test with that key.
    #[cfg(feature = "test")]
    pub(crate) fn only(mut self, test: Option<u64>) -> Self {
        self.test = test;
        self
    }

    /// Begins: with the tasks that are spawned from now on, of whatever runtime, and with the current runtime, which has
    /// to be one that is always driven. One on the current thread is only while `block_on` runs, and counts as blocked
    /// between two of them.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    #[track_caller]
    pub fn start(self) -> Watching {
        let Ok(runtime) = Handle::try_current() else {
            panic!(
                "`Watch::start` watches the current tokio runtime, and there is none here\nhelp: call it inside of `#[tokio::main]`, or after `let _entered = runtime.enter();`"
            )
        };
        let tracking = Tracking::begin();
        let watcher = Arc::new(Watcher {
            slow_poll: self.slow_poll,
            blocked: self.blocked,
            limiter: Limiter::default(),
            sink: self.sink,
            test: self.test,
        });
        watchers::add(Arc::clone(&watcher));
        let watchdog = Watchdog::start(&runtime, Arc::clone(&watcher));
        Watching { watcher, watchdog, _tracking: tracking }
    }
}

impl Watching {
    /// How many tasks of the runtime are its own.
    #[cfg(feature = "main")]
    pub(crate) fn tasks(&self) -> usize {
        usize::from(self.watchdog.is_some())
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { slow_poll, blocked, .. } = self;
        f.debug_struct("Watch")
            .field("slow_poll", slow_poll)
            .field("blocked", blocked)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Watching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watching").finish_non_exhaustive()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.watchdog = None;
        watchers::remove(&self.watcher);
    }
}
