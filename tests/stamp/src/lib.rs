//! Stamps a module of the shape tests once per set of policies.
//!
//! A procedural macro, because what `macro_rules` puts out carries the definition's hygiene: here every token of a
//! shape reaches the policies as it would from a user's file.

mod sets;

use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use sets::{SETS, Set};

/// Repeats the module's content in one submodule per set: `under_timeout`, `under_retry`, `under_bounded` and
/// `under_all`. In each, `#[policies]` becomes the set's attributes, and `FAILURES` is how often a function that is
/// under `#[policies]` without arguments has to fail before it succeeds.
///
/// `#[policies(..)]` takes, where a shape cannot be under each policy:
/// `on_elapsed = value` (no `Result`, so not under `retry`), `not_retry`, `only_bounded`, and `retry(..)` with further
/// arguments for `retry`.
///
/// # Panics
///
/// If it is on something else than a module with a body, or `policies` has another argument. rustc shows it as an
/// error at the attribute.
#[proc_macro_attribute]
pub fn under_each_policy(arguments: TokenStream, module: TokenStream) -> TokenStream {
    assert!(arguments.is_empty(), "`under_each_policy` takes no arguments");
    let mut tokens: Vec<TokenTree> = module.into_iter().collect();
    let Some(TokenTree::Group(content)) = tokens.pop() else {
        panic!("`under_each_policy` goes on a module")
    };
    let mut all = TokenStream::new();
    for set in SETS {
        let mut stamped: TokenStream =
            format!("#[allow(dead_code)] const FAILURES: u32 = {};", u8::from(set.retry))
                .parse()
                .expect("valid");
        stamped.extend(stamp(content.stream(), set));
        all.extend([
            TokenTree::Ident(Ident::new("mod", Span::call_site())),
            TokenTree::Ident(Ident::new(set.name, content.span())),
            TokenTree::Group(Group::new(Delimiter::Brace, stamped)),
        ]);
    }
    tokens.push(TokenTree::Group(Group::new(Delimiter::Brace, all)));
    tokens.into_iter().collect()
}

fn stamp(tokens: TokenStream, set: &Set) -> TokenStream {
    let mut stamped = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (&token, tokens.peek()) {
            (TokenTree::Punct(hash), Some(TokenTree::Group(attribute))) if hash.as_char() == '#' => {
                if let Some((at, arguments)) = policies(attribute) {
                    tokens.next();
                    stamped.extend(set.attributes(at, arguments));
                } else {
                    stamped.extend([token]);
                }
            }
            (TokenTree::Group(group), _) => {
                let mut inner = Group::new(group.delimiter(), stamp(group.stream(), set));
                // The braces decide a block's edition, and where its errors stand.
                inner.set_span(group.span());
                stamped.extend([TokenTree::Group(inner)]);
            }
            _ => stamped.extend([token]),
        }
    }
    stamped
}

/// The span of `policies` and what stands behind it, if this is that attribute.
fn policies(attribute: &Group) -> Option<(Span, TokenStream)> {
    let mut tokens = attribute.stream().into_iter();
    let Some(TokenTree::Ident(name)) = tokens.next() else { return None };
    if attribute.delimiter() != Delimiter::Bracket || name.to_string() != "policies" {
        return None;
    }
    let arguments = match tokens.next() {
        Some(TokenTree::Group(arguments)) => arguments.stream(),
        _ => TokenStream::new(),
    };
    Some((name.span(), arguments))
}
