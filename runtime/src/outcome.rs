//! What the expansions ask of a function's return type and arguments. Never by name: an alias of `Result` is one.

use crate::error::PolicyError;

/// A return type that a policy can end the call with.
#[diagnostic::on_unimplemented(
    message = "a policy can end this call by itself, and `{Self}` cannot say so",
    label = "cannot carry a `steadfast::PolicyError`",
    note = "return a `Result` whose error type has `From<steadfast::PolicyError>`, for example `Result<_, steadfast::PolicyError>`",
    note = "a `timeout` can give a value instead: `#[timeout(2s, on_elapsed = ..)]`; a `bounded` without `queue`, `max_wait` and `reject` only waits"
)]
pub trait Refusable {
    /// The value that carries the error.
    fn refuse(error: PolicyError) -> Self;
}

impl<T, E: FromPolicyError> Refusable for Result<T, E> {
    #[inline]
    fn refuse(error: PolicyError) -> Self {
        Err(E::from_policy_error(error))
    }
}

/// An error type that a policy's error can be turned into.
#[diagnostic::on_unimplemented(
    message = "a policy can end this call by itself, and the error type `{Self}` cannot carry that",
    label = "needs `From<steadfast::PolicyError>` for `{Self}`",
    note = "give it a variant: `#[policy] Policy(steadfast::PolicyError)` under `#[derive(steadfast::Transient)]`, or `#[from]` under `thiserror`",
    note = "or convert in place: `map_err = |policy| ..` on the policy"
)]
pub trait FromPolicyError {
    /// By `From`.
    fn from_policy_error(error: PolicyError) -> Self;
}

#[diagnostic::do_not_recommend]
impl<E: From<PolicyError>> FromPolicyError for E {
    #[inline]
    fn from_policy_error(error: PolicyError) -> Self {
        E::from(error)
    }
}

/// Ends the call with what a policy raised.
#[cold]
pub fn refuse<R: Refusable>(error: PolicyError) -> R {
    R::refuse(error)
}

/// A return type that `map_err` can end the call with.
#[diagnostic::on_unimplemented(
    message = "`map_err` makes an error, and `{Self}` has no place for one",
    label = "cannot fail",
    note = "return a `Result`; a `timeout` can give a value instead: `#[timeout(2s, on_elapsed = ..)]`"
)]
pub trait CarriesError {
    /// What `map_err` has to make.
    type Error;

    /// The value that carries it.
    fn carry(error: Self::Error) -> Self;
}

impl<T, E> CarriesError for Result<T, E> {
    type Error = E;

    #[inline]
    fn carry(error: E) -> Self {
        Err(error)
    }
}

/// Ends the call with what `map_err` makes of it. A function, so that a closure's argument has a type.
#[cold]
pub fn refuse_with<R: CarriesError>(error: PolicyError, map_err: impl FnOnce(PolicyError) -> R::Error) -> R {
    R::carry(map_err(error))
}

/// A return type that can fail, and so can be retried.
#[diagnostic::on_unimplemented(
    message = "a retry needs a `Result`, and this gives `{Self}`",
    label = "cannot fail, so there is nothing to retry",
    note = "return a `Result`, or remove `#[retry]`"
)]
pub trait Fallible {
    /// What it gives when it succeeds.
    type Value;
    /// What it gives when it fails.
    type Error;

    /// Looks at the outcome.
    fn as_result(&self) -> Result<&Self::Value, &Self::Error>;
}

impl<T, E> Fallible for Result<T, E> {
    type Value = T;
    type Error = E;

    #[inline]
    fn as_result(&self) -> Result<&T, &E> {
        self.as_ref()
    }
}

/// Looks at an attempt's outcome.
#[inline]
pub fn as_result<R: Fallible>(outcome: &R) -> Result<&R::Value, &R::Error> {
    outcome.as_result()
}

/// An argument of which every attempt gets its own copy.
#[diagnostic::on_unimplemented(
    message = "`#[retry]` runs this body more than once, and the body takes an argument of type `{T}` by value",
    label = "not `Clone`, so only the first attempt could have it",
    note = "take it by reference (`&{T}`) or shared (`Arc<{T}>`), or derive `Clone`; a generic type can ask for `+ Clone`",
    note = "if the body only borrows it after all, say so: `#[retry(borrow(name), ..)]`"
)]
pub trait CloneArgument<T> {
    /// By `Clone`.
    #[must_use]
    fn clone_argument(argument: &T) -> T;
}

/// Who clones. Were the trait asked of the argument itself, rustc would tell the user of a generic function to bound its
/// parameter by it.
#[derive(Debug)]
pub struct EachAttempt;

#[diagnostic::do_not_recommend]
impl<T: Clone> CloneArgument<T> for EachAttempt {
    #[inline]
    fn clone_argument(argument: &T) -> T {
        argument.clone()
    }
}
