//! All keys of a keyed bulkhead: who lives, who is idle, who waits for room.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::fingerprint::{ByFingerprint, Fingerprint};
use super::idle::IdleOrder;
use super::line::{Line, Ticket, Tickets};
use super::slot::{Entry, Slot};
use crate::bulkhead::Admission;
use crate::error::FullReason;

/// What was asked for when the keyed bulkhead was made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) limit: usize,
    pub(super) max_keys: usize,
    pub(super) idle: Duration,
}

/// A caller who uses a key: with a permit, or with a ticket while it waits for one.
#[derive(Debug)]
pub(super) struct Entrance {
    pub(super) entry: Arc<Entry>,
    pub(super) ticket: Option<Ticket>,
}

/// The keys. Not more than `max_keys` of them are live, and while a key is in line, none of those is idle.
#[derive(Debug)]
pub(super) struct Keys {
    bounds: Bounds,
    live: ByFingerprint<Slot>,
    idle: IdleOrder,
    line: Line,
    /// Callers who wait for a permit of a live key.
    waiting: usize,
    tickets: Tickets,
}

impl Keys {
    /// How many idle keys leave per call at most, lest one call pay for all of them.
    const SWEEP: usize = 16;

    pub(super) fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            live: ByFingerprint::default(),
            idle: IdleOrder::default(),
            line: Line::default(),
            waiting: 0,
            tickets: Tickets::default(),
        }
    }

    pub(super) fn live(&self) -> usize {
        self.live.len()
    }

    pub(super) fn busy(&self) -> usize {
        self.live.len() - self.idle.keys()
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting + self.line.waiting()
    }

    /// A caller arrives.
    pub(super) fn enter(
        &mut self,
        fingerprint: Fingerprint,
        admission: &Admission,
    ) -> Result<Entrance, FullReason> {
        if let Some(slot) = self.live.get_mut(&fingerprint) {
            let mut ticket = None;
            if !slot.serve() {
                let waiting = slot.waiting();
                admission.place_after(waiting).map_err(|limit| FullReason::Queue { waiting, limit })?;
                slot.queue();
                self.waiting += 1;
                ticket = Some(self.tickets.next());
            }
            if slot.idle.take().is_some() {
                self.idle.end();
            }
            return Ok(Entrance { entry: Arc::clone(&slot.entry), ticket });
        }
        if self.make_room() {
            let mut slot = Slot::new(fingerprint, self.bounds.limit);
            slot.serve();
            return Ok(Entrance { entry: self.admit(fingerprint, slot), ticket: None });
        }
        self.wait_in_line(fingerprint, admission)
    }

    fn wait_in_line(
        &mut self,
        fingerprint: Fingerprint,
        admission: &Admission,
    ) -> Result<Entrance, FullReason> {
        let waiting = self.line.waiting();
        admission.place_after(waiting).map_err(|limit| match limit {
            0 => FullReason::Keys { max_keys: self.bounds.max_keys },
            limit => FullReason::Queue { waiting, limit },
        })?;
        let ticket = self.tickets.next();
        Ok(Entrance { entry: self.line.join(fingerprint, ticket), ticket: Some(ticket) })
    }

    /// A key lives from now on, with those who waited for it.
    fn admit(&mut self, fingerprint: Fingerprint, slot: Slot) -> Arc<Entry> {
        let entry = Arc::clone(&slot.entry);
        self.waiting += slot.waiting();
        self.live.insert(fingerprint, slot);
        self.idle.reserve(&self.live);
        entry
    }

    /// A caller who waited has its permit.
    pub(super) fn served(&mut self, fingerprint: Fingerprint, ticket: Ticket) {
        self.line.served(ticket);
        // A permit comes out of a live key only, and a key that is used stays live.
        if let Some(slot) = self.live.get_mut(&fingerprint) {
            slot.stop_waiting();
            self.waiting -= 1;
        }
    }

    /// A caller goes away. Returns the key that gets its room, if one does: its permits are to be added.
    pub(super) fn leave(&mut self, fingerprint: Fingerprint, ticket: Option<Ticket>) -> Option<Arc<Entry>> {
        if let Some(ticket) = ticket {
            if self.line.leave(fingerprint, ticket) {
                return None;
            }
            self.served(fingerprint, ticket);
        }
        let slot = self.live.get_mut(&fingerprint)?;
        if !slot.leave() {
            self.sweep(Self::SWEEP);
            return None;
        }
        if let Some((next, waited)) = self.line.pop() {
            self.live.remove(&fingerprint);
            return Some(self.admit(next, waited));
        }
        slot.idle = Some(self.idle.begin(fingerprint, Instant::now()));
        self.sweep(Self::SWEEP);
        None
    }

    /// Whether a new key may live, at the cost of the one that has been idle for longest if need be.
    fn make_room(&mut self) -> bool {
        self.sweep(Self::SWEEP);
        if self.live.len() < self.bounds.max_keys {
            return true;
        }
        let longest = self.idle.longest(&self.live);
        longest.is_some_and(|(fingerprint, _)| self.evict(fingerprint))
    }

    pub(super) fn sweep(&mut self, most: usize) {
        if self.idle.keys() > 0 {
            let now = Instant::now();
            for _ in 0..most {
                match self.idle.longest(&self.live) {
                    // Saturating: the clocks of two runtimes may be apart.
                    Some((fingerprint, since))
                        if now.saturating_duration_since(since) >= self.bounds.idle =>
                    {
                        self.evict(fingerprint);
                    }
                    _ => break,
                }
            }
        }
        self.idle.tidy(&self.live);
    }

    fn evict(&mut self, fingerprint: Fingerprint) -> bool {
        self.idle.end();
        self.live.remove(&fingerprint).is_some()
    }
}

#[cfg(test)]
impl Keys {
    pub(super) fn idle_order(&self) -> &IdleOrder {
        &self.idle
    }

    pub(super) fn waits_for_room(&self) -> bool {
        !self.line.is_empty()
    }

    pub(super) fn line_capacity(&self) -> usize {
        self.line.capacity()
    }

    pub(super) fn set_idle(&mut self, idle: Duration) {
        self.bounds.idle = idle;
    }
}
