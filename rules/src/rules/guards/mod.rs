//! Guards, borrows and permits that live too long or too short.

mod across_await;
mod await_expr;
mod discarded;
mod double_lock;
mod familiar;
mod families;
mod origin;
mod permit;
mod read_modify_write;
mod receiver;
mod scrutinee;
mod temporaries;
mod unawaited;

use crate::rule::Rule;

pub(crate) use across_await::keeps_iterator;
pub(super) use unawaited::TAKES as LOOKS_LIKE_GUARD;

pub(crate) static RULES: &[&Rule] = &[
    &across_await::GUARD_ACROSS_AWAIT,
    &across_await::REFCELL_BORROW_ACROSS_AWAIT,
    &across_await::SPAN_GUARD_ACROSS_AWAIT,
    &across_await::RUNTIME_ENTER_GUARD_ACROSS_AWAIT,
    &across_await::WATCH_REF_ACROSS_AWAIT,
    &across_await::MAP_GUARD_ACROSS_AWAIT,
    &across_await::CONFIGURED_GUARD_ACROSS_AWAIT,
    &scrutinee::GUARD_IN_SCRUTINEE,
    &await_expr::GUARD_TEMP_IN_AWAIT_EXPR,
    &discarded::LET_UNDERSCORE_GUARD,
    &unawaited::GUARD_FUTURE_NOT_AWAITED,
    &permit::PERMIT_NOT_MOVED_INTO_TASK,
    &double_lock::DOUBLE_LOCK_SAME_PATH,
    &receiver::RECEIVER_BEHIND_MUTEX,
    &across_await::ASYNC_GUARD_ACROSS_AWAIT,
    &read_modify_write::READ_MODIFY_WRITE_ACROSS_AWAIT,
];

/// Whether a function of this name may return a guard, though the name does not say so.
pub(crate) fn may_name_guard(name: &str) -> bool {
    !familiar::is_familiar(name) && !families::is_trigger_of_any(name)
}

/// Whether a method of this name takes a guard, or the `Result` or `Option` of one, out of another.
pub(crate) use origin::unwraps_guard;
