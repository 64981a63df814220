use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, ReceiverKind, ReturnType, Type};

use super::entered;
use crate::body::{awaits, moves, recursion};
use crate::errors::Errors;
use crate::parse::Function;
use crate::parse::function::Body;
use crate::shape::{Shape, Tail};
use crate::stack::Stack;

pub(super) fn check(stack: &Stack, item: &Function, errors: &Errors) {
    check_has_body(stack, item, errors);
    check_const(stack, item, errors);
    let Body::Block { group, .. } = &item.body else { return };
    let shape = Shape::of(item, group);
    check_async(stack, item, &shape, errors);
    check_never(stack, item, &shape, errors);
    check_timeout_can_fire(stack, &shape, errors);
    check_recursion(stack, item, &shape, errors);
    check_borrow_escapes(stack, item, &shape, errors);
    check_self_captured(stack, item, &shape, errors);
    check_names(stack, item, errors);
    if stack.shield.is_some() {
        super::shield::check(stack, item, &shape, errors);
    }
    if let Some(policy) = &stack.must_join {
        super::must_join::check_function(policy, item, &shape, errors);
    }
}

fn names(stack: &Stack) -> impl Iterator<Item = &'static str> {
    [
        stack.timeout.as_ref().map(|_| "timeout"),
        stack.retry.as_ref().map(|_| "retry"),
        stack.bounded.as_ref().map(|_| "bounded"),
        stack.shield.as_ref().map(|_| "shield"),
        stack.must_join.as_ref().map(|_| "must_join"),
    ]
    .into_iter()
    .flatten()
}

fn check_has_body(stack: &Stack, item: &Function, errors: &Errors) {
    let Body::Missing(semicolon) = &item.body else { return };
    for name in names(stack) {
        errors.at(
            semicolon,
            format!("`#[{name}]` wraps a body, and this function has none: put it on the functions that implement it"),
        );
    }
}

fn check_const(stack: &Stack, item: &Function, errors: &Errors) {
    let Some(constness) = &item.signature.constness else { return };
    for name in names(stack) {
        errors.at(
            constness,
            format!("`#[{name}]` works at run time, and this is a `const fn`: remove `const`"),
        );
    }
}

/// A plain function cannot be interrupted and cannot wait without blocking its thread; only a retry makes sense on it.
fn check_async(stack: &Stack, item: &Function, shape: &Shape, errors: &Errors) {
    let function = &item.signature.fn_token;
    match shape.tail {
        Tail::AsyncFn | Tail::Block(_) => {}
        Tail::Opaque => {
            for name in names(stack) {
                errors.at(
                    &item.signature.output,
                    format!(
                        "`#[{name}]` cannot find the future of this function: make it an `async fn`, or end the body with `async move {{ .. }}` or `Box::pin(async move {{ .. }})`"
                    ),
                );
            }
        }
        Tail::Plain if entered::is_entered(item, shape) => {
            let is_said_here = |name: &&str| match *name {
                "must_join" | "shield" => false,
                // A `main` that somebody wrote with a runtime of its own can be retried.
                "retry" => entered::is_test(item),
                _ => true,
            };
            for name in names(stack).filter(is_said_here) {
                errors.at(function, entered::too_low(name));
            }
        }
        Tail::Plain => {
            if stack.timeout.is_some() {
                errors.at(
                    function,
                    "`#[timeout]` needs an `async fn`: a plain function cannot be interrupted. Run it with `tokio::task::spawn_blocking` from an `async fn`, and put the timeout on that one",
                );
            }
            if stack.bounded.is_some() {
                errors.at(
                    function,
                    "`#[bounded]` needs an `async fn`: a plain function would block its thread while it waits. Put it on the `async fn` that calls this one, or take a permit from a `steadfast::Bulkhead` with `try_acquire`",
                );
            }
        }
    }
}

