//! `#[stream]`: an `async fn` that yields becomes a function that returns a stream.

mod expand;
mod guards;
mod parse;
mod validate;
mod walk;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::errors::Errors;
use crate::parse::Function;
use crate::parse::entries::Arguments as _;
use parse::Settings;
pub(crate) use validate::on_a_stream;

/// Expands the attribute. Whatever is wrong, the item comes out again.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let Ok(function) = Function::of(item.clone()) else {
        let span = item.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
        let error = syn::Error::new(span, "`#[stream]` goes on an `async fn`").to_compile_error();
        return quote!(#error #item);
    };
    let errors = Errors::new();
    let settings = Settings::read(arguments, &errors);
    validate::check(&function, &errors);
    let is_stream = errors.is_empty();
    let expanded = expand::function(&settings, &function, &errors);
    let item = if is_stream { expanded } else { expand::without_body(&settings, &function) };
    let errors = errors.into_tokens();
    quote!(#errors #item)
}
