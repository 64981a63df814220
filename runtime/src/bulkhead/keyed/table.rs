//! The keys and their lock.

use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::fingerprint::{Fingerprint, Fingerprints};
use super::keys::{Bounds, Entrance, Keys};
use super::seat::Seat;
use crate::bulkhead::Admission;
use crate::error::FullReason;

/// The keys, shared by all callers. The lock is held for look-ups only: not while a waker runs, not while a user's
/// `Hash` does, and not across an await.
#[derive(Debug)]
pub(super) struct Table {
    bounds: Bounds,
    fingerprints: Fingerprints,
    keys: Mutex<Keys>,
}

impl Table {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self { bounds, fingerprints: Fingerprints::default(), keys: Mutex::new(Keys::new(bounds)) }
    }

    pub(super) fn fingerprint<K: Hash + ?Sized>(&self, key: &K) -> Fingerprint {
        self.fingerprints.of(key)
    }

    /// Takes a seat at this key, with a permit or with a ticket.
    pub(super) fn enter(
        &self,
        fingerprint: Fingerprint,
        admission: &Admission,
    ) -> Result<Seat<'_>, FullReason> {
        let Entrance { entry, ticket } = self.lock().enter(fingerprint, admission)?;
        Ok(Seat::new(self, entry, ticket))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many permits a key has that got its room just now.
    pub(super) fn limit(&self) -> usize {
        self.bounds.limit
    }
}
