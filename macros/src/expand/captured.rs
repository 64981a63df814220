//! Arguments that go where the body goes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use steadfast_rules::syntax::attributes::conditions;
use syn::{FnArg, Pat, PatIdent};

use super::{generated, pattern_bindings};
use crate::parse::Function;

/// Makes a `move` block or closure take every argument whole, also one that the body does not name: what it holds, a permit
/// or a lock, is held until the body ends.
pub(crate) fn captured(item: &mut Function) -> TokenStream {
    let mut captured = TokenStream::new();
    for (at, argument) in item.signature.inputs.iter_mut().enumerate() {
        match argument {
            FnArg::Receiver(receiver) => {
                let name = Ident::new("self", receiver.self_token.span);
                captured.extend(generated!(let _ = &#name;));
            }
            FnArg::Typed(typed) => {
                let cfgs = conditions(&typed.attrs);
                let whole = whole(&mut typed.pat, at);
                captured.extend(quote!(#(#cfgs)* #whole));
            }
        }
    }
    captured
}

/// Names what the pattern binds. The names that begin with `_` inside of a larger pattern stay outside: a use of one would
/// be told to be one.
fn whole(pattern: &mut Pat, at: usize) -> TokenStream {
    let ours = |span: Span| Span::mixed_site().located_at(span);
    match pattern {
        Pat::Wild(wild) => {
            let name = format_ident!("_argument_{at}", span = ours(wild.underscore_token.span));
            *pattern = Pat::Ident(named(name.clone()));
            generated!(let _ = &#name;)
        }
        // Ours outside, so that it may be used, and the user's inside. A call, since a plain move would be told to do nothing.
        Pat::Ident(binding) if is_unused(binding) && binding.by_ref.is_none() && binding.subpat.is_none() => {
            let (name, mutable) = (binding.ident.clone(), binding.mutability.take());
            binding.ident.set_span(ours(name.span()));
            let outside = &binding.ident;
            generated!(let #mutable #name = ::core::convert::identity(#outside);)
        }
        _ => {
            let mut names = Vec::new();
            pattern_bindings(pattern, &mut |binding| {
                if !is_unused(binding) {
                    names.push(binding.ident.clone());
                }
            });
            names.iter().map(|name| generated!(let _ = &#name;)).collect()
        }
    }
}

fn is_unused(binding: &PatIdent) -> bool {
    binding.ident.to_string().starts_with('_')
}

fn named(ident: Ident) -> PatIdent {
    PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident, subpat: None }
}
