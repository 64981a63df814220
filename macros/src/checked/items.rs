//! `#[checked]` on a function, an `impl` block, a trait or an inline module.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use steadfast_rules::{RootMut, Words, for_each_block_mut};
use syn::Item;

use super::functions::{Bodies, checks_itself, each};
use super::{Checked, allow, arguments, questions, sort};
use crate::errors::Errors;
use crate::parse::Function;
use crate::parse::crate_path::{self, CratePath};

/// Expands `#[checked]`.
pub(crate) fn attribute(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if arguments::is_done(&arguments) {
        return item;
    }
    let errors = Errors::new();
    let mut checked = Checked::parse(arguments, &errors);
    if let Some((front, body)) = Function::without_attributes(&item) {
        let words = Words::of(&body, &front);
        let krate = checked.krate.as_ref().and_then(CratePath::last_name);
        if errors.is_empty() && !checked.asks_everything && !words.matter(&body, &checked.options(krate)) {
            errors.into_tokens();
            return item;
        }
        checked.words = Some(words);
    }
    if let Ok(function) = Function::of(item.clone()) {
        return crate::attribute::expand_checked(checked, function, errors);
    }
    match syn::parse2::<Item>(item.clone()) {
        Ok(parsed @ (Item::Impl(_) | Item::Trait(_))) => expand(&checked, parsed, errors),
        Ok(Item::Mod(module)) if module.content.is_some() => expand(&checked, Item::Mod(module), errors),
        Ok(Item::Mod(_)) => refuse(
            errors,
            &item,
            "a macro does not see the file of this module: write `steadfast::audit!();` in the crate root, or put `#[checked]` on its items",
        ),
        _ => refuse(
            errors,
            &item,
            "`#[checked]` goes on a function, an `impl` block, a trait or an inline module",
        ),
    }
}

fn refuse(errors: Errors, item: &TokenStream, message: &str) -> TokenStream {
    errors.at_span(Span::call_site(), message);
    let errors = errors.into_tokens();
    quote!(#errors #item)
}

fn expand(checked: &Checked, mut item: Item, errors: Errors) -> TokenStream {
    let wrong = !errors.is_empty();
    let errors = errors.into_tokens();
    let crate_name = checked.krate.as_ref().and_then(CratePath::last_name);
    let options = checked.options(crate_name.clone());
    let tokens = item.to_token_stream();
    let words = Words::of(&tokens, &TokenStream::new());
    if wrong || !checked.asks_everything && !words.matter(&tokens, &options) {
        return quote!(#errors #item);
    }
    let (prefix, names) = (crate_name.as_deref(), &options.crate_names);
    let bodies = Bodies::take_out(&mut item, prefix);
    let (reports, asked) = sort(checked.spoken(steadfast_rules::check_item(&item, &options, Some(&words))));
    let private = crate_path::private(checked.krate.as_ref());
    questions::insert(RootMut::Item(&mut item), &asked, &private, checked.asks_everything);
    if words.may_allow() {
        for_each_block_mut(RootMut::Item(&mut item), &mut |_, block| allow::strip(block, names));
    }
    allow::hand_on(&mut item, names, prefix);
    each(&mut item, &mut |attributes, body| {
        if body.is_none() || !checks_itself(attributes, prefix) {
            allow::finish(attributes, names);
        } else if let Some(inherited) = checked.inherited(attributes, prefix) {
            attributes.push(inherited);
        }
    });
    bodies.put_back(&mut item, prefix);
    let (found, warnings) = (reports.errors, reports.warnings);
    quote!(#errors #found #warnings #item)
}
