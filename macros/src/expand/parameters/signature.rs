//! What the signature looks like when each attempt has copies of its own.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{FnArg, Pat};

use super::Parameters;
use super::bindings::mentions;
use crate::parse::Function;

/// `mut` goes from the pattern to each attempt's own copy, where rustc judges it. A `self` cannot be declared anew, so
/// it is assigned, and needs it. A name that is used `outside` of the attempts keeps its `mut`.
pub(super) fn adjust(function: &mut Function, parameters: &Parameters, outside: &TokenStream) {
    for argument in &mut function.signature.inputs {
        match argument {
            FnArg::Receiver(receiver) => {
                if let Some(parameter) = parameters.0.iter().find(|parameter| parameter.is_self()) {
                    let span = Span::mixed_site().located_at(parameter.name.span());
                    receiver.mutability.get_or_insert(syn::Token![mut](span));
                }
            }
            FnArg::Typed(typed) => {
                let copied = |name: &Ident| {
                    parameters.0.iter().any(|parameter| parameter.name == *name) && !mentions(outside, name)
                };
                drop_mut(&mut typed.pat, &copied);
                lend_in_place(&mut typed.pat, parameters);
            }
        }
    }
}

/// A lint that speaks of this `mut` would speak of ours.
fn lend_in_place(pattern: &mut Pat, parameters: &Parameters) {
    let Pat::Ident(ident) = pattern else { return };
    if parameters.0.iter().any(|parameter| parameter.in_place && parameter.name == ident.ident) {
        let span = Span::mixed_site().located_at(ident.ident.span());
        ident.mutability = Some(syn::Token![mut](span));
    }
}

fn drop_mut(pattern: &mut Pat, copied: &dyn Fn(&Ident) -> bool) {
    match pattern {
        Pat::Ident(ident) => {
            if ident.by_ref.is_none() && copied(&ident.ident) {
                ident.mutability = None;
            }
            if let Some((_, inner)) = &mut ident.subpat {
                drop_mut(inner, copied);
            }
        }
        Pat::Tuple(tuple) => tuple.elems.iter_mut().for_each(|pattern| drop_mut(pattern, copied)),
        Pat::TupleStruct(tuple) => tuple.elems.iter_mut().for_each(|pattern| drop_mut(pattern, copied)),
        Pat::Struct(fields) => fields.fields.iter_mut().for_each(|field| drop_mut(&mut field.pat, copied)),
        Pat::Slice(slice) => slice.elems.iter_mut().for_each(|pattern| drop_mut(pattern, copied)),
        Pat::Paren(paren) => drop_mut(&mut paren.pat, copied),
        Pat::Type(typed) => drop_mut(&mut typed.pat, copied),
        _ => {}
    }
}
