//! All rules.

use proc_macro2::TokenStream;

use crate::options::Options;
use crate::rule::{Level, Rule};
use crate::rules::blocking::{BLOCKING_FN_CALL, CONFIGURED_BLOCKING_CALL, may_call_marked};
use crate::rules::{blocking, cancellation, futures, guards, meta, resources, tasks};
use crate::words::Words;

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

/// Whether a rule that is on can report anything in code with these tokens.
///
/// A quick scan, far cheaper than parsing: it looks for the words without which no rule has anything to say.
pub fn may_report(tokens: &TokenStream, options: &Options) -> bool {
    let levels = &options.levels;
    let words = Words::of_tokens(tokens);
    // What a configuration names may be anything.
    if levels.of(&CONFIGURED_BLOCKING_CALL) > Level::Off && !options.blocking.is_empty() {
        return true;
    }
    let mut on = rules().filter(|rule| levels.of(rule) > Level::Off && **rule != CONFIGURED_BLOCKING_CALL);
    on.any(|rule| words.trigger(rule))
        || levels.of(&BLOCKING_FN_CALL) > Level::Off && may_call_marked(tokens, &options.marked)
}
