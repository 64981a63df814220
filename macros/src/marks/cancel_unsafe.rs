//! `#[cancel_unsafe]`: marks a function whose future must not be dropped half-way.

use proc_macro2::{Ident, Span};
use syn::{Path, ReturnType, Type};

use steadfast_rules::FunctionMark;

use super::Marks;
use crate::errors::Errors;
use crate::parse::Function;
use crate::shape;
use crate::stack::{self, Stack};
use crate::validate;

#[derive(Default)]
pub(crate) struct CancelUnsafe;

impl Marks for CancelUnsafe {
    const MARK: FunctionMark = FunctionMark::CancelUnsafe;
    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = &[];
    const POSITIONAL: &'static str = "`#[cancel_unsafe]` only marks a function, and takes nothing but `inherent`, `local` and `crate`\nhelp: to let it run to its end wherever it is dropped, write `#[shield]` instead";

    fn check(item: &Function, errors: &Errors) {
        let has =
            |name| item.attributes.iter().any(|attribute| stack::is_attribute(attribute.path(), name, None));
        let own = Ident::new(Self::NAME, Span::call_site());
        if has("offload") {
            errors.at(&own, OFFLOADED);
        } else if has("stream") {
            errors.at(
                &own,
                "a stream is dropped wherever its reader stops\nhelp: put `#[cancel_unsafe]` on a function that the stream awaits",
            );
        } else if item.signature.asyncness.is_none() && is_no_future(&item.signature.output) {
            errors.at(
                item.signature.fn_token,
                "this function returns no future that could be dropped half-way\nhelp: put `#[cancel_unsafe]` on an `async fn`, or write `#[blocking]` for a function that blocks its thread",
            );
        }
        // What is wrong with the policies themselves they say when they are expanded.
        let (mut stack, unsaid) = (Stack::default(), Errors::new());
        stack.claim(&mut item.clone(), &unsaid);
        unsaid.into_tokens();
        validate::beside_cancel_unsafe(&stack, &own, errors);
    }
}

/// Also said by `#[offload]` if it stands above.
pub(crate) const OFFLOADED: &str =
    "an offloaded function runs to its end wherever its future is dropped\nhelp: remove `#[cancel_unsafe]`";

/// Whether the type is certainly none of a future. One of another name may be.
fn is_no_future(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return true };
    match &**ty {
        Type::Never(_) | Type::Tuple(_) | Type::Reference(_) | Type::Array(_) | Type::Ptr(_) => true,
        Type::ImplTrait(_) => !shape::returns_future(output),
        Type::Path(path) => is_no_future_by_name(&path.path),
        _ => false,
    }
}

fn is_no_future_by_name(path: &Path) -> bool {
    const NAMES: [&str; 8] = ["Result", "Option", "Vec", "String", "bool", "usize", "u64", "u32"];
    path.segments.last().is_some_and(|last| NAMES.iter().any(|name| last.ident == name))
}
