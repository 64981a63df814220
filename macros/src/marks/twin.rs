//! What stands beside a marked function, for callers in this crate and in others to find.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use steadfast_rules::{FunctionMark, is_primitive_type};
use syn::Attribute;
use syn::ext::IdentExt;

use super::Marks;
use super::parse::Settings;
use crate::expand::generated;
use crate::parse::Function;
use crate::parse::crate_path;
use crate::parse::function::Body;

/// The method that marks the one called `name`.
pub(crate) fn method(mark: FunctionMark, name: &str) -> String {
    format!("__{}_query_{name}", mark.attribute())
}

/// The type of the mark's answer, which is its value, too.
pub(crate) fn answer(mark: FunctionMark, private: &TokenStream) -> TokenStream {
    match mark {
        FunctionMark::Blocking => generated!(#private::Blocks),
        FunctionMark::CancelUnsafe => generated!(#private::CancelUnsafe),
    }
}

// Input:
//     #[blocking]
//     pub fn load(path: &Path) -> Config { BODY }
//
// Output:
//     pub fn load(path: &Path) -> Config { BODY }
//     pub trait load {
//         fn __steadfast_marked(self) -> Blocks;
//     }
//     impl load for Probe<Blocks> {
//         fn __steadfast_marked(self) -> Blocks { Blocks }
//     }
//
// and of a method:
//     pub fn __blocking_query_load(&self) -> Blocks { Blocks }
pub(super) fn of<M: Marks>(settings: &Settings<M>, item: &Function) -> TokenStream {
    let private = crate_path::private(settings.krate.get());
    let (visibility, name) = (&item.visibility, &item.signature.ident);
    let answer = answer(M::MARK, &private);
    // There are two of a function that is written once for each platform.
    let cfgs: Vec<&Attribute> =
        item.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let in_impl = item.is_method() || mentions_self_type(item);
    let text = name.unraw().to_string();
    if matches!(item.body, Body::Missing(_)) {
        // In a trait or an `extern` block, where nothing can be added.
        return TokenStream::new();
    }
    if !in_impl && !settings.is_inherent() {
        // The trait would go before what else has the name.
        if is_primitive_type(&text) || leads_through(item, name) {
            return TokenStream::new();
        }
        // Of this crate's making, so that no lint looks at it. Names of traits and of functions do not meet: whoever
        // imports the function imports its mark, and has the mark's method in scope.
        let mut twin = name.clone();
        twin.set_span(Span::mixed_site().located_at(name.span()));
        return generated! {
            #(#cfgs)*
            #[doc(hidden)]
            #visibility trait #twin {
                fn __steadfast_marked(self) -> #answer;
            }
            #(#cfgs)*
            impl #twin for #private::question::Probe<#answer> {
                fn __steadfast_marked(self) -> #answer {
                    #answer
                }
            }
        };
    }
    // Without a visibility it may belong to a trait, where nothing can be added.
    if !item.is_public() && !settings.is_inherent() {
        return TokenStream::new();
    }
    let query = format_ident!("{}", method(M::MARK, &text), span = Span::mixed_site());
    let receiver = item.is_method().then(|| generated!(&self));
    generated! {
        #(#cfgs)*
        #[doc(hidden)]
        #visibility fn #query(#receiver) -> #answer {
            #answer
        }
    }
}

/// Only a function inside of an `impl` or a `trait` knows `Self`.
fn mentions_self_type(item: &Function) -> bool {
    has_self_type(body(item)) || has_self_type(item.signature.to_token_stream())
}

/// Whether a path in the function begins with the function's own name, which is then one of a module or crate.
fn leads_through(item: &Function, name: &Ident) -> bool {
    begins_path(body(item), name) || begins_path(item.signature.to_token_stream(), name)
}

fn body(item: &Function) -> TokenStream {
    match &item.body {
        Body::Block { group, .. } => group.stream(),
        Body::Missing(_) => TokenStream::new(),
    }
}

fn begins_path(tokens: TokenStream, name: &Ident) -> bool {
    let is = |token: Option<&TokenTree>, sign| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    (0..tokens.len()).any(|at| match &tokens[at] {
        TokenTree::Ident(word) => {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            // `name::<T>()` is a call.
            let leads_on =
                is(tokens.get(at + 1), ':') && is(tokens.get(at + 2), ':') && !is(tokens.get(at + 3), '<');
            word == name && leads_on && !is(before, ':')
        }
        TokenTree::Group(group) => begins_path(group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn has_self_type(tokens: TokenStream) -> bool {
    let mut nested_item = false;
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) if word == "impl" || word == "trait" => {
            // An item inside of the body has a `Self` of its own; `impl Trait` in a type ends before any braces.
            nested_item = true;
            false
        }
        TokenTree::Ident(word) => word == "Self",
        TokenTree::Group(group) if nested_item && group.delimiter() == Delimiter::Brace => {
            nested_item = false;
            false
        }
        TokenTree::Group(group) => has_self_type(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;
    use syn::Ident;

    use super::begins_path;

    #[test]
    fn a_path_that_begins_with_the_name_leads_through_a_module() {
        for (code, expected) in [
            ("redis::Client::open(url)", true),
            ("(1, [redis::open()])", true),
            ("fn redis() -> Result<redis::Client, E>", true),
            ("redis(url)", false),
            ("redis::<T>(url)", false),
            ("::redis::open()", false),
            ("other::redis::open()", false),
            ("Some { redis: 1 }", false),
        ] {
            let tokens = code.parse().expect("tokens");
            assert_eq!(begins_path(tokens, &Ident::new("redis", Span::call_site())), expected, "{code}");
        }
    }
}
