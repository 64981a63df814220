//! `#[main]` and `#[test]`: an async function becomes a plain one that runs it on a runtime of its own.
//!
//! The user's function stands inside of the plain one, whole and with its other attributes, so that policies and
//! `#[must_join]` work on it wherever they were written.

mod expand;
mod parse;
mod validate;

use proc_macro2::{Span, TokenStream};

use crate::errors::Errors;
use crate::parse::Function;
use parse::Settings;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Main,
    Test,
}

impl Entry {
    const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Test => "test",
        }
    }
}

/// Expands the attribute. Whatever is wrong, the item comes out again.
pub(crate) fn expand(entry: Entry, arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let Ok(function) = Function::of(item.clone()) else {
        let message = format!("`#[{}]` goes on an `async fn`", entry.name());
        let span = item.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
        let error = syn::Error::new(span, message).to_compile_error();
        return quote::quote!(#error #item);
    };
    let errors = Errors::new();
    let settings = Settings::parse(entry, arguments, &errors);
    validate::check(entry, &settings, &function, &errors);
    if errors.is_empty() {
        let expanded = expand::function(entry, &settings, &function);
        let none = errors.into_tokens();
        return quote::quote!(#none #expanded);
    }
    let item = expand::without_async(entry, &function);
    let errors = errors.into_tokens();
    quote::quote!(#errors #item)
}
