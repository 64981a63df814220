//! Whether a function awaits a call of itself.

mod calls;
mod shadows;
#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, Signature};

use super::statements;
use calls::{Callee, Finder};
use steadfast_rules::syntax::plain_name;

/// The name in a call that `body`, the tokens between the braces of the function with signature `sig`, awaits
/// in place and that is certainly a call of the function itself.
///
/// While such a call waits for a permit, its caller holds one: a chain as long as the limit never ends.
/// `is_public` tells whether the function has a visibility of its own, which no function of a trait `impl`
/// has.
///
/// The search would rather be silent than wrong:
/// - A method is recognised as `self.name(..)` or `Self::name(..)`, and only if it is public. The same call
///   in a trait `impl` may well reach an inherent method of the same name.
/// - A function without a receiver and without `Self` is recognised as `name(..)`, if nothing in the function
///   can have given that name another meaning. A macro cannot see whether such a function stands in an
///   `impl`, where `name(..)` would be another, free function. What tells them apart is that rustc refuses an
///   `async fn` that awaits itself without a box (E0733). So there only `Box::pin(name(..)).await` is
///   reported.
/// - Closures, `async` blocks, items and unknown macros inside of the body are not searched, and a function
///   with `#[cfg]` inside of it is not searched at all.
pub(crate) fn direct_call(body: &TokenStream, sig: &Signature, is_public: bool) -> Option<Span> {
    let name = plain_name(&sig.ident);
    let callee = callee(body, sig, is_public, &name)?;
    if shadows::has_cfg(body) {
        return None;
    }
    Finder::new(name, callee).search(&statements(body)?)
}

/// The form in which a call is certain to reach the function itself.
fn callee(body: &TokenStream, sig: &Signature, is_public: bool, name: &str) -> Option<Callee> {
    let has_receiver = matches!(sig.inputs.first(), Some(FnArg::Receiver(_)));
    if has_receiver || mentions_self_type(body) || mentions_self_type(&sig.to_token_stream()) {
        return is_public.then_some(Callee::Associated);
    }
    if shadows::is_renamed(body, sig, name) {
        return None;
    }
    Some(if sig.asyncness.is_some() { Callee::FreeBoxed } else { Callee::Free })
}

fn mentions_self_type(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => mentions_self_type(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
