//! What `#[main]` does beyond its work when debugging is on.

use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::time::sleep;

use super::report;
use super::tree_signal::TreeSignal;
use crate::debug::{Watching, environment};
use crate::tracker::{TaskState, orphans, tasks};

/// There as long as the program runs.
pub(super) struct Debugging {
    _tree: Option<TreeSignal>,
    watching: Watching,
}

/// How long a thread may take to put away a task that has ended.
const SETTLE: Duration = Duration::from_millis(100);

impl Debugging {
    /// If it is on: `said` in the program, or else by the environment.
    pub(super) fn start(said: Option<bool>, signals: bool, runtime: &Runtime) -> Option<Self> {
        let watch = environment::watch(said)?;
        let _entered = runtime.enter();
        let tree = if signals { TreeSignal::start() } else { None };
        Some(Self { _tree: tree, watching: watch.start() })
    }

    /// Tells what nobody has joined, after everything that somebody joins has ended.
    pub(super) fn end(self, runtime: &Runtime) {
        report::not_joined(runtime.block_on(self.raw_tasks(runtime)), orphans());
    }

    /// The tasks of the runtime that are neither ours nor the watchdog's.
    async fn raw_tasks(&self, runtime: &Runtime) -> usize {
        let since = std::time::Instant::now();
        loop {
            let known = |state| !matches!(state, TaskState::Scope | TaskState::Blocking);
            let known = tasks().iter().filter(|task| known(task.state())).count();
            let alive = runtime.metrics().num_alive_tasks();
            let raw = alive.saturating_sub(known + self.watching.tasks());
            if raw == 0 || since.elapsed() > SETTLE {
                return raw;
            }
            sleep(Duration::from_millis(1)).await;
        }
    }
}
