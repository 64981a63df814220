//! Polls that take too long.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::report::Report;
use super::watchers::{self, Watcher};
use crate::tracker::TaskInfo;

/// The shortest of all limits, in microseconds; there is none.
static SHORTEST: AtomicU64 = AtomicU64::new(NONE);
const NONE: u64 = u64::MAX;

/// Whether anybody wants to hear of slow polls.
#[inline]
pub(crate) fn is_looked_for() -> bool {
    SHORTEST.load(Ordering::Relaxed) != NONE
}

pub(super) fn look_for(limits: impl Iterator<Item = Duration>) {
    let micros = |limit: Duration| u64::try_from(limit.as_micros()).unwrap_or(NONE).min(NONE - 1);
    SHORTEST.store(limits.map(micros).min().unwrap_or(NONE), Ordering::Relaxed);
}

/// A poll of a task that belongs to that test, if to any, is over.
#[inline]
pub(crate) fn poll_ended(took: Duration, test: Option<u64>, task: impl FnOnce() -> TaskInfo) {
    if took >= Duration::from_micros(SHORTEST.load(Ordering::Relaxed)) {
        was_slow(took, test, &task());
    }
}

#[cold]
fn was_slow(took: Duration, test: Option<u64>, task: &TaskInfo) {
    let now = Instant::now();
    watchers::tell(test, |watcher: &Watcher| {
        if took < watcher.slow_poll {
            return None;
        }
        // Whoever was told that the poll goes on is told of its end.
        let more = match watcher.limiter.admit(task.location(), now) {
            None if took < watcher.blocked => return None,
            more => more.unwrap_or(0),
        };
        Some(Report::SlowPoll { task: task.clone(), took, more })
    });
}
