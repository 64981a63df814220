//! `crate = "path"`: where the runtime is found when it is renamed or re-exported.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::parse::ParseStream;
use syn::{LitStr, Path};

#[derive(Clone)]
pub(crate) struct CratePath(Path);

const MESSAGE: &str = "`crate` is a path in quotes: write `crate = \"::my_crate::steadfast\"`";

pub(crate) fn parse(input: ParseStream<'_>) -> syn::Result<CratePath> {
    if !input.peek(LitStr) {
        let at = input.span();
        return input.call(Path::parse_mod_style).map(CratePath).map_err(|_| syn::Error::new(at, MESSAGE));
    }
    let text: LitStr = input.parse()?;
    let path = text.parse_with(Path::parse_mod_style).map_err(|_| syn::Error::new_spanned(&text, MESSAGE))?;
    Ok(CratePath(path))
}

impl CratePath {
    /// The path's last name, as it stands before an attribute's name.
    pub(crate) fn last_name(&self) -> Option<String> {
        self.0.segments.last().map(|segment| segment.ident.to_string())
    }
}

/// The path of the runtime.
pub(crate) fn root(path: Option<&CratePath>) -> TokenStream {
    match path {
        Some(CratePath(path)) => quote_spanned!(Span::mixed_site()=> #path),
        None => quote_spanned!(Span::mixed_site()=> ::steadfast),
    }
}

/// The path of what expansions name.
pub(crate) fn private(path: Option<&CratePath>) -> TokenStream {
    match path {
        Some(CratePath(path)) => quote_spanned!(Span::mixed_site()=> #path::__private),
        None => quote_spanned!(Span::mixed_site()=> ::steadfast::__private),
    }
}
