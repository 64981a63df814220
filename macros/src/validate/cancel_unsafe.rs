use quote::ToTokens;

use crate::errors::Errors;
use crate::parse::Function;
use crate::stack::{self, Stack};

/// A policy stands above `#[cancel_unsafe]`.
pub(super) fn check(stack: &Stack, item: &Function, errors: &Errors) {
    let prefix = stack.crate_name();
    let is_mark = |path| stack::is_attribute(path, "cancel_unsafe", prefix.as_deref());
    if let Some(mark) = item.attributes.iter().find(|attribute| is_mark(attribute.path())) {
        beside(stack, mark, errors);
    }
}

/// What the policies do to a function with this mark.
pub(crate) fn beside(stack: &Stack, mark: &impl ToTokens, errors: &Errors) {
    if stack.shield.is_some() {
        errors.at(
            mark,
            "with `#[shield]` the function runs to its end wherever its future is dropped, so nothing is lost half-way\nhelp: remove `#[cancel_unsafe]`",
        );
        return;
    }
    let Some(timeout) = &stack.timeout else { return };
    // A later attempt would not have what a shielded one took with it.
    let instead = if stack.retry.is_some() {
        "move what must not be dropped into a function with `#[shield]`"
    } else {
        "write `#[shield]` in place of `#[cancel_unsafe]`, so that it runs to its end behind the timeout"
    };
    let limits = [timeout.whole.as_ref(), timeout.attempt.get(), timeout.total.get()];
    for limit in limits.into_iter().flatten() {
        errors.at(
            limit,
            format!(
                "this timeout drops the function half-way, and `#[cancel_unsafe]` says that it must not be dropped\nhelp: {instead}, or put `steadfast::apply!(timeout(2s); ..)` around the parts of the body that may be dropped"
            ),
        );
    }
}
