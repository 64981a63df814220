use proc_macro2::Span;
use quote::ToTokens;
use syn::{FnArg, ReceiverKind, ReturnType, Token, Type};

use super::borrowed;
use super::parse::Settings;
use crate::errors::Errors;
use crate::marks::OFFLOADED;
use crate::parse::Function;
use crate::parse::function::Body;
use crate::shape::{Shape, Tail};
use crate::stack;

/// Also what the compiler says of a constant.
pub(super) const ZERO_LIMIT: &str = "a limit of zero would let no call run; write at least `limit = 1`";

pub(super) fn check(settings: &Settings, item: &Function, errors: &Errors) {
    check_limit(settings, errors);
    check_siblings(item, errors);
    let Body::Block { group, .. } = &item.body else {
        errors.at(
            match &item.body {
                Body::Missing(semicolon) => semicolon,
                Body::Block { .. } => unreachable!("matched above"),
            },
            "`#[offload]` wraps a body, and this function has none: put it on the functions that implement it",
        );
        return;
    };
    let shape = Shape::of(item, group);
    if !check_plain(item, &shape, errors) {
        return;
    }
    check_arguments(item, errors);
    check_return(item, errors);
}

fn check_limit(settings: &Settings, errors: &Errors) {
    let Some(limit) = settings.limit.get() else { return };
    if limit.literal() == Some(0) {
        errors.at(limit, ZERO_LIMIT);
    }
    if limit.is_runtime() || !limit.fits_static() {
        errors.at(
            limit,
            "all calls share this limit, so it is a constant: write a literal or the name of a `const`",
        );
    }
}

/// What says the opposite.
fn check_siblings(item: &Function, errors: &Errors) {
    for attribute in &item.attributes {
        if stack::is_attribute(attribute.path(), "blocking", None) {
            errors.at(
                attribute,
                "an offloaded function does not block its caller\nhelp: keep one of `#[offload]` and `#[blocking]`",
            );
        }
        if stack::is_attribute(attribute.path(), "cancel_unsafe", None) {
            errors.at(attribute, OFFLOADED);
        }
    }
}

/// Whether it is a function that can be run elsewhere.
fn check_plain(item: &Function, shape: &Shape, errors: &Errors) -> bool {
    let signature = &item.signature;
    if let Some(asyncness) = &signature.asyncness {
        errors.at(
            asyncness,
            "`#[offload]` makes an `async fn` of a plain one, and this is async already\nhelp: remove `async` and await nothing in it, or put `#[offload]` on the blocking part alone",
        );
    } else if matches!(shape.tail, Tail::Block(_) | Tail::Opaque) {
        errors.at(
            &signature.output,
            "`#[offload]` makes an `async fn` of a plain one, and this returns a future already\nhelp: put it on the blocking part alone",
        );
    } else if let Some(constness) = &signature.constness {
        errors.at(constness, "`#[offload]` works at run time, and this is a `const fn`: remove `const`");
    } else if let Some(abi) = &signature.abi {
        errors.at(abi, "an `async fn` cannot be `extern`\nhelp: call it from a plain `fn` with `#[offload]`");
    } else {
        return true;
    }
    false
}

fn check_arguments(item: &Function, errors: &Errors) {
    const WHY: &str = "the work of `#[offload]` may go on after its caller has gone, so it cannot borrow";
    for argument in &item.signature.inputs {
        match argument {
            FnArg::Receiver(receiver) => {
                let borrows = match &receiver.kind {
                    ReceiverKind::Reference(_, Some(lifetime), _) => lifetime.ident != "static",
                    ReceiverKind::Reference(_, None, _) => true,
                    ReceiverKind::Typed(_, ty) => borrowed::find(ty).is_some(),
                    _ => false,
                };
                if borrows {
                    errors.at(
                        receiver,
                        format!("{WHY} `self`\nhelp: take `self: Arc<Self>`, or `self` by value"),
                    );
                }
            }
            FnArg::Typed(typed) => {
                if let Some(borrow) = borrowed::find(&typed.ty) {
                    errors.at(borrow.at, format!("{WHY}\nhelp: {}", borrow.instead));
                }
            }
        }
    }
}

fn check_return(item: &Function, errors: &Errors) {
    let ReturnType::Type(_, ty) = &item.signature.output else { return };
    if matches!(**ty, Type::Never(_)) {
        errors.at(
            ty,
            "a function that never returns keeps its thread of the pool for ever\nhelp: give it a thread of its own with `std::thread::spawn`",
        );
    }
}

/// For the callers of a function with a mistake: they await it.
pub(super) fn as_async(item: &Function) -> Function {
    let mut item = item.clone();
    // Told already: what the other attribute says about an `async fn` would be about nothing that the user wrote.
    item.attributes.retain(|attribute| !stack::is_attribute(attribute.path(), "blocking", None));
    let signature = &mut item.signature;
    let returns_future = match &signature.output {
        ReturnType::Default => false,
        ReturnType::Type(_, ty) => {
            let text = ty.to_token_stream().to_string();
            text.contains("Future") || text == "!"
        }
    };
    if signature.abi.is_none() && signature.constness.is_none() && !returns_future {
        signature.asyncness.get_or_insert_with(|| Token![async](Span::call_site()));
    }
    item
}
