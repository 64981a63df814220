//! `#[steadfast::allow(rule, reason = "..")]`.

use std::ptr;

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

use super::Walker;
use crate::finding::{Draft, Place};
use crate::levels::UnknownRule;
use crate::registry;
use crate::rule::{Level, Rule};
use crate::rules::meta::{MALFORMED_ALLOW, UNUSED_ALLOW};
use crate::syntax::{plain_name, text};

/// Stands for the name of a rule.
const RULE: &str = "rule_name";

/// One rule that is allowed for a while.
pub(crate) struct Allow {
    pub(super) rule: &'static Rule,
    place: Place,
    pub(super) used: bool,
    pub(super) id: AllowId,
}

/// The attribute, by its address, and the place of the rule among its arguments. The same in all walks over a source.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct AllowId(usize, usize);

impl<'a> Walker<'a> {
    /// Walks what stands below these attributes.
    pub(super) fn below(&mut self, attrs: &'a [Attribute], walk: impl FnOnce(&mut Self)) {
        let before = self.cx.allows.len();
        for attr in attrs {
            self.allow(attr);
        }
        walk(self);
        for allow in self.cx.allows.split_off(before) {
            self.check_used(&allow);
        }
    }

    fn check_used(&mut self, allow: &Allow) {
        let options = self.cx.options;
        let runs = options.levels.of(allow.rule) > Level::Off;
        if allow.used || !runs || !options.unused_allows {
            return;
        }
        let name = allow.rule.name;
        let draft = Draft::new(allow.place, format!("nothing here would be reported by `{name}`"))
            .label("this `allow` has no effect")
            .help("remove it, so that a later mistake is seen");
        self.cx.push(&UNUSED_ALLOW, options.levels.of(&UNUSED_ALLOW), draft);
    }

    fn allow(&mut self, attr: &Attribute) {
        if !self.is_allow(attr) {
            return;
        }
        let Meta::List(list) = &attr.meta else {
            return self.malformed(
                Place::of(attr),
                "`allow` needs the name of a rule".to_owned(),
                "names none",
                RULE,
            );
        };
        let Ok(arguments) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
            return self.malformed(
                Place::of(list),
                "`allow` takes names of rules and a reason".to_owned(),
                "not understood",
                RULE,
            );
        };
        if !arguments.iter().any(is_reason) {
            let rules = arguments.iter().filter(|argument| matches!(argument, Meta::Path(_)));
            let names: Vec<_> = rules.map(|rule| text::full(rule.path())).collect();
            let names = if names.is_empty() { RULE.to_owned() } else { names.join(", ") };
            self.malformed(
                Place::of(list),
                "an `allow` without a reason tells nobody why".to_owned(),
                "no `reason = \"..\"`",
                &names,
            );
        }
        // Written by `#[steadfast::allow]` on an item, for each function in it that is checked by itself: that it has no
        // effect on one of them says nothing.
        let passed_on = arguments.iter().any(|argument| argument.path().is_ident("__passed_on"));
        let is_rule = |argument: &&Meta| {
            !argument.path().is_ident("reason") && !argument.path().is_ident("__passed_on")
        };
        for (index, argument) in arguments.iter().filter(is_rule).enumerate() {
            self.allow_rule(argument, AllowId(ptr::from_ref(attr).addr(), index), passed_on);
        }
    }

    fn allow_rule(&mut self, argument: &Meta, id: AllowId, used: bool) {
        let name = argument.path().segments.last().map(|last| plain_name(&last.ident)).unwrap_or_default();
        match registry::rule(&name) {
            Some(rule) => {
                let used = used || self.cx.helpers.used_allows.contains(&id);
                self.cx.allows.push(Allow { rule, place: Place::of(argument), used, id });
            }
            None => {
                let unknown = UnknownRule::new(&name);
                self.malformed(
                    Place::of(argument),
                    unknown.to_string(),
                    "not the name of a rule",
                    unknown.nearest.unwrap_or(RULE),
                );
            }
        }
    }

    fn malformed(&mut self, place: Place, message: String, label: &str, rules: &str) {
        let draft = Draft::new(place, message)
            .label(label)
            .help(format!("write `#[steadfast::allow({rules}, reason = \"why it is meant\")]`"));
        self.cx.push(&MALFORMED_ALLOW, self.cx.options.levels.of(&MALFORMED_ALLOW), draft);
    }

    fn is_allow(&self, attr: &Attribute) -> bool {
        let segments = &attr.path().segments;
        let (Some(first), Some(last)) = (segments.first(), segments.last()) else { return false };
        segments.len() == 2 && last.ident == "allow" && {
            let first = plain_name(&first.ident);
            self.cx.options.crate_names.contains(&first)
        }
    }
}

fn is_reason(argument: &Meta) -> bool {
    let Meta::NameValue(pair) = argument else { return false };
    let text = match &pair.value {
        Expr::Lit(lit) => &lit.lit,
        _ => return false,
    };
    pair.path.is_ident("reason") && matches!(text, Lit::Str(text) if !text.value().trim().is_empty())
}
