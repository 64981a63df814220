//! What is said of one failed attempt.

use std::time::Duration;

use crate::error::Executed;
use crate::observe::{ErrorText, GaveUp};
use crate::outcome::{CloneArgument, EachAttempt};
use crate::transient::Transient;

/// What the function's own classification says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Worth another try.
    Retry,
    /// Not worth one, or nobody said that it is.
    Stop,
    /// `abort` matched: there is no other try, whatever else would speak for it.
    Abort,
}

impl Verdict {
    /// Where a policy ended the attempt, whether the body may have run counts more than the classification.
    pub(super) fn allows(self, refused: Option<Executed>, idempotent: bool) -> Result<(), GaveUp> {
        match (self, refused) {
            (Self::Abort, _) | (Self::Stop, None) => Err(GaveUp::NotRetryable),
            (_, Some(Executed::Maybe)) if !idempotent => Err(GaveUp::MayHaveExecuted),
            (Self::Retry, None) | (_, Some(_)) => Ok(()),
        }
    }
}

/// The classification of a bare `#[retry]`.
#[inline]
pub fn classify_transient<E: Transient>(
    error: &E,
    retry: &mut super::Retry<'_>,
) -> (Verdict, Option<Duration>) {
    if let Some(policy) = error.policy_error() {
        retry.refused.get_or_insert(policy.executed());
    }
    if error.is_transient() { (Verdict::Retry, error.retry_after()) } else { (Verdict::Stop, None) }
}

/// Asks `predicate` about the failed attempt's error. A function, so that a closure's argument has a type.
#[inline]
pub fn holds<E>(error: &E, predicate: impl FnOnce(&E) -> bool) -> bool {
    predicate(error)
}

/// Asks `hint` how long the other side wants us to wait.
#[inline]
pub fn hint<E>(error: &E, hint: impl FnOnce(&E) -> Option<Duration>) -> Option<Duration> {
    hint(error)
}

/// The text for a value that `retry_if_ok` sends back.
#[must_use]
pub fn describe_value() -> ErrorText<'static> {
    ErrorText::of_value()
}

/// Takes the caller's value for the last attempt, and a copy for every other one.
///
/// # Panics
/// If there is another attempt after the last one.
#[inline]
pub fn keep_last<T>(argument: &mut Option<T>, last: bool) -> T
where
    EachAttempt: CloneArgument<T>,
{
    if last {
        argument.take().expect("the last attempt is made once")
    } else {
        EachAttempt::clone_argument(argument.as_ref().expect("taken by the last attempt only"))
    }
}

/// A copy for every attempt, where a policy looks at the caller's value during the whole call.
#[inline]
pub fn keep_always<T>(argument: &T) -> T
where
    EachAttempt: CloneArgument<T>,
{
    EachAttempt::clone_argument(argument)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abort_wins_over_everything() {
        for refused in [None, Some(Executed::No), Some(Executed::Maybe)] {
            assert_eq!(Verdict::Abort.allows(refused, true), Err(GaveUp::NotRetryable));
        }
    }

    #[test]
    fn a_refusal_is_always_safe_and_a_timeout_only_when_idempotent() {
        for verdict in [Verdict::Retry, Verdict::Stop] {
            assert_eq!(verdict.allows(Some(Executed::No), false), Ok(()));
            assert_eq!(verdict.allows(Some(Executed::Maybe), false), Err(GaveUp::MayHaveExecuted));
            assert_eq!(verdict.allows(Some(Executed::Maybe), true), Ok(()));
        }
    }

    #[test]
    fn nothing_is_retried_unless_classified() {
        assert_eq!(Verdict::Stop.allows(None, true), Err(GaveUp::NotRetryable));
        assert_eq!(Verdict::Retry.allows(None, false), Ok(()));
    }
}
