//! Every contradiction of one function, each at the token at fault, with the way out.

mod bounded;
mod cancel_unsafe;
mod entered;
mod function;
mod must_join;
mod retry;
mod shield;
mod timeout;

pub(crate) use bounded::{ZERO_IDLE, ZERO_KEYS, ZERO_LIMIT, ZERO_WAIT};
pub(crate) use cancel_unsafe::beside as beside_cancel_unsafe;
pub(crate) use must_join::ZERO_LIMIT as ZERO_TASKS;
pub(crate) use retry::{CAP_BELOW_BASE, ZERO_ATTEMPTS, zero};
pub(crate) use timeout::{ZERO_TIMEOUT, compared_by_compiler};

use crate::errors::Errors;
use crate::parse::{Bounded, Function};
use crate::stack::Stack;

/// What the arguments say by themselves.
pub(crate) fn stack(stack: &Stack, errors: &Errors) {
    if let Some(policy) = &stack.timeout {
        timeout::check(policy, stack, errors);
    }
    if let Some(policy) = &stack.retry {
        retry::check(policy, stack, errors);
    }
    if let Some(policy) = &stack.bounded {
        bounded::check(policy, errors);
    }
    if let Some(policy) = &stack.must_join {
        must_join::check(policy, errors);
    }
    check_map_err(stack, errors);
}

/// What the arguments say about this function.
pub(crate) fn on_function(stack: &Stack, item: &Function, errors: &Errors) {
    function::check(stack, item, errors);
    cancel_unsafe::check(stack, item, errors);
}

/// Something has to raise an error that can be converted.
fn check_map_err(stack: &Stack, errors: &Errors) {
    let raises = stack.timeout.is_some() || stack.bounded.as_ref().is_some_and(Bounded::can_refuse);
    if raises {
        return;
    }
    let keys = [
        stack.retry.as_ref().and_then(|retry| retry.map_err.key()),
        stack.bounded.as_ref().and_then(|bounded| bounded.map_err.key()),
    ];
    for key in keys.into_iter().flatten() {
        errors.at(
            key,
            "`map_err` has nothing to convert: a retry returns the function's own error, and a `bounded` without `queue`, `max_wait` and `reject` only waits; remove it",
        );
    }
}
