//! Paths of the module around a function, from a module inside of the function.
//!
//! The first name may be one of that module or that of a crate, which cannot be told from here. What is imported by a
//! path has to be there, and a name that both have would be ambiguous, as it is not for code. So the name is looked for
//! in one after the other, in the order in which code finds it:
//!
//! ```text
//! mod reached {
//!     mod module  { pub fn name() {} pub use super::super::super::*; }
//!     mod krates  { pub fn name() {} pub use name as start; pub use super::nowhere::*; }
//!     mod nowhere { pub mod start { pub fn load() {} } }
//!     pub use self::module::name as start;
//!     pub use self::krates::*;
//! }
//! use reached::start::load as _;
//! ```
//!
//! An import brings what its name has in each namespace, and fails only where there is nothing in all of them: the functions
//! `name` make sure of that. What is imported by its name goes before what `*` imports, also for each namespace by itself.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Path, PathSegment};

/// A path and the modules that it leads through.
pub(super) struct Reached {
    pub(super) path: TokenStream,
    pub(super) modules: TokenStream,
}

impl Reached {
    /// A path of the module around, as the module inside of a function writes it. `name` is that of the module which it may
    /// need.
    pub(super) fn from_below(path: &TokenStream, name: &str) -> Self {
        let span = Span::mixed_site();
        // What is no path is as wrong there as it is here.
        let Ok(path) = &syn::parse2::<Path>(path.clone()) else { return Self::as_it_is(path) };
        let segments: Vec<&PathSegment> = path.segments.iter().collect();
        let [first, rest @ ..] = segments.as_slice() else { return Self::as_it_is(path) };
        match first.ident.to_string().as_str() {
            _ if path.leading_colon.is_some() => Self::as_it_is(path),
            "crate" | "$crate" => Self::as_it_is(path),
            "self" => Self { path: quote_spanned!(span=> super #(::#rest)*), modules: TokenStream::new() },
            "super" => Self { path: quote_spanned!(span=> super::#path), modules: TokenStream::new() },
            _ => Self::looked_for(&first.ident, rest, &Ident::new(name, span)),
        }
    }

    fn as_it_is(path: &impl ToTokens) -> Self {
        Self { path: path.to_token_stream(), modules: TokenStream::new() }
    }

    fn looked_for(first: &Ident, rest: &[&PathSegment], name: &Ident) -> Self {
        let span = Span::mixed_site();
        let nothing = nothing(&Ident::new("__steadfast_start", span), rest);
        let modules = quote_spanned! {span=>
            mod #name {
                mod module {
                    pub(in super::super) fn #first() {}
                    pub(in super::super) use super::super::super::*;
                }
                mod nowhere {
                    #nothing
                }
                mod krates {
                    pub(in super::super) fn #first() {}
                    pub(in super::super) use #first as __steadfast_start;
                    pub(in super::super) use super::nowhere::*;
                }
                pub(super) use self::module::#first as __steadfast_start;
                pub(super) use self::krates::*;
            }
        };
        Self { path: quote_spanned!(span=> self::#name::__steadfast_start #(::#rest)*), modules }
    }
}

/// Modules of these names, and a function in the innermost.
fn nothing(name: &Ident, rest: &[&PathSegment]) -> TokenStream {
    let span = Span::mixed_site();
    let Some((next, rest)) = rest.split_first() else {
        return quote_spanned!(span=> pub fn #name() {});
    };
    let inner = nothing(&next.ident, rest);
    quote_spanned!(span=> pub mod #name { #inner })
}
