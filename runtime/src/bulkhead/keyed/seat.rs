//! A caller's hold on its key.

use std::sync::Arc;

use super::line::Ticket;
use super::slot::Entry;
use super::table::Table;

/// Keeps the key from being evicted, and the caller counted among those who wait for as long as it has a ticket.
#[derive(Debug)]
pub(super) struct Seat<'a> {
    table: &'a Table,
    entry: Arc<Entry>,
    ticket: Option<Ticket>,
}

impl<'a> Seat<'a> {
    pub(super) fn new(table: &'a Table, entry: Arc<Entry>, ticket: Option<Ticket>) -> Self {
        Self { table, entry, ticket }
    }

    pub(super) fn has_permit(&self) -> bool {
        self.ticket.is_none()
    }

    /// Waits for room for the key if it has none, and for a permit of the key. The semaphore of a key without room
    /// is empty, so both waits are one, and there is one place in one queue to give up when the caller is dropped.
    pub(super) async fn wait(&mut self) {
        let Some(ticket) = self.ticket else { return };
        let Ok(permit) = self.entry.permits.acquire().await else {
            unreachable!("nobody closes the semaphore of a key")
        };
        permit.forget();
        self.ticket = None;
        self.table.lock().served(self.entry.fingerprint, ticket);
    }

    /// To be called before the seat is dropped: a key must not be idle with a permit missing.
    pub(super) fn give_back(&self) {
        self.entry.permits.add_permits(1);
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let admitted = self.table.lock().leave(self.entry.fingerprint, self.ticket);
        if let Some(entry) = admitted {
            entry.permits.add_permits(self.table.limit());
        }
    }
}