/// `-> !` has no value that could carry a refusal or an error.
fn check_never(stack: &Stack, item: &Function, shape: &Shape, errors: &Errors) {
    let ReturnType::Type(_, ty) = &item.signature.output else { return };
    if !matches!(shape.tail, Tail::AsyncFn | Tail::Plain) || !matches!(**ty, Type::Never(_)) {
        return;
    }
    if stack.retry.is_some() {
        errors.at(ty, "`#[retry]` needs a function that returns a `Result`, and this one never returns");
    }
    if stack.timeout.as_ref().is_some_and(|timeout| !timeout.on_elapsed.is_set()) {
        errors.at(ty, "a function that never returns cannot report a timeout; return a `Result`");
    }
}

fn check_timeout_can_fire(stack: &Stack, shape: &Shape, errors: &Errors) {
    let Some(timeout) = &stack.timeout else { return };
    if matches!(shape.tail, Tail::Plain | Tail::Opaque) || awaits::may_await(&shape.body) {
        return;
    }
    // Who waits for a permit can be interrupted; and a retry obeys the total even where it cannot interrupt a body.
    if stack.bounded.is_some() || (stack.retry.is_some() && timeout.attempt.get().is_none()) {
        return;
    }
    let Some(limit) = timeout.attempt.get().or(timeout.total()) else { return };
    errors.at(
        limit,
        "this timeout can never fire: the body never awaits, so nothing can interrupt it; remove the timeout, or move the long work to `tokio::task::spawn_blocking(..).await`",
    );
}

fn check_recursion(stack: &Stack, item: &Function, shape: &Shape, errors: &Errors) {
    let Some(bounded) = &stack.bounded else { return };
    // A call that may be refused, or that is limited by another key, does not wait for itself.
    if bounded.can_refuse() || bounded.key.is_set() || bounded.by.is_set() {
        return;
    }
    if let Some(span) = recursion::direct_call(&shape.body, &item.signature, item.is_public()) {
        let name = &item.signature.ident;
        errors.at_span(
            span,
            format!(
                "`{name}` holds a permit of its own `bounded` while it waits for this call, which needs another one: a deadlock as soon as the limit is reached. Put the recursion into an inner function without `#[bounded]`"
            ),
        );
    }
}

/// A borrow from `&mut` that leaves an attempt would have to outlive the next one.
fn check_borrow_escapes(stack: &Stack, item: &Function, shape: &Shape, errors: &Errors) {
    // Of a future's type only what it gives counts: the future itself borrows what it likes.
    let (true, Some(output)) = (stack.retry.is_some(), &shape.output.edge) else { return };
    let Some(lent) = mutable_lender(item, &lifetimes_in(output.clone())) else { return };
    errors.at(
        output,
        format!(
            "`#[retry]` cannot return a borrow of `{lent}`: the borrow of a failed attempt would still be alive when the next one starts. Return an owned value, or retry a part of the body with `steadfast::apply!`"
        ),
    );
}

#[derive(Default)]
struct Lifetimes {
    elided: bool,
    named: Vec<String>,
}

/// The lifetimes that are visible in a type: `&` without one and `'_` are elided.
fn lifetimes_in(tokens: TokenStream) -> Lifetimes {
    let mut found = Lifetimes::default();
    collect_lifetimes(tokens, &mut found);
    found
}

fn collect_lifetimes(tokens: TokenStream, found: &mut Lifetimes) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '&' => {
                let named = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '\'');
                found.elided |= !named;
            }
            TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                if let Some(TokenTree::Ident(name)) = tokens.next() {
                    if name == "_" {
                        found.elided = true;
                    } else if name != "static" {
                        found.named.push(name.to_string());
                    }
                }
            }
            TokenTree::Ident(word) if is_function_type(&word) => skip_signature(&mut tokens),
            TokenTree::Group(group) => collect_lifetimes(group.stream(), found),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn is_function_type(word: &Ident) -> bool {
    ["fn", "Fn", "FnMut", "FnOnce"].iter().any(|name| word == name)
}

