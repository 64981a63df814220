//! The idle keys, longest idle first.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::fingerprint::{ByFingerprint, Fingerprint};
use super::slot::Slot;

/// One stay of a key among the idle ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Idle {
    // Not the instant: on a paused clock many stays begin at the same one.
    stay: u64,
    since: Instant,
}

/// The order in which keys became idle.
///
/// A key that is used again leaves its old stay behind in the order. Those are dropped when they come to the front,
/// or all together when they outnumber the keys, so the work per stay is constant.
#[derive(Debug, Default)]
pub(super) struct IdleOrder {
    order: VecDeque<(u64, Fingerprint)>,
    stays: u64,
    keys: usize,
}

impl IdleOrder {
    /// Stays that may be left behind however few the keys are.
    const SLACK: usize = 64;

    pub(super) fn keys(&self) -> usize {
        self.keys
    }

    pub(super) fn begin(&mut self, fingerprint: Fingerprint, since: Instant) -> Idle {
        self.stays += 1;
        self.keys += 1;
        self.order.push_back((self.stays, fingerprint));
        Idle { stay: self.stays, since }
    }

    /// A key is not idle any more: it is used, or it was evicted.
    pub(super) fn end(&mut self) {
        self.keys -= 1;
    }

    /// The key that has been idle for longest, and since when.
    pub(super) fn longest(&mut self, live: &ByFingerprint<Slot>) -> Option<(Fingerprint, Instant)> {
        while let Some(&(stay, fingerprint)) = self.order.front() {
            if let Some(idle) = current(live, stay, fingerprint) {
                return Some((fingerprint, idle.since));
            }
            self.order.pop_front();
        }
        None
    }

    /// Never more than two stays per key, and some slack.
    pub(super) fn tidy(&mut self, live: &ByFingerprint<Slot>) {
        if self.order.len() > Self::longest_for(live) {
            self.order.retain(|&(stay, fingerprint)| current(live, stay, fingerprint).is_some());
        }
    }

    /// Makes the room here, where a key is new, so that none is made on behalf of a known one.
    pub(super) fn reserve(&mut self, live: &ByFingerprint<Slot>) {
        // One more: a stay is begun before the order is tidied.
        let longest = Self::longest_for(live) + 1;
        self.order.reserve(longest.saturating_sub(self.order.len()));
    }

    fn longest_for(live: &ByFingerprint<Slot>) -> usize {
        2 * live.len() + Self::SLACK
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.order.capacity()
    }
}

fn current(live: &ByFingerprint<Slot>, stay: u64, fingerprint: Fingerprint) -> Option<Idle> {
    live.get(&fingerprint)?.idle.filter(|idle| idle.stay == stay)
}
