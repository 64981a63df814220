//! What a pattern binds.

use proc_macro2::Ident;
use syn::{Expr, Pat, PatIdent};

use super::plain_name;

/// Whether matching against `pattern` takes (a part of) the matched value out of its place.
pub(super) fn binds_by_value(pattern: &Pat) -> bool {
    let mut found = false;
    each_binding(pattern, Reached::ByValue, &mut |binding, reached| {
        found |= reached == Reached::ByValue && binding.by_ref.is_none();
    });
    found
}

/// Whether `pattern` is a bare `_`, which does not even look at the value.
pub(super) fn ignores_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Type(typed) => ignores_all(&typed.pat),
        Pat::Paren(paren) => ignores_all(&paren.pat),
        _ => false,
    }
}

/// Visits the names that `pattern` brings into scope.
pub(super) fn bound_names(pattern: &Pat, visit: &mut dyn FnMut(&Ident)) {
    each_binding(pattern, Reached::ByValue, &mut |binding, _| visit(&binding.ident));
}

/// Visits the guard of a match arm's pattern.
pub(super) fn guard(pattern: &Pat) -> Option<&Expr> {
    match pattern {
        Pat::Guard(guarded) => Some(&guarded.guard),
        Pat::Paren(paren) => guard(&paren.pat),
        _ => None,
    }
}

/// How a binding gets at its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reached {
    ByValue,
    /// Below `&` in the pattern: only a `Copy` value can be had from there.
    ThroughReference,
}

fn each_binding(pattern: &Pat, reached: Reached, visit: &mut dyn FnMut(&PatIdent, Reached)) {
    match pattern {
        Pat::Ident(binding) => {
            if binds(binding) {
                visit(binding, reached);
            }
            if let Some((_, inner)) = &binding.subpat {
                each_binding(inner, reached, visit);
            }
        }
        Pat::Reference(reference) => each_binding(&reference.pat, Reached::ThroughReference, visit),
        Pat::Guard(guarded) => each_binding(&guarded.pat, reached, visit),
        Pat::Paren(paren) => each_binding(&paren.pat, reached, visit),
        Pat::Type(typed) => each_binding(&typed.pat, reached, visit),
        Pat::Or(alternatives) => {
            alternatives.cases.iter().for_each(|case| each_binding(case, reached, visit));
        }
        Pat::Slice(slice) => slice.elems.iter().for_each(|elem| each_binding(elem, reached, visit)),
        Pat::Tuple(tuple) => tuple.elems.iter().for_each(|elem| each_binding(elem, reached, visit)),
        Pat::TupleStruct(tuple) => tuple.elems.iter().for_each(|elem| each_binding(elem, reached, visit)),
        Pat::Struct(fields) => {
            fields.fields.iter().for_each(|field| each_binding(&field.pat, reached, visit));
        }
        _ => {}
    }
}

/// Whether an identifier pattern is a binding. `None` and `MAX` are a variant and a constant in every code
/// base that follows Rust's own naming.
fn binds(pattern: &PatIdent) -> bool {
    pattern.by_ref.is_some()
        || pattern.mutability.is_some()
        || pattern.subpat.is_some()
        || !plain_name(&pattern.ident).trim_start_matches('_').starts_with(char::is_uppercase)
}
