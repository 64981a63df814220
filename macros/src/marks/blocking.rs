//! `#[blocking]`: marks a plain function as one that blocks.

use steadfast_rules::FunctionMark;

use super::Marks;
use crate::errors::Errors;
use crate::parse::Function;
use crate::parse::function::Body;
use crate::shape::{Shape, Tail};
use crate::stack;

#[derive(Default)]
pub(crate) struct Blocking;

impl Marks for Blocking {
    const MARK: FunctionMark = FunctionMark::Blocking;
    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] =
        &[(&["pool"], "#[offload(pool = \"cpu\")]"), (&["limit"], "#[offload(limit = 4)]")];
    const POSITIONAL: &'static str = "`#[blocking]` only marks a function, and takes nothing but `inherent`, `local` and `crate`\nhelp: to run it on another thread, write `#[offload]`";

    fn check(item: &Function, errors: &Errors) {
        if let Some(asyncness) = &item.signature.asyncness {
            errors.at(
                asyncness,
                "an `async fn` does not block whoever calls it\nhelp: put `#[blocking]` on the plain function that does",
            );
        } else if let Body::Block { group, .. } = &item.body {
            if matches!(Shape::of(item, group).tail, Tail::Block(_) | Tail::Opaque) {
                errors.at(
                    &item.signature.output,
                    "a function that returns a future does not block whoever calls it\nhelp: put `#[blocking]` on the plain function that does",
                );
            }
        }
        for attribute in &item.attributes {
            if stack::is_attribute(attribute.path(), "offload", None) {
                errors.at(
                    attribute,
                    "an offloaded function does not block its caller\nhelp: keep one of `#[offload]` and `#[blocking]`",
                );
            }
        }
    }
}
