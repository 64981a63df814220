use crate::errors::Errors;
use crate::parse::Timeout;
use crate::parse::argument::DurationArgument;
use crate::stack::Stack;

/// Also what the compiler says of a constant.
pub(crate) const ZERO_TIMEOUT: &str =
    "a timeout of zero would end every call before it starts; for no limit remove `#[timeout]`";

pub(super) fn check(timeout: &Timeout, stack: &Stack, errors: &Errors) {
    check_zero(timeout, errors);
    check_scope(timeout, stack, errors);
    check_order(timeout, errors);
    check_elapsed(timeout, errors);
}

fn check_zero(timeout: &Timeout, errors: &Errors) {
    let limits = [timeout.whole.as_ref(), timeout.attempt.get(), timeout.total.get()];
    for limit in limits.into_iter().flatten() {
        if limit.literal().is_some_and(|limit| limit.is_zero()) {
            errors.at(limit, ZERO_TIMEOUT);
        }
    }
}

/// Beside `#[retry]`, one number could mean each attempt or all of them.
fn check_scope(timeout: &Timeout, stack: &Stack, errors: &Errors) {
    let Some(whole) = &timeout.whole else { return };
    let limit = whole.human();
    if timeout.total.is_set() {
        errors.at(whole, format!("two limits for the whole call: write `attempt = {limit}` or remove it"));
    } else if timeout.attempt.is_set() {
        errors.at(whole, format!("beside `attempt` this limit needs its name: write `total = {limit}`"));
    } else if stack.retry.is_some() {
        errors.at(
            whole,
            format!(
                "beside `#[retry]` a timeout must say what it limits: write `attempt = {limit}` for each attempt or `total = {limit}` for all of them together"
            ),
        );
    }
}

fn check_order(timeout: &Timeout, errors: &Errors) {
    let (Some(attempt), Some(total)) = (timeout.attempt.get(), timeout.total.get()) else { return };
    if let (Some(one), Some(all)) = (attempt.literal(), total.literal()) {
        if one >= all && !all.is_zero() {
            let (one, all) = (attempt.human(), total.human());
            errors.at(
                attempt,
                format!("an attempt of {one} never ends before the total of {all}: make `attempt` shorter, or remove one of them"),
            );
        }
    }
}

fn check_elapsed(timeout: &Timeout, errors: &Errors) {
    if let (Some(_), Some(key)) = (timeout.on_elapsed.key(), timeout.map_err.key()) {
        errors.at(key, "`map_err` has nothing to convert beside `on_elapsed`, which gives the value itself; remove one of them");
    }
}

/// Whether the compiler has to compare the two, since one of them is a constant.
pub(crate) fn compared_by_compiler(attempt: &DurationArgument, total: &DurationArgument) -> bool {
    !attempt.is_runtime() && !total.is_runtime() && (attempt.is_constant() || total.is_constant())
}
