//! The rules, asked about one item: `#[checked]`, and what every policy attribute does on the side.

mod allow;
mod answer;
mod arguments;
mod functions;
mod items;
mod machine;
mod marked;
mod questions;
mod reached;
mod report;
mod wrap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use steadfast_rules::{Finding, Level, RootMut, Words};
use syn::{Attribute, Block, Meta};

use crate::errors::Errors;
use crate::parse::Function;
use crate::parse::function::Body;
use crate::stack::Stack;
pub(crate) use allow::attribute as allow;
pub(crate) use arguments::Checked;
pub(crate) use functions::checks_itself;
pub(crate) use items::attribute;
use report::Reports;
pub(crate) use report::deprecated;

/// Takes the `#[checked]` that stands beside policies. `None` if the function has been checked already.
pub(crate) fn claim(function: &mut Function, prefix: Option<&str>, errors: &Errors) -> Option<Checked> {
    let mut found = None;
    for attribute in &mut function.attributes {
        if !is_ours(attribute, "checked", prefix) {
            continue;
        }
        let path = attribute.path().clone();
        let arguments = match &attribute.meta {
            Meta::Path(_) => TokenStream::new(),
            Meta::List(list) if arguments::is_done(&list.tokens) => return None,
            Meta::List(list) => list.tokens.clone(),
            Meta::NameValue(pair) => {
                errors.at(pair, "write the arguments in parentheses, as in `#[checked(..)]`");
                TokenStream::new()
            }
        };
        if found.is_some() {
            given_twice(&path, errors);
        }
        found = Some(Checked::parse(arguments, errors));
        attribute.meta = syn::parse_quote!(#path(__done));
    }
    Some(found.unwrap_or_default())
}

fn given_twice(path: &syn::Path, errors: &Errors) {
    errors.at_span(arguments::name_span(path), "`checked` is given twice; put all its arguments into one");
}

/// Reports a `#[checked]` below the one that is being expanded.
pub(crate) fn refuse_second(function: &mut Function, prefix: Option<&str>, errors: &Errors) {
    for attribute in &mut function.attributes {
        let done = matches!(&attribute.meta, Meta::List(list) if arguments::is_done(&list.tokens));
        if is_ours(attribute, "checked", prefix) && !done {
            let path = attribute.path().clone();
            given_twice(&path, errors);
            attribute.meta = syn::parse_quote!(#path(__done));
        }
    }
}

/// Whether an attribute is the one of Steadfast with this name. A macro cannot resolve names: it goes by them.
fn is_ours(attribute: &Attribute, name: &str, prefix: Option<&str>) -> bool {
    let mut segments = attribute.path().segments.iter().rev();
    segments.next().is_some_and(|last| last.ident == name)
        && segments.next().is_none_or(|before| {
            before.ident == "steadfast" || prefix.is_some_and(|prefix| before.ident == prefix)
        })
}

/// Checks a function. What has to be asked is put into its body, and what is certain comes back as items that stand
/// beside it.
pub(crate) fn function(function: &mut Function, checked: &Checked, stack: &Stack) -> TokenStream {
    let Body::Block { group, .. } = &function.body else { return TokenStream::new() };
    let mut options = checked.options(stack.crate_name());
    if stack.must_join.is_some() {
        for rule in JOINED {
            // The names are those of rules, which a test makes sure of.
            let _ = options.levels.set(rule, Level::Off);
        }
    }
    // A function that was looked through already is here because its words matter.
    let known = checked.words;
    let words = known.unwrap_or_else(|| {
        // The attributes may hold an `allow` that is wrong.
        let mut front: TokenStream = function.attributes.iter().map(ToTokens::to_token_stream).collect();
        function.signature.to_tokens(&mut front);
        Words::of(&group.stream(), &front)
    });
    if known.is_none() && !checked.asks_everything && !words.matter(&group.stream(), &options) {
        return TokenStream::new();
    }
    // What does not parse is rustc's to report.
    let Ok(mut block) = syn::parse2::<Block>(TokenTree::Group(group.clone()).into()) else {
        return TokenStream::new();
    };
    let (attributes, signature) = (&function.attributes, &function.signature);
    let findings = steadfast_rules::check_function(attributes, signature, &block, &options, Some(&words));
    let (reports, questions) = sort(checked.spoken(findings));
    if questions.is_empty() && reports.warnings.is_empty() && !words.may_allow() {
        return reports.errors;
    }
    let private = stack.private();
    let body = if questions.is_empty() {
        group.stream()
    } else {
        questions::insert(RootMut::Body(&mut block), &questions, &private, checked.asks_everything);
        block.stmts.iter().map(ToTokens::to_token_stream).collect()
    };
    let prefixes = &options.crate_names;
    let body = allow::without(body, prefixes);
    allow::finish(&mut function.attributes, prefixes);
    let warnings = reports.warnings;
    replace_body(function, quote!(#warnings #body));
    reports.errors
}

/// What cannot happen to a task that `#[must_join]` joins.
const JOINED: [&str; 4] =
    ["detached_spawn", "detached_fallible_task", "select_drops_join_handle", "timeout_detaches_task"];

#[cfg(test)]
#[test]
fn what_must_join_settles_are_rules() {
    assert!(JOINED.into_iter().all(|name| steadfast_rules::rule(name).is_some()));
}

fn replace_body(function: &mut Function, stream: TokenStream) {
    if let Body::Block { group, .. } = &mut function.body {
        let mut braces = Group::new(Delimiter::Brace, stream);
        braces.set_span(group.span());
        *group = braces;
    }
}

/// What is certain, and what has to be asked.
fn sort(findings: Vec<Finding>) -> (Reports, Vec<Finding>) {
    let mut reports = Reports::default();
    let (certain, questions): (Vec<_>, Vec<_>) = findings.into_iter().partition(Finding::is_certain);
    for finding in &certain {
        reports.add(finding);
    }
    (reports, questions)
}
