//! The keys that found no room below the cap, and the callers that wait for it.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::sync::Arc;

use super::fingerprint::{ByFingerprint, Fingerprint};
use super::slot::{Entry, Slot};

/// A caller's number in the order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket(NonZeroU64);

/// Gives the numbers out. At one per nanosecond they last for centuries.
#[derive(Debug)]
pub(super) struct Tickets(NonZeroU64);

impl Default for Tickets {
    fn default() -> Self {
        Self(NonZeroU64::MIN)
    }
}

impl Tickets {
    pub(super) fn next(&mut self) -> Ticket {
        let ticket = Ticket(self.0);
        self.0 = self.0.saturating_add(1);
        ticket
    }
}

/// First come, first served, by caller: the key of the caller who has waited longest gets the next room.
///
/// It is as long as there are callers who wait, whose own futures are larger than what is kept of them here.
#[derive(Debug, Default)]
pub(super) struct Line {
    keys: ByFingerprint<Slot>,
    // Also of callers whose key has left the line: those are skipped. Such a key cannot come back to the line before
    // these callers have gone, since it does not leave the live ones before.
    tickets: BTreeMap<Ticket, Fingerprint>,
    waiting: usize,
}

impl Line {
    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    /// One more caller waits for this key, at a semaphore that is empty until there is room.
    pub(super) fn join(&mut self, fingerprint: Fingerprint, ticket: Ticket) -> Arc<Entry> {
        self.tickets.insert(ticket, fingerprint);
        self.waiting += 1;
        let slot = self.keys.entry(fingerprint).or_insert_with(|| Slot::new(fingerprint, 0));
        slot.queue();
        Arc::clone(&slot.entry)
    }

    /// The key whose turn it is, with all that wait for it.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<(Fingerprint, Slot)> {
        if self.is_empty() { None } else { self.pop_first() }
    }

    fn pop_first(&mut self) -> Option<(Fingerprint, Slot)> {
        while let Some((_, fingerprint)) = self.tickets.pop_first() {
            if let Some(slot) = self.keys.remove(&fingerprint) {
                self.waiting -= slot.waiting();
                self.release_memory();
                return Some((fingerprint, slot));
            }
        }
        None
    }

    /// A caller has its permit, so its key is live.
    pub(super) fn served(&mut self, ticket: Ticket) {
        self.tickets.remove(&ticket);
    }

    /// A caller goes away. Whether its key was still in line.
    pub(super) fn leave(&mut self, fingerprint: Fingerprint, ticket: Ticket) -> bool {
        self.tickets.remove(&ticket);
        let Some(slot) = self.keys.get_mut(&fingerprint) else { return false };
        self.waiting -= 1;
        slot.stop_waiting();
        if slot.leave() {
            self.keys.remove(&fingerprint);
            self.release_memory();
        }
        true
    }

    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.keys.capacity()
    }

    /// A rush must not cost its memory for ever.
    fn release_memory(&mut self) {
        if self.keys.is_empty() {
            *self = Self::default();
        }
    }
}
