//! Code that an attribute of Steadfast checks by itself, and better, since it can ask the compiler.

use std::ops::RangeInclusive;

use proc_macro2::LineColumn;
use steadfast_rules::{Finding, Place};
use syn::{Attribute, File, ImplItem, Item, TraitItem, UseTree};

use crate::checked::checks_itself;

/// The places in a file that are left to attributes.
pub(super) struct Elsewhere {
    ranges: Vec<RangeInclusive<LineColumn>>,
    /// The name of Steadfast, where `#[retry]` alone may be somebody else's.
    name: Option<String>,
    imports: bool,
}

impl Elsewhere {
    pub(super) fn of(file: &File, names: &[String]) -> Self {
        let imports =
            file.items.iter().any(|item| matches!(item, Item::Use(item) if begins_with(&item.tree, names)));
        let mut elsewhere = Self { ranges: Vec::new(), name: names.last().cloned(), imports };
        elsewhere.items(&file.items);
        elsewhere
    }

    pub(super) fn has(&self, finding: &Finding) -> bool {
        // No attribute on a function knows what the functions that it calls do.
        let at = finding.place.start.start();
        finding.rule.name != "transitive_blocking" && self.ranges.iter().any(|range| range.contains(&at))
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Fn(function) => self.range(&function.attrs, item),
                Item::Impl(whole) => {
                    self.range(&whole.attrs, item);
                    for inner in &whole.items {
                        if let ImplItem::Fn(method) = inner {
                            self.range(&method.attrs, inner);
                        }
                    }
                }
                Item::Trait(whole) => {
                    self.range(&whole.attrs, item);
                    for inner in &whole.items {
                        if let TraitItem::Fn(method) = inner {
                            self.range(&method.attrs, inner);
                        }
                    }
                }
                Item::Mod(module) => {
                    self.range(&module.attrs, item);
                    self.items(module.content.as_ref().map_or(&[], |(_, items)| items.as_slice()));
                }
                _ => {}
            }
        }
    }

    fn range(&mut self, attributes: &[Attribute], item: &impl quote::ToTokens) {
        let named = |attribute: &&Attribute| attribute.path().segments.len() > 1 || self.imports;
        let attributes: Vec<Attribute> = attributes.iter().filter(named).cloned().collect();
        if checks_itself(&attributes, self.name.as_deref()) {
            let Place { start, end } = Place::of(item);
            self.ranges.push(start.start()..=end.end());
        }
    }
}

/// Whether something is imported from a crate of one of these names.
fn begins_with(tree: &UseTree, names: &[String]) -> bool {
    match tree {
        UseTree::Path(path) => names.iter().any(|name| path.ident == name),
        UseTree::Group(group) => group.items.iter().any(|tree| begins_with(tree, names)),
        _ => false,
    }
}
