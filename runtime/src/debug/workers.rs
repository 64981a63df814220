//! Workers that stay in one task, seen through the metrics that tokio has in stable releases.
//!
//! A worker publishes its counters when it parks, when it wakes up, and after every 61 tasks. One whose count of parks and
//! wake-ups is even is awake; if then nothing of it has changed for a while, it has been in one task, or in very few slow
//! ones. A task that says `block_in_place` hands the worker's number over to another thread first, and is not seen.
//! <https://docs.rs/tokio/1.51/tokio/runtime/struct.RuntimeMetrics.html#method.worker_park_unpark_count>

use std::time::{Duration, Instant};

use tokio::runtime::{Handle, RuntimeFlavor, RuntimeMetrics};

/// What was last seen of one worker.
#[derive(Clone, Copy)]
struct Seen {
    counters: (u64, Duration),
    since: Instant,
    /// When it was last in a task of ours.
    ours: Instant,
    /// Somebody was told that it is blocked.
    told: bool,
}

impl Seen {
    /// How long it was blocked, if somebody was told so and it is not any more.
    fn look(&mut self, parks: u64, busy: Duration, now: Instant) -> Option<Duration> {
        let is_parked = parks % 2 == 1;
        if !is_parked && (parks, busy) == self.counters {
            return None;
        }
        let lasted = self.told.then(|| now.saturating_duration_since(self.since));
        *self = Self { counters: (parks, busy), since: now, ours: now, told: false };
        lasted
    }
}

/// All of one runtime; none if it has but one thread, which has a [heartbeat](super::heartbeat).
pub(super) struct Workers {
    metrics: RuntimeMetrics,
    seen: Vec<Seen>,
}

/// A worker that was told to be blocked and is not any more.
pub(super) struct Freed {
    pub(super) worker: usize,
    pub(super) lasted: Duration,
}

impl Workers {
    pub(super) fn of(runtime: &Handle, now: Instant) -> Self {
        let metrics = runtime.metrics();
        let several = runtime.runtime_flavor() == RuntimeFlavor::MultiThread;
        let workers = if several { metrics.num_workers() } else { 0 };
        let seen = Seen { counters: (0, Duration::ZERO), since: now, ours: now, told: false };
        Self { metrics, seen: vec![seen; workers] }
    }

    /// Looks at each of them, and gives those that are free again.
    pub(super) fn look(&mut self, now: Instant) -> Vec<Freed> {
        let mut freed = Vec::new();
        for (worker, seen) in self.seen.iter_mut().enumerate() {
            let parks = self.metrics.worker_park_unpark_count(worker);
            let busy = self.metrics.worker_total_busy_duration(worker);
            freed.extend(seen.look(parks, busy, now).map(|lasted| Freed { worker, lasted }));
        }
        freed
    }

    /// Those that have been for `limit` in one task that is none of ours, each with how long. `ours` workers are in tasks of
    /// ours: those that have been in one task for the longest.
    pub(super) fn blocked(&mut self, limit: Duration, ours: usize, now: Instant) -> Vec<(usize, Duration)> {
        blocked(&mut self.seen, limit, ours, now)
    }

    /// Whether nobody was told of it before.
    pub(super) fn tell_of(&mut self, worker: usize) -> bool {
        !std::mem::replace(&mut self.seen[worker].told, true)
    }

    /// The time until now counts for nothing.
    pub(super) fn forget(&mut self, now: Instant) {
        self.seen.iter_mut().for_each(|seen| {
            seen.since = seen.since.max(now);
            seen.ours = seen.ours.max(now);
        });
    }
}

/// A worker publishes late that a task of ours has let it go, so it has as much time for that.
fn blocked(seen: &mut [Seen], limit: Duration, ours: usize, now: Instant) -> Vec<(usize, Duration)> {
    let mut blocked: Vec<_> =
        seen.iter_mut().enumerate().filter(|(_, seen)| now - seen.since >= limit).collect();
    blocked.sort_by_key(|(_, seen)| seen.since);
    blocked.iter_mut().take(ours).for_each(|(_, seen)| seen.ours = now);
    let others = blocked.iter().filter(|(_, seen)| now - seen.ours >= limit);
    others.map(|(worker, seen)| (*worker, now - seen.ours)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_is_in_one_task_as_long_as_it_is_awake_and_publishes_nothing() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut seen = Seen { counters: (0, Duration::ZERO), since: start, ours: start, told: false };
        let busy = Duration::from_secs;
        assert_eq!((seen.look(1, busy(0), at(1)), seen.since), (None, at(1)), "it is parked");
        assert_eq!((seen.look(1, busy(0), at(2)), seen.since), (None, at(2)), "and still is");
        assert_eq!((seen.look(2, busy(0), at(3)), seen.since), (None, at(3)), "it woke up");
        assert_eq!((seen.look(2, busy(1), at(4)), seen.since), (None, at(4)), "it has run many tasks");
        assert_eq!((seen.look(2, busy(1), at(5)), seen.since), (None, at(4)), "it is in one");
        seen.told = true;
        assert_eq!(seen.look(2, busy(1), at(6)), None);
        assert_eq!(seen.look(2, busy(2), at(7)), Some(Duration::from_secs(3)), "it was, and was told to be");
        assert_eq!((seen.look(3, busy(2), at(8)), seen.since), (None, at(8)));
    }

    #[test]
    fn a_worker_has_time_to_publish_that_a_task_of_ours_has_ended() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let seen = |since| Seen { counters: (0, Duration::ZERO), since, ours: since, told: false };
        let mut workers = [seen(start), seen(at(1))];
        let blocked = |workers: &mut [Seen], ours, seconds| -> Vec<(usize, u64)> {
            let blocked = blocked(workers, Duration::from_secs(2), ours, at(seconds));
            blocked.into_iter().map(|(worker, lasts)| (worker, lasts.as_secs())).collect()
        };
        assert_eq!(blocked(&mut workers, 1, 2), [], "the first is in a task of ours");
        assert_eq!(blocked(&mut workers, 1, 3), [(1, 2)], "the second is not");
        assert_eq!(blocked(&mut workers, 0, 4), [(1, 3)], "the first may have let it go");
        assert_eq!(blocked(&mut workers, 0, 5), [(0, 2), (1, 4)], "and is in another one now");
    }
}
