//! Who is to be told.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::limiter::Limiter;
use super::report::Report;
use super::slow;
use crate::scope::Label;

static WATCHERS: RwLock<Vec<Arc<Watcher>>> = RwLock::new(Vec::new());

pub(super) type Sink = Box<dyn Fn(&Report) + Send + Sync>;

/// Somebody who wants to know.
pub(super) struct Watcher {
    pub(super) slow_poll: Duration,
    pub(super) blocked: Duration,
    pub(super) limiter: Limiter,
    /// `None`: the default.
    pub(super) sink: Option<Sink>,
    /// Only what belongs to that test.
    pub(super) test: Option<u64>,
}

impl Watcher {
    pub(super) fn tell(&self, report: &Report) {
        match &self.sink {
            None => report.say(),
            // It runs inside of a poll, or of the watchdog: neither has to end with it. Its panic has been printed.
            Some(sink) => drop(catch_unwind(AssertUnwindSafe(|| sink(report)))),
        }
    }

    fn concerns(&self, test: Option<u64>) -> bool {
        self.test.is_none() || self.test == test
    }
}

pub(super) fn add(watcher: Arc<Watcher>) {
    change(|watchers| watchers.push(watcher));
}

pub(super) fn remove(watcher: &Arc<Watcher>) {
    change(|watchers| watchers.retain(|other| !Arc::ptr_eq(other, watcher)));
}

fn change(how: impl FnOnce(&mut Vec<Arc<Watcher>>)) {
    let mut watchers = WATCHERS.write().unwrap_or_else(PoisonError::into_inner);
    how(&mut watchers);
    slow::look_for(watchers.iter().map(|watcher| watcher.slow_poll));
}

/// Everybody whom something of that test concerns, what there is to say to him. No lock is held while he listens.
pub(super) fn tell(test: Option<u64>, report: impl Fn(&Watcher) -> Option<Report>) {
    let watchers = WATCHERS.read().unwrap_or_else(PoisonError::into_inner).clone();
    for watcher in watchers.iter().filter(|watcher| watcher.concerns(test)) {
        if let Some(report) = report(watcher) {
            watcher.tell(&report);
        }
    }
}

/// A task has failed, and nobody is there who could look at it.
#[cold]
pub(crate) fn failure_lost(label: Option<&Label>, test: Option<u64>, what: &str) {
    if !slow::is_looked_for() {
        return;
    }
    tell(test, |_| {
        Some(Report::FailureLost {
            name: label.and_then(|label| label.name.as_deref()).map(str::to_owned),
            location: label.map(|label| label.location),
            what: what.to_owned(),
        })
    });
}
