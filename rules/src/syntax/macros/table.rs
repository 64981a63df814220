//! The arguments of the macro calls of one source, parsed once each.

use std::cell::OnceCell;
use std::ptr;

use syn::Macro;

use super::{Part, parts};
use crate::syntax::nests_deeper_than;

/// How deep delimiters may nest in arguments that are read. Parsing recurses, and each level costs 10 to
/// 20 KiB of stack in an unoptimised build.
const MAX_NESTING: usize = 64;

const BUCKETS: usize = 64;

/// Owns the parsed arguments of macro calls, so that rules can hold references into them for as long as into
/// the source itself. It only grows.
pub(crate) struct MacroTable {
    buckets: [OnceCell<Box<Entry>>; BUCKETS],
}

struct Entry {
    /// The address of the call. The source outlives the table, and nothing in it moves.
    call: usize,
    parts: Vec<Part>,
    next: OnceCell<Box<Entry>>,
}

impl MacroTable {
    pub(crate) fn new() -> Self {
        Self { buckets: std::array::from_fn(|_| OnceCell::new()) }
    }

    /// The arguments of a macro call. What its grammar does not explain is one opaque part.
    pub(crate) fn parts<'a>(&'a self, mac: &'a Macro) -> &'a [Part] {
        let mut slot = &self.buckets[bucket(mac)];
        while let Some(entry) = slot.get() {
            if entry.call == ptr::from_ref(mac).addr() {
                return &entry.parts;
            }
            slot = &entry.next;
        }
        let entry = slot.get_or_init(|| {
            Box::new(Entry { call: ptr::from_ref(mac).addr(), parts: parse(mac), next: OnceCell::new() })
        });
        &entry.parts
    }
}

impl Drop for MacroTable {
    /// Takes the chains apart one by one: the derived order would recurse.
    fn drop(&mut self) {
        for bucket in &mut self.buckets {
            let mut rest = bucket.take();
            while let Some(mut entry) = rest {
                rest = entry.next.take();
            }
        }
    }
}

fn bucket(mac: &Macro) -> usize {
    // Neighbouring nodes differ by their size, so the low bits carry nothing.
    (ptr::from_ref(mac).addr() >> 5) % BUCKETS
}

fn parse(mac: &Macro) -> Vec<Part> {
    if nests_deeper_than(&mac.tokens, MAX_NESTING) { vec![Part::Opaque] } else { parts(mac) }
}
