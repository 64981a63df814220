//! `#[blocking]`: marks a plain function as one that blocks, and leaves it as it is.

pub(crate) mod marks;
mod names;
mod packages;
mod parse;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::Attribute;
use syn::ext::IdentExt;

use crate::errors::Errors;
use crate::expand::{as_written, generated};
use crate::parse::Function;
use crate::parse::crate_path;
use crate::parse::entries::Arguments as _;
use crate::parse::function::Body;
use crate::shape::{Shape, Tail};
use crate::stack;
pub(crate) use names::marked_names;
use parse::Settings;

/// Expands the attribute. Whatever is wrong, the item comes out again.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let Ok(function) = syn::parse2::<Function>(item.clone()) else {
        let span = item.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
        let error = syn::Error::new(span, "`#[blocking]` goes on a function").to_compile_error();
        return quote!(#error #item);
    };
    let errors = Errors::new();
    let settings = Settings::read(arguments, &errors);
    check(&function, &errors);
    let twin = (errors.is_empty() && !settings.is_local()).then(|| twin(&settings, &function));
    let item = as_written(&function);
    let errors = errors.into_tokens();
    quote!(#errors #item #twin)
}

fn check(item: &Function, errors: &Errors) {
    if let Some(asyncness) = &item.signature.asyncness {
        errors.at(
            asyncness,
            "an `async fn` does not block whoever calls it\nhelp: put `#[blocking]` on the plain function that does",
        );
    } else if let Body::Block { group, .. } = &item.body {
        if matches!(Shape::of(item, group).tail, Tail::Block(_) | Tail::Opaque) {
            errors.at(
                &item.signature.output,
                "a function that returns a future does not block whoever calls it\nhelp: put `#[blocking]` on the plain function that does",
            );
        }
    }
    for attribute in &item.attributes {
        if stack::is_attribute(attribute.path(), "offload", None) {
            errors.at(
                attribute,
                "an offloaded function does not block its caller\nhelp: keep one of `#[offload]` and `#[blocking]`",
            );
        }
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
//     impl load for Probe<14848065251155538409> {
//         fn __steadfast_marked(self) -> Blocks { Blocks }
//     }
//
// and of a method:
//     pub fn __blocking_query_load(&self) -> Blocks { Blocks }
fn twin(settings: &Settings, item: &Function) -> TokenStream {
    let private = crate_path::private(settings.krate.get());
    let (visibility, name) = (&item.visibility, &item.signature.ident);
    // There are two of a function that is written once for each platform.
    let cfgs: Vec<&Attribute> =
        item.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let in_impl = item.is_method() || mentions_self_type(item);
    if !in_impl && !settings.is_inherent() {
        // Of this crate's making, so that no lint looks at it. Names of traits and of functions do not meet: whoever
        // imports the function imports its mark, and has the mark's method in scope.
        let number = marks::number(&name.unraw().to_string());
        let mut twin = name.clone();
        twin.set_span(Span::mixed_site().located_at(name.span()));
        return generated! {
            #(#cfgs)*
            #[doc(hidden)]
            #visibility trait #twin {
                fn __steadfast_marked(self) -> #private::Blocks;
            }
            #(#cfgs)*
            impl #twin for #private::question::Probe<#number> {
                fn __steadfast_marked(self) -> #private::Blocks {
                    #private::Blocks
                }
            }
        };
    }
    // Without a visibility it may belong to a trait, where nothing can be added.
    if !item.is_public() && !settings.is_inherent() {
        return TokenStream::new();
    }
    let query = format_ident!("{}", marks::method(&name.unraw().to_string()), span = Span::mixed_site());
    let receiver = item.is_method().then(|| generated!(&self));
    generated! {
        #(#cfgs)*
        #[doc(hidden)]
        #visibility fn #query(#receiver) -> #private::Blocks {
            #private::Blocks
        }
    }
}

/// Only a function inside of an `impl` or a `trait` knows `Self`.
fn mentions_self_type(item: &Function) -> bool {
    let in_body = match &item.body {
        Body::Block { group, .. } => has_self_type(group.stream()),
        Body::Missing(_) => true,
    };
    in_body || has_self_type(item.signature.to_token_stream())
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
