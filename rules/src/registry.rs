//! All rules.

use proc_macro2::{TokenStream, TokenTree};

use crate::levels::Levels;
use crate::rule::{Level, Rule};
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

/// Whether a rule that is on can report anything in code with these tokens.
///
/// A quick scan, far cheaper than parsing: it looks for the words without which no rule has anything to say.
pub fn may_report(tokens: &TokenStream, levels: &Levels) -> bool {
    let on: Vec<&Rule> = rules().filter(|rule| levels.of(rule) > Level::Off).collect();
    on.iter().any(|rule| rule.triggers.is_empty()) || has_trigger(tokens, &on)
}

fn has_trigger(tokens: &TokenStream, rules: &[&Rule]) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => rules.iter().any(|rule| rule.triggers.iter().any(|word| ident == word)),
        TokenTree::Group(group) => has_trigger(&group.stream(), rules),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
