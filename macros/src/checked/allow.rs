//! `#[steadfast::allow(rule, reason = "..")]`.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use steadfast_rules::Options;
use syn::{Attribute, Block, Item, Meta, parse_quote};

use super::functions::{checks_itself, each};
use super::{arguments, is_ours, sort};
use crate::parse::Function;

/// Expands the attribute on an item.
///
/// It does nothing by itself: `audit!` and `cargo steadfast check` read it from the source. But an attribute below it
/// that checks the item is expanded later and would not see it any more, so it is handed on to that one.
pub(crate) fn attribute(arguments: &TokenStream, item: TokenStream) -> TokenStream {
    if arguments::is_done(arguments) {
        return item;
    }
    // What is wrong with it is said at its arguments: the path of an attribute is not among what its macro gets.
    let at = arguments.clone().into_iter().next().map_or_else(Span::call_site, |first| first.span());
    let [handed_on, stays] = [
        quote_spanned!(at=> steadfast::allow(#arguments, __passed_on)),
        quote_spanned!(at=> steadfast::allow(#arguments)),
    ]
    .map(|meta| -> Attribute { parse_quote!(#[#meta]) });
    if let Ok(mut function) = Function::of(item.clone()) {
        if checks_itself(&function.attributes, None) {
            function.attributes.push(stays);
            return crate::expand::as_written(&function);
        }
        let wrong = malformed(&stays);
        return quote!(#wrong #item);
    }
    let Ok(mut parsed @ (Item::Impl(_) | Item::Trait(_) | Item::Mod(_))) = syn::parse2::<Item>(item.clone())
    else {
        let wrong = malformed(&stays);
        return quote!(#wrong #item);
    };
    let mut found = false;
    let mut first = true;
    each(&mut parsed, &mut |attributes, _| {
        if checks_itself(attributes, None) {
            found = true;
            // On the item itself it is seen by whoever checks the item as a whole.
            attributes.push(if first { stays.clone() } else { handed_on.clone() });
        }
        first = false;
    });
    if found {
        return parsed.into_token_stream();
    }
    let wrong = malformed(&stays);
    quote!(#wrong #item)
}

/// What is wrong with the attribute itself.
fn malformed(attribute: &Attribute) -> TokenStream {
    let options = Options { unused_allows: false, ..Options::for_macro() };
    let (reports, _) = sort(steadfast_rules::check_item(&parse_quote!(#attribute fn f() {}), &options, None));
    reports.errors
}

/// Hands the `allow`s of an item on to the functions in it that are checked by themselves.
pub(super) fn hand_on(item: &mut Item, prefixes: &[String], prefix: Option<&str>) {
    let mut inherited: Vec<Attribute> = Vec::new();
    let mut first = true;
    each(item, &mut |attributes, body| {
        if first {
            inherited = attributes
                .iter()
                .filter(|attribute| is_allow(attribute, prefixes))
                .filter_map(marked)
                .collect();
            first = false;
        } else if body.is_some() && checks_itself(attributes, prefix) {
            attributes.extend(inherited.iter().cloned());
        }
    });
}

fn marked(attribute: &Attribute) -> Option<Attribute> {
    let Meta::List(list) = &attribute.meta else { return None };
    let (path, arguments) = (&list.path, &list.tokens);
    let marked: Attribute = parse_quote!(#[#path(#arguments, __passed_on)]);
    (!arguments::is_done(arguments)).then_some(marked)
}

/// Code without the `allow`s in it, which have done their work: on a statement an attribute macro may not stand.
pub(super) fn without(tokens: TokenStream, prefixes: &[String]) -> TokenStream {
    if !mentions(&tokens) {
        return tokens;
    }
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        let allows =
            matches!(tokens.peek(), Some(TokenTree::Group(group)) if hash && is_bracketed(group, prefixes));
        if allows {
            tokens.next();
            continue;
        }
        kept.push(match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without(group.stream(), prefixes));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        });
    }
    kept.into_iter().collect()
}

/// The same for a block that has been parsed.
pub(super) fn strip(block: &mut Block, prefixes: &[String]) {
    let tokens = block.to_token_stream();
    if !mentions(&tokens) {
        return;
    }
    if let Ok(stripped) = syn::parse2(without(tokens, prefixes)) {
        *block = stripped;
    }
}

fn mentions(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == "allow",
        TokenTree::Group(group) => mentions(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// `[steadfast::allow(..)]`
fn is_bracketed(group: &Group, prefixes: &[String]) -> bool {
    if group.delimiter() != Delimiter::Bracket {
        return false;
    }
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let [before @ .., TokenTree::Ident(name), TokenTree::Group(_)] = &tokens[..] else { return false };
    let [.., TokenTree::Ident(krate), TokenTree::Punct(_), TokenTree::Punct(_)] = before else {
        return false;
    };
    name == "allow" && prefixes.iter().any(|prefix| krate == prefix)
}

fn is_allow(attribute: &Attribute, prefixes: &[String]) -> bool {
    attribute.path().segments.len() == 2
        && prefixes.iter().any(|prefix| is_ours(attribute, "allow", Some(prefix)))
}

/// Marks the `allow`s of an item as read, and removes those that were handed on.
pub(super) fn finish(attributes: &mut Vec<Attribute>, prefixes: &[String]) {
    attributes.retain_mut(|attribute| {
        if !is_allow(attribute, prefixes) {
            return true;
        }
        let path = attribute.path().clone();
        let was_handed_on =
            matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string().ends_with("__passed_on"));
        attribute.meta = parse_quote!(#path(__done));
        !was_handed_on
    });
}
