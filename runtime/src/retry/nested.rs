//! Retry inside retry: attempts multiply, and a fault far down becomes a storm.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::observe::{self, Event};
use crate::site::Site;

/// What a retried function does when an attempt of another one calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nested {
    /// Retries, and tells so once for each pair of functions.
    Warn,
    /// Makes one attempt and leaves the retrying to the outer one.
    Once,
    /// Retries.
    Allow,
}

static TOLD: Mutex<BTreeSet<(usize, usize)>> = Mutex::new(BTreeSet::new());

impl Nested {
    pub(super) fn runs_once(self, outer: &'static Site, inner: &'static Site) -> bool {
        if self == Self::Warn && first_time(outer, inner) {
            observe::emit(inner, &Event::NestedRetry { outer: outer.function() });
        }
        self == Self::Once
    }
}

fn first_time(outer: &'static Site, inner: &'static Site) -> bool {
    let pair = (std::ptr::from_ref(outer).addr(), std::ptr::from_ref(inner).addr());
    TOLD.lock().unwrap_or_else(PoisonError::into_inner).insert(pair)
}
