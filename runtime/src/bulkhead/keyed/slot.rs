//! One key and those who use it.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::fingerprint::Fingerprint;
use super::idle::Idle;

/// The part of a key that its users share, and wait at without a lock.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) fingerprint: Fingerprint,
    pub(super) permits: Semaphore,
}

/// The part of a key that the table counts, under its lock.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) entry: Arc<Entry>,
    /// Callers who hold a permit or wait for one. At 0 the key is idle.
    users: usize,
    /// Those of them who wait.
    waiting: usize,
    pub(super) idle: Option<Idle>,
}

impl Slot {
    /// A key that nobody uses yet.
    pub(super) fn new(fingerprint: Fingerprint, permits: usize) -> Self {
        let permits = Semaphore::new(permits);
        Self { entry: Arc::new(Entry { fingerprint, permits }), users: 0, waiting: 0, idle: None }
    }

    /// Somebody uses the key, with a permit if one is free.
    pub(super) fn serve(&mut self) -> bool {
        let Ok(permit) = self.entry.permits.try_acquire() else { return false };
        permit.forget();
        self.users += 1;
        true
    }

    /// Somebody uses the key and waits for a permit.
    pub(super) fn queue(&mut self) {
        self.users += 1;
        self.waiting += 1;
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    pub(super) fn stop_waiting(&mut self) {
        self.waiting -= 1;
    }

    /// Somebody goes away; whether it was the last one.
    pub(super) fn leave(&mut self) -> bool {
        self.users -= 1;
        self.users == 0
    }
}
