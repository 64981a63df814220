//! The attributes of `steadfast`. Depend on `steadfast`, which re-exports and documents them.
#![forbid(unsafe_code)]

mod apply;
mod attribute;
mod body;
mod errors;
mod expand;
mod parse;
mod shape;
mod stack;
mod transient;
mod validate;

use proc_macro::TokenStream;

use stack::Kind;

/// Ends a call, or each of its attempts, after a time limit.
#[proc_macro_attribute]
pub fn timeout(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(Kind::Timeout, arguments.into(), item.into()).into()
}

/// Makes the call again when it failed in a way that may pass.
#[proc_macro_attribute]
pub fn retry(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(Kind::Retry, arguments.into(), item.into()).into()
}

/// Lets at most so many calls run at once.
#[proc_macro_attribute]
pub fn bounded(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(Kind::Bounded, arguments.into(), item.into()).into()
}

/// The same policies on a part of a function.
#[proc_macro]
pub fn apply(input: TokenStream) -> TokenStream {
    apply::expand(input.into()).into()
}

/// Writes `Transient`, and `From<PolicyError>` for the variant that is marked `#[policy]`.
#[proc_macro_derive(Transient, attributes(transient, policy))]
pub fn derive_transient(input: TokenStream) -> TokenStream {
    transient::derive(input.into()).into()
}
