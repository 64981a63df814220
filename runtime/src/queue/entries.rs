//! What is queued, in the order in which it will be taken.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

/// An item as the queue keeps it.
pub(super) struct Entry<T, P> {
    pub(super) value: T,
    pub(super) priority: P,
    /// When it was put: no two entries of a queue have the same. It keeps this when it comes back.
    pub(super) sequence: u64,
    /// How often it was handed out.
    pub(super) deliveries: u32,
}

/// Entries, and which of them is next. One that comes back stands where it would, had it never been taken.
pub(super) enum Entries<T, P> {
    /// Sorted by sequence; the front is next.
    Fifo(VecDeque<Entry<T, P>>),
    /// Sorted by sequence; the end is next.
    Lifo(Vec<Entry<T, P>>),
    ByPriority(BinaryHeap<Ranked<T, P>>),
}

impl<T, P: Ord> Entries<T, P> {
    #[inline]
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Fifo(entries) => entries.len(),
            Self::Lifo(entries) => entries.len(),
            Self::ByPriority(entries) => entries.len(),
        }
    }

    /// Adds an entry, new or come back.
    #[inline]
    pub(super) fn insert(&mut self, entry: Entry<T, P>) {
        match self {
            Self::Fifo(entries) => {
                // A new one goes to the end, where no search is needed.
                let newest = entries.back().is_none_or(|last| last.sequence < entry.sequence);
                if newest {
                    entries.push_back(entry);
                } else {
                    let at = entries.partition_point(|other| other.sequence < entry.sequence);
                    entries.insert(at, entry);
                }
            }
            Self::Lifo(entries) => {
                let at = entries.iter().rposition(|other| other.sequence < entry.sequence);
                entries.insert(at.map_or(0, |at| at + 1), entry);
            }
            Self::ByPriority(entries) => entries.push(Ranked(entry)),
        }
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<Entry<T, P>> {
        match self {
            Self::Fifo(entries) => entries.pop_front(),
            Self::Lifo(entries) => entries.pop(),
            Self::ByPriority(entries) => entries.pop().map(|ranked| ranked.0),
        }
    }
}

/// An entry among those of a priority queue: the higher priority first, and among equals the older one.
pub(super) struct Ranked<T, P>(Entry<T, P>);

impl<T, P: Ord> Ord for Ranked<T, P> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_priority = self.0.priority.cmp(&other.0.priority);
        by_priority.then_with(|| other.0.sequence.cmp(&self.0.sequence))
    }
}

impl<T, P: Ord> PartialOrd for Ranked<T, P> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T, P: Ord> PartialEq for Ranked<T, P> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T, P: Ord> Eq for Ranked<T, P> {}
