//! Requests in flight over time, as the server sees them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Records every moment at which the number of requests in flight changed. Cheap to clone: clones share the record.
#[derive(Debug, Clone)]
pub(crate) struct Timeline {
    began: Instant,
    steps: Arc<Mutex<Vec<Step>>>,
}

/// From `at` on, until the next step, `in_flight` requests were in flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) at: Duration,
    pub(crate) in_flight: usize,
}

impl Timeline {
    /// Time zero is now.
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), steps: Arc::default() }
    }

    /// A request came in. It is in flight until the guard is dropped, be it answered or abandoned.
    pub(crate) fn enter(&self) -> InFlight {
        self.record(|in_flight| in_flight + 1);
        InFlight(self.clone())
    }

    /// How many are in flight now.
    pub(crate) fn in_flight(&self) -> usize {
        self.lock().last().map_or(0, |step| step.in_flight)
    }

    /// Everything recorded so far, in order of time.
    pub(crate) fn steps(&self) -> Vec<Step> {
        self.lock().clone()
    }

    fn record(&self, change: impl FnOnce(usize) -> usize) {
        let mut steps = self.lock();
        let in_flight = change(steps.last().map_or(0, |step| step.in_flight));
        steps.push(Step { at: self.began.elapsed(), in_flight });
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Step>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One request in flight.
#[derive(Debug)]
pub(crate) struct InFlight(Timeline);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.record(|in_flight| in_flight - 1);
    }
}

/// The most that were ever in flight at once.
pub(crate) fn peak(steps: &[Step]) -> usize {
    steps.iter().map(|step| step.in_flight).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn every_change_is_recorded_with_its_time() {
        let timeline = Timeline::new();
        let first = timeline.enter();
        tokio::time::sleep(Duration::from_millis(10)).await;
        let second = timeline.enter();
        assert_eq!(timeline.in_flight(), 2);
        drop(first);
        drop(second);
        let seen: Vec<_> =
            timeline.steps().iter().map(|step| (step.at.as_millis(), step.in_flight)).collect();
        assert_eq!(seen, [(0, 1), (10, 2), (10, 1), (10, 0)]);
        assert_eq!(peak(&timeline.steps()), 2);
        assert_eq!(timeline.in_flight(), 0);
    }
}
