//! Debugging: the task tree, slow polls, blocked runtimes, failures that nobody looks at.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use steadfast::debug::{Report, Watch, Watching};
use steadfast::{Scope, TaskInfo, scope};

#[path = "debug/environment.rs"]
mod environment;
#[path = "debug/lost.rs"]
mod lost;
#[path = "debug/program.rs"]
mod program;
#[path = "debug/slow.rs"]
mod slow;
#[path = "debug/tree.rs"]
mod tree;
#[path = "debug/watchdog.rs"]
mod watchdog;

type Outcome<T> = Result<T, steadfast::GroupError<&'static str>>;

/// Long enough for any machine, and never waited for where all is well.
const PATIENCE: Duration = Duration::from_secs(60);

/// A watch whose reports are received here, while no other test of this file has one: tasks that a watch finds are those
/// of the whole process.
struct Watched {
    watching: Option<Watching>,
    reports: Receiver<Report>,
    _alone: MutexGuard<'static, ()>,
}

impl Watched {
    fn start(watch: Watch) -> Self {
        let alone = alone();
        let (sender, reports) = channel();
        let watching = watch.report_to(move |report| drop(sender.send(report.clone()))).start();
        Self { watching: Some(watching), reports, _alone: alone }
    }

    /// What was found until now, after which nothing is watched any more.
    fn end(&mut self) -> Vec<Report> {
        self.watching = None;
        self.reports.try_iter().collect()
    }
}

async fn never() -> Result<(), &'static str> {
    std::future::pending().await
}

fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_named(task: &TaskInfo, name: &str) -> bool {
    task.name() == Some(name)
}
