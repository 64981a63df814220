use std::time::Duration;

use crate::errors::Errors;
use crate::parse::argument::{Argument, DurationArgument, Ratio};
use crate::parse::backoff::{DEFAULT_BASE, DEFAULT_CAP, Kind};
use crate::parse::budget::Budget;
use crate::parse::condition::Condition;
use crate::parse::duration::human;
use crate::parse::retry::{Attempts, Retry};
use crate::stack::Stack;

/// Also what the compiler says of a constant.
pub(crate) const ZERO_ATTEMPTS: &str =
    "zero attempts would never call the function; write at least `attempts = 2`";
pub(crate) const CAP_BELOW_BASE: &str = "the cap is below the first pause; swap them or raise the cap";

pub(crate) fn zero(name: &str) -> String {
    format!("`{name}` of zero leaves no time at all; give it a longer one or remove it")
}

pub(super) fn check(retry: &Retry, stack: &Stack, errors: &Errors) {
    check_attempts(retry, errors);
    check_zero(retry, errors);
    check_backoff(retry, errors);
    check_within(retry, stack, errors);
    check_budget(retry, errors);
    check_hint(retry, errors);
    check_abort(retry, errors);
    check_names(retry, errors);
}

fn check_attempts(retry: &Retry, errors: &Errors) {
    if let (Some(_), Some(key)) = (retry.attempts.key(), retry.retries.key()) {
        errors.at(
            key,
            "`attempts` and `retries` say the same thing: `attempts = 5` is the first one and 4 retries; keep one of them",
        );
    }
    if let Some(Attempts::Count(count)) = retry.attempts.get() {
        match count.literal() {
            Some(0) => {
                errors.at(count, ZERO_ATTEMPTS);
            }
            Some(1) => errors
                .at(count, "one attempt never retries; write at least `attempts = 2`, or remove `#[retry]`"),
            Some(many) if u32::try_from(many).is_err() => {
                errors.at(count, "more attempts than can be counted; write `attempts = unlimited`");
            }
            _ => {}
        }
    }
    if let Some(count) = retry.retries.get() {
        match count.literal() {
            Some(0) => errors
                .at(count, "zero retries never retry; write at least `retries = 1`, or remove `#[retry]`"),
            Some(many) if u32::try_from(many).is_err() => {
                errors.at(count, "more retries than can be counted; write `attempts = unlimited`");
            }
            _ => {}
        }
    }
}

fn check_zero(retry: &Retry, errors: &Errors) {
    let durations = [
        (&retry.within, "within"),
        (&retry.retry_after_max, "retry_after_max"),
        (&retry.reset_after, "reset_after"),
    ];
    for (slot, name) in durations {
        if let Some(value) = slot.get().filter(|value| is_zero(value)) {
            errors.at(value, zero(name));
        }
    }
}

fn is_zero(value: &DurationArgument) -> bool {
    value.literal().is_some_and(|value| value.is_zero())
}

fn check_backoff(retry: &Retry, errors: &Errors) {
    let Some(backoff) = &retry.backoff else { return };
    let list = matches!(backoff.kind, Kind::List { .. });
    if let Some(base) = backoff.base().filter(|base| !list && is_zero(base)) {
        errors.at(base, "a pause of zero hammers what has just failed; write at least `1ms`");
    }
    if let Some(cap) = backoff.cap() {
        if is_zero(cap) {
            errors.at(cap, "a cap of zero takes every pause away; write at least `1ms`");
        } else if let (Some(base), Some(limit)) = (backoff.base().and_then(Argument::literal), cap.literal())
        {
            if base > limit {
                errors.at(
                    cap,
                    format!(
                        "the cap of {} is below the first pause of {}; swap them or raise the cap",
                        human(limit),
                        human(base)
                    ),
                );
            }
        }
    }
    let grows =
        matches!(backoff.kind, Kind::Exponential { .. } | Kind::Linear { .. } | Kind::Fibonacci { .. });
    if let (true, None, Some(base)) = (grows, backoff.cap(), backoff.base()) {
        if base.literal().is_some_and(|base| base > DEFAULT_CAP) {
            errors.at(
                base,
                format!(
                    "the first pause is above the default cap of {}: write `cap = ..`, or `constant({})`",
                    human(DEFAULT_CAP),
                    base.human()
                ),
            );
        }
    }
    if let Kind::Exponential { factor: Some(factor), .. } = &backoff.kind {
        if factor.literal().is_some_and(|factor| factor < 1.0) {
            errors.at(factor, "a factor below 1 makes each pause shorter than the last; write 1 or more");
        }
    }
}

