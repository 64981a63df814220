//! All rules.

use crate::rule::Rule;
use crate::rules::{blocking, cancellation, futures, guards, meta, resources, tasks};

/// All rules, family by family, in the order of the documentation.
pub static FAMILIES: &[&[&Rule]] = &[
    blocking::RULES,
    guards::RULES,
    futures::RULES,
    tasks::RULES,
    cancellation::RULES,
    resources::RULES,
    meta::RULES,
];

/// All rules, in the order of the documentation.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.name == name)
}
