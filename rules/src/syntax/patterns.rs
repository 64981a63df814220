//! What a pattern binds and whether it can fail.

use proc_macro2::Ident;
use syn::{Attribute, Expr, Pat, PatIdent};

use super::{attributes, plain_name};

/// Visits the names that `pattern` brings into scope.
pub fn bound_names<'a>(pattern: &'a Pat, visit: &mut dyn FnMut(&'a Ident)) {
    each_binding(pattern, &Way::default(), &mut |binding, _| visit(&binding.ident));
}

/// Whether matching against `pattern` takes (a part of) the matched value out of its place.
#[must_use]
pub fn binds_by_value(pattern: &Pat) -> bool {
    let mut found = false;
    each_binding(pattern, &Way::default(), &mut |binding, way| {
        found |= !way.through_reference && binding.by_ref.is_none();
    });
    found
}

/// The only name of a pattern that is a plain binding: `name`, `mut name`, `name: T`.
pub(crate) fn sole_binding(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(binding) if binding.subpat.is_none() && binding.by_ref.is_none() && binds(binding) => {
            Some(&binding.ident)
        }
        Pat::Type(typed) => sole_binding(&typed.pat),
        Pat::Paren(paren) => sole_binding(&paren.pat),
        _ => None,
    }
}

/// Whether `pattern` is a bare `_`, which does not even look at the value. `_: T` is none: whoever writes the
/// type means it.
pub(crate) fn is_wild(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Paren(paren) => is_wild(&paren.pat),
        _ => false,
    }
}

/// The guard of a match arm's pattern.
#[must_use]
pub fn guard(pattern: &Pat) -> Option<&Expr> {
    match pattern {
        Pat::Guard(guarded) => Some(&guarded.guard),
        Pat::Paren(paren) => guard(&paren.pat),
        _ => None,
    }
}

/// The pattern without the guard of its match arm.
pub(crate) fn unguarded(pattern: &Pat) -> &Pat {
    match pattern {
        Pat::Guard(guarded) => &guarded.pat,
        _ => pattern,
    }
}

/// The last segment of the path of `Ok(..)`, `Err(..)`, `RecvError::Lagged(..)` or a unit variant.
pub(crate) fn variant(pattern: &Pat) -> Option<String> {
    let path = match unguarded(pattern) {
        Pat::TupleStruct(tuple) => &tuple.path,
        Pat::Struct(fields) => &fields.path,
        Pat::Path(path) => &path.path,
        Pat::Ident(name) if !binds(name) => return Some(plain_name(&name.ident)),
        _ => return None,
    };
    path.segments.last().map(|segment| plain_name(&segment.ident))
}

/// The conditions under which the pattern binds this name of it: `Connection { #[cfg(unix)] name, .. }`.
pub(crate) fn conditions<'a>(pattern: &'a Pat, name: &Ident) -> Vec<&'a Attribute> {
    let mut found = Vec::new();
    each_binding(pattern, &Way::default(), &mut |binding, way| {
        if binding.ident == *name {
            found.clone_from(&way.conditions);
        }
    });
    found
}

/// How a binding gets at its value.
#[derive(Clone, Default)]
struct Way<'a> {
    /// Below `&` in the pattern: only a `Copy` value can be had from there.
    through_reference: bool,
    /// On the fields around it.
    conditions: Vec<&'a Attribute>,
}

fn each_binding<'a>(pattern: &'a Pat, way: &Way<'a>, visit: &mut dyn FnMut(&'a PatIdent, &Way<'a>)) {
    match pattern {
        Pat::Ident(binding) => {
            if binds(binding) {
                visit(binding, way);
            }
            if let Some((_, inner)) = &binding.subpat {
                each_binding(inner, way, visit);
            }
        }
        Pat::Reference(reference) => {
            each_binding(&reference.pat, &Way { through_reference: true, ..way.clone() }, visit);
        }
        Pat::Guard(guarded) => each_binding(&guarded.pat, way, visit),
        Pat::Paren(paren) => each_binding(&paren.pat, way, visit),
        Pat::Type(typed) => each_binding(&typed.pat, way, visit),
        Pat::Or(alternatives) => alternatives.cases.iter().for_each(|case| each_binding(case, way, visit)),
        Pat::Slice(slice) => slice.elems.iter().for_each(|elem| each_binding(elem, way, visit)),
        Pat::Tuple(tuple) => tuple.elems.iter().for_each(|elem| each_binding(elem, way, visit)),
        Pat::TupleStruct(tuple) => tuple.elems.iter().for_each(|elem| each_binding(elem, way, visit)),
        Pat::Struct(fields) => fields.fields.iter().for_each(|field| {
            let mut way = way.clone();
            way.conditions.extend(attributes::conditions(&field.attrs));
            each_binding(&field.pat, &way, visit);
        }),
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

/// Whether a pattern matches every value of its type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refutability {
    Irrefutable,
    Refutable,
    /// A struct, or the variant of an enum.
    Unknown,
}

/// Whether `pattern` can fail to match, as far as syntax tells.
pub(crate) fn refutability(pattern: &Pat) -> Refutability {
    match pattern {
        Pat::Wild(_) | Pat::Rest(_) => Refutability::Irrefutable,
        Pat::Ident(name) if name.subpat.is_none() && binds(name) => Refutability::Irrefutable,
        Pat::Ident(name) => match &name.subpat {
            Some((_, inner)) => refutability(inner),
            None if name.ident == "None" => Refutability::Refutable,
            None => Refutability::Unknown,
        },
        Pat::Paren(paren) => refutability(&paren.pat),
        Pat::Type(typed) => refutability(&typed.pat),
        Pat::Reference(reference) => refutability(&reference.pat),
        Pat::Tuple(tuple) => weakest(tuple.elems.iter()),
        Pat::TupleStruct(tuple) => named(&tuple.path, weakest(tuple.elems.iter())),
        Pat::Struct(fields) => named(&fields.path, weakest(fields.fields.iter().map(|field| &*field.pat))),
        Pat::Lit(_) | Pat::Range(_) | Pat::Guard(_) => Refutability::Refutable,
        Pat::Path(path) => named(&path.path, Refutability::Unknown),
        _ => Refutability::Unknown,
    }
}

fn weakest<'a>(mut parts: impl Iterator<Item = &'a Pat>) -> Refutability {
    parts
        .try_fold(Refutability::Irrefutable, |weakest, part| match (weakest, refutability(part)) {
            (_, Refutability::Refutable) => Err(Refutability::Refutable),
            (Refutability::Unknown, _) | (_, Refutability::Unknown) => Ok(Refutability::Unknown),
            _ => Ok(Refutability::Irrefutable),
        })
        .unwrap_or_else(|refutable| refutable)
}

/// A pattern with a path in front of its parts.
fn named(path: &syn::Path, parts: Refutability) -> Refutability {
    let mut names = path.segments.iter().rev().map(|segment| plain_name(&segment.ident));
    let is_variant = match (names.next(), names.next()) {
        (Some(last), None) => matches!(last.as_str(), "Some" | "None" | "Ok" | "Err"),
        // `Event::Closed`; `module::Struct` has a module in front.
        (Some(_), Some(parent)) => parent.starts_with(char::is_uppercase) && parent != "Self",
        _ => false,
    };
    if is_variant || parts == Refutability::Refutable {
        Refutability::Refutable
    } else {
        Refutability::Unknown
    }
}
