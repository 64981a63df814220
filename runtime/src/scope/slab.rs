//! The children of one scope, by key.

use std::any::Any;
use std::borrow::Cow;
use std::panic::Location;
use std::sync::Arc;

use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::core::Core;

/// Turns the output of a task whose handle was discarded, an `Option` of it, into the error that ends the call.
pub(crate) type Convert = fn(&mut dyn Any) -> Option<Box<dyn Any + Send>>;

/// What is known of a task before it runs.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) name: Option<Cow<'static, str>>,
    pub(crate) location: &'static Location<'static>,
}

impl Label {
    #[track_caller]
    pub(crate) fn here() -> Self {
        Self { name: None, location: Location::caller() }
    }

    pub(crate) const fn at(location: &'static Location<'static>) -> Self {
        Self { name: None, location }
    }

    #[track_caller]
    pub(crate) fn named(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: Some(name.into()), location: Location::caller() }
    }
}

/// One child that has not ended. Kept small: a scope with a handful of children should not ask for a large piece of memory.
pub(crate) struct Entry {
    location: &'static Location<'static>,
    /// The how-manyeth child of its scope it is; unlike the key, never used again.
    pub(crate) index: usize,
    /// `None` between the reservation and the spawn.
    pub(crate) abort: Option<AbortHandle>,
    /// What nobody takes goes through this before the child counts as ended; `None` while there is a handle.
    pub(crate) given_up: Option<Convert>,
    rare: Option<Box<Rare>>,
}

/// What most children do without.
struct Rare {
    name: Option<Cow<'static, str>>,
    blocking_since: Option<Instant>,
}

impl Entry {
    #[inline]
    pub(crate) fn new(label: Label, index: usize, blocking_since: Option<Instant>) -> Self {
        let Label { name, location } = label;
        let rare = match (name, blocking_since) {
            (None, None) => None,
            (name, blocking_since) => Some(Box::new(Rare { name, blocking_since })),
        };
        Self { location, index, abort: None, given_up: None, rare }
    }

    pub(crate) fn label(&self) -> Label {
        let name = self.rare.as_ref().and_then(|rare| rare.name.clone());
        Label { name, location: self.location }
    }

    /// Since when it has been there, for one on the blocking pool.
    #[inline]
    pub(crate) fn blocking_since(&self) -> Option<Instant> {
        self.rare.as_ref()?.blocking_since
    }
}

/// For a child whose value is dropped.
pub(crate) fn no_error(_: &mut dyn Any) -> Option<Box<dyn Any + Send>> {
    None
}

enum Slot {
    /// The next free one.
    Vacant(usize),
    Taken(Entry),
    /// The child belongs to another tracker now, under that key.
    Moved(Arc<Core>, usize),
}

/// What a child was when it ended.
pub(crate) enum Removed {
    Child(#[expect(dead_code, reason = "dropped outside of the lock")] Entry),
    /// That one has to be told.
    Moved(Arc<Core>, usize),
}

const NONE: usize = usize::MAX;

/// The first piece of memory is for so many children.
const A_HANDFUL: usize = 8;

pub(crate) struct Slab {
    slots: Vec<Slot>,
    free: usize,
    len: usize,
    blocking: usize,
}

impl Slab {
    pub(crate) const fn new() -> Self {
        Self { slots: Vec::new(), free: NONE, len: 0, blocking: 0 }
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) const fn blocking(&self) -> usize {
        self.blocking
    }

    #[expect(clippy::inline_always, reason = "every spawn does this under the lock")]
    #[inline(always)]
    pub(crate) fn insert(&mut self, entry: Entry) -> usize {
        self.len += 1;
        self.blocking += usize::from(entry.blocking_since().is_some());
        let key = self.free;
        match self.slots.get_mut(key) {
            Some(slot) => {
                let Slot::Vacant(next) = *slot else { unreachable!("the free list holds vacant slots") };
                self.free = next;
                *slot = Slot::Taken(entry);
                key
            }
            None => {
                if self.slots.capacity() == 0 {
                    self.slots.reserve_exact(A_HANDFUL);
                }
                self.slots.push(Slot::Taken(entry));
                self.slots.len() - 1
            }
        }
    }

    /// The child, if it is still the one with this index.
    #[inline]
    pub(crate) fn get(&mut self, key: usize, index: usize) -> Option<&mut Entry> {
        match self.slots.get_mut(key) {
            Some(Slot::Taken(entry)) if entry.index == index => Some(entry),
            _ => None,
        }
    }

    /// The child that has not ended; `None` for one that has moved.
    #[inline]
    pub(crate) fn living(&mut self, key: usize) -> Option<&mut Entry> {
        match &mut self.slots[key] {
            Slot::Taken(entry) => Some(entry),
            _ => None,
        }
    }

    #[inline]
    pub(crate) fn remove(&mut self, key: usize) -> Removed {
        let slot = std::mem::replace(&mut self.slots[key], Slot::Vacant(self.free));
        self.free = key;
        match slot {
            Slot::Taken(entry) => {
                self.forget(&entry);
                Removed::Child(entry)
            }
            Slot::Moved(to, key) => Removed::Moved(to, key),
            Slot::Vacant(_) => unreachable!("a child ends once"),
        }
    }

    /// Lets another tracker have the child, which goes on under its old key here and a new one there.
    pub(crate) fn pass_on(
        &mut self,
        key: usize,
        index: usize,
        to: impl FnOnce(Entry) -> (Arc<Core>, usize),
    ) -> bool {
        if self.get(key, index).is_none() {
            return false;
        }
        let slot = std::mem::replace(&mut self.slots[key], Slot::Vacant(NONE));
        let Slot::Taken(entry) = slot else { unreachable!("just seen") };
        self.forget(&entry);
        let (core, there) = to(entry);
        self.slots[key] = Slot::Moved(core, there);
        true
    }

    #[inline]
    fn forget(&mut self, entry: &Entry) {
        self.len -= 1;
        self.blocking -= usize::from(entry.blocking_since().is_some());
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.slots.iter().enumerate().filter_map(|(key, slot)| match slot {
            Slot::Taken(entry) => Some((key, entry)),
            _ => None,
        })
    }

    pub(crate) fn abort_handles(&self) -> Vec<AbortHandle> {
        self.iter().filter_map(|(_, entry)| entry.abort.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(index: usize) -> Entry {
        Entry::new(Label::here(), index, None)
    }

    #[test]
    fn a_key_is_used_again_and_an_index_is_not() {
        let mut slab = Slab::new();
        let keys: Vec<_> = (0..3).map(|index| slab.insert(entry(index))).collect();
        assert_eq!((keys.as_slice(), slab.len()), ([0, 1, 2].as_slice(), 3));
        assert!(matches!(slab.remove(1), Removed::Child(_)));
        assert_eq!(slab.insert(entry(3)), 1);
        assert!(slab.get(1, 1).is_none());
        assert_eq!(slab.get(1, 3).map(|child| child.index), Some(3));
        assert_eq!(slab.iter().map(|(_, child)| child.index).collect::<Vec<_>>(), [0, 3, 2]);
    }
}
