//! A budget that is found by its name once.

use std::sync::OnceLock;

use super::Budget;

/// Looks the budget up at the first use and keeps the reference, so that a call pays for no lock.
#[derive(Debug)]
pub struct NamedBudget {
    name: &'static str,
    found: OnceLock<&'static Budget>,
}

impl NamedBudget {
    /// For a `static`: nothing is looked up yet.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, found: OnceLock::new() }
    }

    /// The budget that [`Budget::named`] knows by this name.
    #[inline]
    pub fn get(&self) -> &'static Budget {
        self.found.get_or_init(|| Budget::named(self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_budget_of_that_name() {
        static NAMED: NamedBudget = NamedBudget::new("found once");
        assert!(std::ptr::eq(NAMED.get(), Budget::named("found once")));
        assert!(std::ptr::eq(NAMED.get(), NAMED.get()));
    }
}
