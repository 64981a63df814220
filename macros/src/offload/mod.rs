//! `#[offload]`: a plain function becomes an `async fn` that runs it on another thread.
//!
//! It changes what the function is, so it comes before the policies, wherever it was written: those above it take it
//! along, and those below it find an `async fn`.

mod borrowed;
mod expand;
mod parse;
mod validate;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::errors::Errors;
use crate::expand::as_written;
use crate::parse::Function;
use crate::parse::crate_path::CratePath;
use crate::parse::entries::Arguments as _;
use crate::stack;
use parse::Settings;

/// Expands the attribute. Whatever is wrong, the item comes out again.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if stack::is_done(&arguments) {
        return item;
    }
    let Ok(function) = Function::of(item.clone()) else {
        let span = item.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
        let error = syn::Error::new(span, "`#[offload]` goes on a function").to_compile_error();
        return quote!(#error #item);
    };
    let errors = Errors::new();
    let offloaded = offloaded(&function, arguments, &errors);
    let item = offloaded.unwrap_or_else(|| as_written(&validate::as_async(&function)));
    let errors = errors.into_tokens();
    quote!(#errors #item)
}

/// For a policy that stands above `#[offload]`: the function as the policy is to see it.
pub(crate) fn claim(function: Function, prefix: Option<&CratePath>, errors: &Errors) -> Function {
    let prefix = prefix.and_then(CratePath::last_name);
    let is_offload = |path| stack::is_attribute(path, "offload", prefix.as_deref());
    let Some(at) = function.attributes.iter().position(|attribute| is_offload(attribute.path())) else {
        return function;
    };
    let mut function = function;
    let path = function.attributes[at].path().clone();
    let Some(arguments) = stack::arguments_of(&function.attributes[at], errors) else { return function };
    // It stays in a finished form, so that its import stays used.
    function.attributes[at].meta = syn::parse_quote!(#path(__done));
    let offloaded = offloaded(&function, arguments, errors);
    let parsed = offloaded.and_then(|tokens| syn::parse2(tokens).ok());
    parsed.unwrap_or_else(|| validate::as_async(&function))
}

fn offloaded(function: &Function, arguments: TokenStream, errors: &Errors) -> Option<TokenStream> {
    let before = errors.len();
    let settings = Settings::read(arguments, errors);
    validate::check(&settings, function, errors);
    (errors.len() == before).then(|| expand::function(&settings, function))
}
