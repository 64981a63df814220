//! All rules.

use std::ptr;
use std::sync::OnceLock;

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

/// All rules, each with its number, which counts from 0 in the order of the documentation.
pub(crate) fn numbered() -> impl Iterator<Item = (usize, &'static Rule)> {
    static RULES: OnceLock<Vec<&'static Rule>> = OnceLock::new();
    RULES.get_or_init(|| rules().collect()).iter().copied().enumerate()
}

/// The number of a rule.
pub(crate) fn number(rule: &Rule) -> Option<usize> {
    numbered().position(|(_, known)| ptr::eq(known, rule))
}

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.name == name)
}
