//! A budget that is found by its name once.

use std::sync::OnceLock;

use super::Budget;

/// Looks the budget up at the first use and keeps the reference.
#[derive(Debug)]
pub struct NamedBudget {
    name: &'static str,
    found: OnceLock<&'static Budget>,
}

impl NamedBudget {
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, found: OnceLock::new() }
    }

    #[inline]
    pub fn get(&self) -> &'static Budget {
        self.found.get_or_init(|| Budget::named(self.name))
    }
}
