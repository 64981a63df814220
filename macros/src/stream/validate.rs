use quote::ToTokens;
use syn::{Attribute, GenericArgument, Path, PathArguments, ReturnType, Type, TypeParamBound};

use crate::errors::Errors;
use crate::parse::Function;
use crate::parse::argument::readable_type;
use crate::stack::{self, KINDS, Kind};

pub(super) fn check(item: &Function, errors: &Errors) {
    let signature = &item.signature;
    if signature.asyncness.is_none() {
        errors.at(
            signature.fn_token,
            format!("`#[stream]` goes on an `async fn`\nhelp: write `async fn {}`", signature.ident),
        );
    }
    if let ReturnType::Type(_, ty) = &signature.output {
        let text = ty.to_token_stream().to_string();
        if text.starts_with("impl Stream") || text.contains("Stream < Item =") {
            let items = items(ty).map_or_else(|| "Item".to_owned(), |ty| readable_type(&ty));
            errors.at(
                ty,
                format!(
                    "the return type of a `#[stream]` function is that of its items\nhelp: write `-> {items}`"
                ),
            );
        } else if text == "!" {
            errors.at(ty, "a stream of `!` has no items\nhelp: write the type of what it yields");
        }
    }
    check_siblings(item, errors);
}

/// `T` of `impl Stream<Item = T>`, also behind `Pin<Box<dyn ..>>`.
fn items(ty: &Type) -> Option<Type> {
    let bounds = match ty {
        Type::ImplTrait(ty) => &ty.bounds,
        Type::TraitObject(ty) => &ty.bounds,
        Type::Path(path) => {
            return arguments(&path.path).find_map(|argument| match argument {
                GenericArgument::Type(inner) => items(inner),
                _ => None,
            });
        }
        _ => return None,
    };
    bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        arguments(&bound.path).find_map(|argument| match argument {
            GenericArgument::AssocType(item) if item.ident == "Item" => Some(item.ty.clone()),
            _ => None,
        })
    })
}

fn arguments(path: &Path) -> impl Iterator<Item = &GenericArgument> {
    path.segments
        .iter()
        .filter_map(|segment| match &segment.arguments {
            PathArguments::AngleBracketed(arguments) => Some(arguments.args.iter()),
            _ => None,
        })
        .flatten()
}

/// A policy is about a call that ends, and a stream may stand still between two items for any time (PEP 789).
fn check_siblings(item: &Function, errors: &Errors) {
    for attribute in &item.attributes {
        if let Some(kind) = policy(attribute) {
            errors.at(attribute, on_a_stream(kind.name()));
        } else if is_refused(attribute) {
            errors.at(
                attribute,
                "a stream runs where it is polled, and cannot be offloaded\nhelp: put `#[offload]` on a function that it awaits",
            );
        }
    }
}

/// What may not stand on a stream.
pub(super) fn is_refused(attribute: &Attribute) -> bool {
    policy(attribute).is_some() || stack::is_attribute(attribute.path(), "offload", None)
}

fn policy(attribute: &Attribute) -> Option<Kind> {
    KINDS.into_iter().find(|kind| stack::is_attribute(attribute.path(), kind.name(), None))
}

/// Also said by the policy if it stands above.
pub(crate) fn on_a_stream(policy: &str) -> String {
    if policy == "must_join" {
        return "[MJ012] `#[must_join]` on a stream: a generator that suspends cannot own running tasks\nhelp: put it on a function that the stream awaits, or let the tasks send into a channel".to_owned();
    }
    format!(
        "`#[{policy}]` would go on while the stream stands still, for as long as nobody asks for the next item\nhelp: put it on a function that the stream awaits"
    )
}
