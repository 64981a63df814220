//! Counts what a crawl does.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use steadfast::observe::{Event, Observer};

/// Counts as the crawl goes; read it at any time with [`counts`](Self::counts).
#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<Counts>);

/// What has been counted so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    /// Calls begun: one for each page that became known.
    pub(crate) calls: usize,
    /// Requests sent, first and later ones.
    pub(crate) attempts: usize,
    /// Attempts that failed and were followed by another one, by the reason for it.
    pub(crate) retries: BTreeMap<String, usize>,
    /// Calls that a policy refused before they began.
    pub(crate) refusals: usize,
    /// Calls that failed for good, by the reason.
    pub(crate) lost: BTreeMap<String, usize>,
    /// How long each request took that was answered with its page.
    pub(crate) answers: Vec<Duration>,
    /// How long each call took that brought its page, waiting and later attempts included.
    pub(crate) pages: Vec<Duration>,
}

impl Tally {
    /// A call began.
    pub(crate) fn call(&self) {
        self.lock().calls += 1;
    }

    /// A request is sent.
    pub(crate) fn attempt(&self) {
        self.lock().attempts += 1;
    }

    /// A request was answered with its page.
    pub(crate) fn answered(&self, took: Duration) {
        self.lock().answers.push(took);
    }

    /// An attempt failed and will be followed by another one.
    pub(crate) fn retry(&self, reason: &dyn Display) {
        *self.lock().retries.entry(reason.to_string()).or_default() += 1;
    }

    /// A policy refused a call.
    pub(crate) fn refusal(&self) {
        self.lock().refusals += 1;
    }

    /// A call ended, with its page unless there is an error.
    pub(crate) fn finished(&self, took: Duration, error: Option<&impl Display>) {
        let mut counts = self.lock();
        match error {
            None => counts.pages.push(took),
            Some(error) => *counts.lost.entry(error.to_string()).or_default() += 1,
        }
    }

    /// What has been counted so far.
    pub(crate) fn counts(&self) -> Counts {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Retries and refusals happen out of the client's sight, so the policies tell of them.
impl Observer for Tally {
    fn on_event(&self, _function: &'static str, event: &Event<'_>) {
        match event {
            Event::Scheduled { error, .. } => self.retry(error),
            Event::Rejected { .. } => self.refusal(),
            _ => {}
        }
    }
}

impl Counts {
    /// All retries, whatever the reason.
    pub(crate) fn retried(&self) -> usize {
        self.retries.values().sum()
    }

    /// All calls that failed for good, whatever the reason.
    pub(crate) fn failed(&self) -> usize {
        self.lost.values().sum()
    }
}

/// The smallest of `values` that at least `percent` of them do not exceed (the nearest-rank method); none of none.
pub(crate) fn percentile(values: &[Duration], percent: usize) -> Option<Duration> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn counts_add_up() {
        let tally = Tally::default();
        tally.call();
        tally.attempt();
        tally.retry(&"503");
        tally.attempt();
        tally.retry(&"429");
        tally.attempt();
        tally.retry(&"503");
        tally.attempt();
        tally.answered(ms(10));
        tally.finished(ms(70), None::<&str>.as_ref());
        tally.call();
        tally.finished(ms(70), Some(&"404"));
        let counts = tally.counts();
        assert_eq!((counts.calls, counts.attempts, counts.retried(), counts.failed()), (2, 4, 3, 1));
        assert_eq!(counts.retries, BTreeMap::from([("429".into(), 1), ("503".into(), 2)]));
        assert_eq!((counts.answers, counts.pages), (vec![ms(10)], vec![ms(70)]));
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let values: Vec<Duration> = (1..=100).rev().map(ms).collect();
        assert_eq!([50, 95, 99, 100].map(|p| percentile(&values, p).unwrap()), [50, 95, 99, 100].map(ms));
    }

    #[test]
    fn percentiles_of_few_values_and_of_none() {
        assert_eq!([1, 50, 51, 99].map(|p| percentile(&[ms(2), ms(1)], p).unwrap()), [1, 1, 2, 2].map(ms));
        assert_eq!(percentile(&[], 50), None);
    }
}