fn check_within(retry: &Retry, stack: &Stack, errors: &Errors) {
    let base = match &retry.backoff {
        None => Some(DEFAULT_BASE),
        Some(backoff) => backoff.base().and_then(Argument::literal),
    };
    let Some(base) = base else { return };
    let limits = [
        retry.within.get().map(|within| (within, "within")),
        stack.total_limit().map(|total| (total, "total")),
    ];
    for (limit, name) in limits.into_iter().flatten() {
        let Some(value) = limit.literal() else { continue };
        // A timeout that is bare beside a retry has an error of its own.
        let named = name == "within" || stack.timeout.as_ref().is_some_and(|timeout| timeout.total.is_set());
        if named && base >= value && !value.is_zero() {
            errors.at(
                limit,
                format!("the first pause of {} does not fit into `{name} = {}`, so there is never a retry; make the pause shorter", human(base), human(value)),
            );
        }
    }
}

fn check_budget(retry: &Retry, errors: &Errors) {
    let Some(Budget::Own { ratio, min_per_sec, ttl }) = retry.budget.get() else { return };
    if let Some(ratio) = ratio {
        check_ratio(ratio, errors);
    }
    if let Some(ttl) = ttl {
        let (least, most) = (Duration::from_secs(1), Duration::from_secs(60));
        if ttl.literal().is_some_and(|ttl| ttl < least || ttl > most) {
            errors.at(ttl, "a budget remembers between 1s and 60s");
        }
    }
    let runtime = [
        ratio.as_ref().filter(|ratio| ratio.is_runtime()).map(|ratio| &ratio.written),
        min_per_sec.as_ref().filter(|min| min.is_runtime()).map(|min| &min.written),
        ttl.as_ref().filter(|ttl| ttl.is_runtime()).map(|ttl| &ttl.written),
    ];
    for written in runtime.into_iter().flatten() {
        errors.at(
            written,
            "one budget is shared by all calls, so its numbers are constants; for others build a `steadfast::Budget` and write `budget = self.budget`",
        );
    }
}

fn check_ratio(ratio: &Ratio, errors: &Errors) {
    if ratio.literal().is_some_and(|ratio| !(0.0..=1.0).contains(&ratio)) {
        errors.at(ratio, "a ratio is between 0 and 1: `0.2` allows one retry for five calls");
    }
}

/// A limit for hints is senseless where no hint can come.
fn check_hint(retry: &Retry, errors: &Errors) {
    let Some(key) = retry.retry_after_max.key() else { return };
    let by_transient = !retry.on.is_set();
    if !retry.retry_after.is_set() && !by_transient {
        errors.at(
            key,
            "`retry_after_max` limits a hint that nobody gives; add `retry_after = Error::retry_after`",
        );
    }
}

fn check_names(retry: &Retry, errors: &Errors) {
    if let (Some(cloned), Some(borrowed)) = (retry.clone.get(), retry.borrow.get()) {
        for name in borrowed.iter().filter(|name| cloned.contains(name)) {
            errors.at(name, format!("`{name}` is in `clone(..)` and in `borrow(..)`; keep one of them"));
        }
    }
}

fn check_abort(retry: &Retry, errors: &Errors) {
    if let (Some(Condition::Any), Some(key)) = (retry.abort.get(), retry.abort.key()) {
        errors.at(key, "`abort = any` never retries; remove `#[retry]`, or name the errors");
    }
}