/// The lifetimes in `fn(&str) -> &str` are elided by themselves.
fn skip_signature(tokens: &mut Peekable<IntoIter>) {
    let mut depth = 0_usize;
    let mut arrow = false;
    while let Some(token) = tokens.peek() {
        if let TokenTree::Punct(punct) = token {
            match punct.as_char() {
                ',' | '+' if depth == 0 => return,
                '>' if depth == 0 && !arrow => return,
                '>' if !arrow => depth -= 1,
                '<' => depth += 1,
                _ => {}
            }
            arrow = punct.as_char() == '-';
        } else {
            arrow = false;
        }
        tokens.next();
    }
}

/// The `&mut` parameter that the output borrows from, by the rules of lifetime elision.
fn mutable_lender(item: &Function, output: &Lifetimes) -> Option<String> {
    let mut parameters: Vec<(String, Option<String>)> = Vec::new();
    let mut other_elided = 0;
    for argument in &item.signature.inputs {
        match argument {
            FnArg::Receiver(receiver) => match &receiver.kind {
                ReceiverKind::Reference(_, lifetime, Some(_)) => {
                    let lifetime = lifetime.as_ref().map(|lifetime| lifetime.ident.to_string());
                    if output.elided {
                        return Some("&mut self".to_owned());
                    }
                    parameters.push(("&mut self".to_owned(), lifetime));
                }
                // An elided lifetime of the output is that of `self`, and it is a shared one.
                ReceiverKind::Reference(..) if output.elided && output.named.is_empty() => return None,
                _ => {}
            },
            FnArg::Typed(typed) => match &*typed.ty {
                Type::Reference(reference) if reference.mutability.is_some() => {
                    let lifetime = reference.lifetime.as_ref().map(|lifetime| lifetime.ident.to_string());
                    parameters.push((typed.pat.to_token_stream().to_string(), lifetime));
                }
                ty => other_elided += usize::from(lifetimes_in(ty.to_token_stream()).elided),
            },
        }
    }
    let lends = |lifetime: &Option<String>| match lifetime {
        Some(name) if output.named.contains(name) => true,
        _ => output.elided && other_elided == 0 && !item.is_method(),
    };
    parameters.into_iter().find(|(_, lifetime)| lends(lifetime)).map(|(name, _)| name)
}

/// A `move` block takes a `&mut` with it, and `self` cannot be declared anew for each attempt.
fn check_self_captured(stack: &Stack, item: &Function, shape: &Shape, errors: &Errors) {
    let Some(receiver) = item.signature.receiver() else { return };
    let exclusive = matches!(receiver.kind, ReceiverKind::Reference(_, _, Some(_)));
    if stack.retry.is_none() || !exclusive || !matches!(shape.tail, Tail::AsyncFn | Tail::Plain) {
        return;
    }
    let name = Ident::new("self", receiver.self_token.span);
    if moves::moved_names(&shape.body, &[name]).iter().any(|moved| moved.captured) {
        errors.at(
            receiver,
            "a `move` block or closure in this body takes `&mut self`, so only the first attempt would have it: drop the `move`, borrow it before (`let this = &mut *self;`), or put an attribute that wraps the body, such as `#[tracing::instrument]`, below `#[retry]`",
        );
    }
}

/// `clone(..)` and `borrow(..)` name parameters.
fn check_names(stack: &Stack, item: &Function, errors: &Errors) {
    let Some(retry) = &stack.retry else { return };
    let known = parameter_names(item);
    for name in [retry.clone.get(), retry.borrow.get()].into_iter().flatten().flatten() {
        if !known.iter().any(|known| known == name) {
            let function = &item.signature.ident;
            let all = known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
            let has = if all.is_empty() { "it has none".to_owned() } else { format!("it has {all}") };
            errors.at(name, format!("`{function}` has no parameter `{name}`; {has}"));
        }
    }
}

pub(super) fn parameter_names(item: &Function) -> Vec<Ident> {
    let mut names = Vec::new();
    for argument in &item.signature.inputs {
        match argument {
            FnArg::Receiver(receiver) => names.push(Ident::new("self", receiver.self_token.span)),
            FnArg::Typed(typed) => {
                crate::expand::pattern_bindings(&typed.pat, &mut |pattern| names.push(pattern.ident.clone()));
            }
        }
    }
    names
}
