use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{ReturnType, Signature};

use super::bounded::MAX_PERMITS;
use super::entered;
use crate::errors::Errors;
use crate::must_join::{self, Target};
use crate::parse::{Function, MustJoin};
use crate::shape::{Shape, Tail};

/// Also what the compiler says of a constant.
pub(crate) const ZERO_LIMIT: &str =
    "[MJ010] a `limit` of zero would never run a task\nhelp: write at least `limit = 1`, or remove it";

pub(super) fn check(policy: &MustJoin, errors: &Errors) {
    if let Some(limit) = policy.limit.get() {
        match limit.literal() {
            Some(0) => errors.at(limit, ZERO_LIMIT),
            Some(many) if many > MAX_PERMITS => errors.at(limit, "more permits than a semaphore can hold"),
            _ => {}
        }
    }
    if policy.timeout.get().is_some_and(|timeout| timeout.literal().is_some_and(|limit| limit.is_zero())) {
        errors.at(
            policy.timeout.get(),
            "a timeout of zero would end every call; write at least `timeout = 1ms`",
        );
    }
    if policy.scope.is_set() {
        check_scope_alone(policy, errors);
    } else if policy.map_err.is_set() && !policy.timeout.is_set() {
        let message =
            "`map_err` has nothing to convert: only `timeout` ends the call with a `PolicyError`; remove it";
        errors.at(policy.map_err.key(), message);
    }
}

/// The owner of the scope decides how its tasks end.
fn check_scope_alone(policy: &MustJoin, errors: &Errors) {
    let keys = [
        policy.limit.key(),
        policy.grace.key(),
        policy.timeout.key(),
        policy.cancel.key(),
        policy.panics.key(),
        policy.on_error.key(),
        policy.map_err.key(),
    ];
    for key in keys.into_iter().flatten() {
        let message = format!("`{key}` is decided by the owner of the scope; set it where the scope is made");
        errors.at(key, message);
    }
}

/// What the body and the signature say.
pub(super) fn check_function(policy: &MustJoin, item: &Function, shape: &Shape, errors: &Errors) {
    check_async(policy, item, shape, errors);
    check_handles_stay(policy, &item.signature, errors);
    if let Some(scope) = policy.scope.get() {
        let known = super::function::parameter_names(item);
        if !known.contains(scope) {
            let message = format!(
                "`{}` has no parameter `{scope}`\nhelp: take the owner's scope: `{scope}: &steadfast::Scope<Error>`",
                item.signature.ident
            );
            errors.at(scope, message);
        }
    }
    let private = TokenStream::new();
    let target = Target::new(policy, &private, None);
    must_join::check(shape.body.clone(), &target, errors);
}

fn check_async(policy: &MustJoin, item: &Function, shape: &Shape, errors: &Errors) {
    if policy.scope.is_set() || !matches!(shape.tail, Tail::Plain) || item.signature.constness.is_some() {
        return;
    }
    let keyword = &item.signature.fn_token;
    if entered::runs_a_runtime(shape.body.clone()) {
        errors.at(keyword, format!("[MJ011] {}", entered::too_low("must_join")));
    } else {
        let message = "[MJ001] `#[must_join]` needs an `async fn`: a synchronous function cannot wait for its tasks\nhelp: make it `async fn`, or take a scope: `fn f(g: &steadfast::Scope<Error>, ..)` with `#[must_join(scope = g)]`";
        errors.at(keyword, message);
    }
}

/// A handle that is returned belongs to a task that has ended.
fn check_handles_stay(policy: &MustJoin, signature: &Signature, errors: &Errors) {
    let ReturnType::Type(_, ty) = &signature.output else { return };
    let mut words = Vec::new();
    entered::collect_words(ty.to_token_stream(), &mut words);
    let handle = words.iter().find(|word| ["JoinHandle", "TaskHandle", "JoinSet"].contains(&word.as_str()));
    if let (Some(handle), false) = (handle, policy.scope.is_set()) {
        let name = &signature.ident;
        let message = format!(
            "[MJ006] a task handle may not leave `#[must_join] fn {name}`: its task has ended when it returns (the return type contains `{handle}`)\nhelp: return the value, or take `g: &steadfast::Scope<Error>` with `#[must_join(scope = g)]` and let the caller own the task"
        );
        errors.at(ty, message);
    }
}
