//! The line that an expansion adds to the function's documentation.

use std::time::Duration;

use quote::quote;
use syn::{Attribute, parse_quote};

use crate::parse::argument::{Argument, DurationArgument, readable};
use crate::parse::backoff::{DEFAULT_BASE, DEFAULT_CAP};
use crate::parse::duration::human;
use crate::parse::retry::{Attempts, Jitter, Retry};
use crate::parse::{Bounded, Timeout};
use crate::stack::Stack;

/// A paragraph of its own behind what the user wrote.
pub(super) fn lines(stack: &Stack) -> [Attribute; 2] {
    let line = format!(
        " *Policies, outermost first:* {}. *Takes at most* {}.",
        stack_text(stack),
        worst_text(stack)
    );
    [parse_quote!(#[doc = ""]), parse_quote!(#[doc = #line])]
}

fn stack_text(stack: &Stack) -> String {
    let mut layers = Vec::new();
    if let Some(total) = stack.total_limit() {
        layers.push(format!("timeout {} in total", code(total)));
    }
    if let Some(retry) = &stack.retry {
        layers.push(retry_text(retry));
    }
    if let Some(attempt) = stack.attempt_limit() {
        layers.push(format!("timeout {} per attempt", code(attempt)));
    }
    if let Some(bounded) = &stack.bounded {
        layers.push(bounded_text(bounded));
    }
    if stack.shield.is_some() {
        layers.push("shielded".to_owned());
    }
    if stack.must_join.is_some() {
        layers.push("joins its tasks".to_owned());
    }
    layers.join(" → ")
}

/// A literal as a person says it; an expression as code.
fn code(limit: &DurationArgument) -> String {
    if limit.literal().is_some() { limit.human() } else { format!("`{}`", limit.human()) }
}

fn retry_text(retry: &Retry) -> String {
    let attempts = match (retry.attempts.get(), retry.retries.get()) {
        (Some(Attempts::Unlimited), _) => "any number of attempts".to_owned(),
        (Some(Attempts::Count(count)), _) => format!("{} attempts", number(count)),
        (None, Some(count)) => match count.literal() {
            Some(retries) => format!("{} attempts", retries.saturating_add(1)),
            None => format!("{} retries", number(count)),
        },
        (None, None) if retry.within.is_set() => "any number of attempts".to_owned(),
        (None, None) => "3 attempts".to_owned(),
    };
    let within = retry.within.get().map(|within| format!(" within {}", code(within))).unwrap_or_default();
    let backoff = retry.backoff.as_ref().map_or_else(
        || format!("exponential backoff {} to {}", human(DEFAULT_BASE), human(DEFAULT_CAP)),
        crate::parse::backoff::Backoff::human,
    );
    let jitter = match retry.jitter.get().copied().unwrap_or(Jitter::Full) {
        Jitter::Full => "full jitter",
        Jitter::Equal => "equal jitter",
        Jitter::Decorrelated => "decorrelated jitter",
        Jitter::None => "no jitter",
    };
    format!("retry, {attempts}{within}, {backoff}, {jitter}")
}

fn number(count: &Argument<u64>) -> String {
    count.literal().map_or_else(|| format!("`{}`", readable(&count.written)), |count| count.to_string())
}

fn bounded_text(bounded: &Bounded) -> String {
    let limit = match (&bounded.limit, bounded.by.get()) {
        (Some(limit), _) => format!("at most {} at once", number(limit)),
        (None, Some(by)) => format!("bounded by `{}`", readable(&quote!(#by))),
        (None, None) => "bounded".to_owned(),
    };
    let key =
        bounded.key.get().map(|key| format!(" for each `{}`", readable(&quote!(#key)))).unwrap_or_default();
    format!("{limit}{key}")
}

fn worst_text(stack: &Stack) -> String {
    match worst(stack) {
        Some(worst) => worst,
        None if stack.timeout.is_none() => "as long as its body, which has no timeout".to_owned(),
        None => "what its run-time limits add up to".to_owned(),
    }
}

/// The total is the worst case; without one, all attempts and all pauses at their longest.
fn worst(stack: &Stack) -> Option<String> {
    if let Some(total) = stack.timeout.as_ref().and_then(Timeout::total) {
        return Some(code(total));
    }
    let attempt = stack.attempt_limit()?.literal()?;
    let Some(retry) = &stack.retry else { return Some(human(attempt)) };
    let hinted = retry.retry_after.is_set() || !retry.on.is_set();
    let attempts = attempts(retry);
    let within = match retry.within.get() {
        None => None,
        // No attempt starts after it; the last one may start just before.
        Some(within) => Some(within.literal()?.checked_add(attempt)?),
    };
    let summed = attempts.filter(|_| !hinted).and_then(|attempts| summed(retry, attempt, attempts));
    match (within, summed) {
        (Some(within), Some(summed)) => Some(human(within.min(summed))),
        (Some(within), None) => Some(human(within)),
        (None, Some(summed)) => Some(human(summed)),
        (None, None) if hinted => hinted_sum(retry, attempt, attempts?).map(human),
        (None, None) => None,
    }
}

fn attempts(retry: &Retry) -> Option<u32> {
    let literal = match (retry.attempts.get(), retry.retries.get()) {
        (Some(Attempts::Unlimited), _) => return None,
        (Some(Attempts::Count(count)), _) => count.literal()?,
        (None, Some(count)) => count.literal()?.saturating_add(1),
        (None, None) if retry.within.is_set() => return None,
        (None, None) => 3,
    };
    // Beyond that a sum says nothing to anybody.
    u32::try_from(literal).ok().filter(|attempts| *attempts <= 10_000)
}

fn summed(retry: &Retry, attempt: Duration, attempts: u32) -> Option<Duration> {
    let pauses = match &retry.backoff {
        Some(backoff) => backoff.worst_sum(attempts.checked_sub(1)?)?,
        None => (0..attempts.checked_sub(1)?)
            .map(|retry| {
                DEFAULT_BASE.saturating_mul(1_u32.checked_shl(retry).unwrap_or(u32::MAX)).min(DEFAULT_CAP)
            })
            .sum(),
    };
    attempt.checked_mul(attempts)?.checked_add(pauses)
}

/// A hint may stretch each pause by five seconds, or up to `retry_after_max`.
fn hinted_sum(retry: &Retry, attempt: Duration, attempts: u32) -> Option<Duration> {
    let stretch = match retry.retry_after_max.get() {
        Some(max) => max.literal()?,
        None => Duration::from_secs(5),
    };
    summed(retry, attempt, attempts)?.checked_add(stretch.checked_mul(attempts.checked_sub(1)?)?)
}
