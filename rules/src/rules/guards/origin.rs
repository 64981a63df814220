//! Where a value comes from, and whether it may be a guard.

use proc_macro2::Ident;
use syn::{Arm, Block, Expr, ExprMethodCall, Pat};

use super::familiar::is_familiar;
use super::families::{Functions, Guards, LOCKING, is_trigger_of_any};
use crate::question::QuestionKind;
use crate::rules::futures::certain::is_future;
use crate::syntax::{called_name, callee, is_constructor, patterns, peel, plain_name, sole_ident, tail};
use crate::walk::Cx;

/// How many variables are followed back: `let r = m.lock(); let g = r.unwrap(); let pair = (g, 1);`.
const LONGEST_CHAIN: usize = 3;

/// An expression whose value may be a guard, or hold one.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    /// The call that takes it.
    pub(super) call: &'a Expr,
    /// The guard's type, if the source tells it for certain.
    pub(super) certain: Option<&'static str>,
    pub(super) question: QuestionKind,
    /// What holds the guard.
    pub(super) shape: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The guard itself, or something that is moved as a whole.
    Plain,
    /// A `Result` or `Option` of it.
    Wrapped,
    /// A reference into it: the guard is a temporary that lives as long as the block.
    Borrowed,
}

/// What a variable with this initializer may hold.
pub(super) fn origin<'a>(cx: &Cx<'a>, guards: &Guards, init: &'a Expr) -> Option<Origin<'a>> {
    of_value(cx, guards, init, LONGEST_CHAIN)
}

fn of_value<'a>(cx: &Cx<'a>, guards: &Guards, expr: &'a Expr, chain: usize) -> Option<Origin<'a>> {
    match peel(expr) {
        Expr::Reference(reference) if !guards.awaited => {
            let inner = of_place(cx, guards, &reference.expr)?;
            Some(Origin { shape: Shape::Borrowed, ..inner })
        }
        Expr::Tuple(tuple) => tuple.elems.iter().find_map(|elem| of_value(cx, guards, elem, chain)),
        Expr::Call(call) if is_constructor(&call.func) && call.args.len() == 1 => {
            let inner = of_value(cx, guards, &call.args[0], chain)?;
            let shape = if is_wrapper(&call.func) { Shape::Wrapped } else { Shape::Plain };
            (inner.shape != Shape::Borrowed).then_some(Origin { shape, ..inner })
        }
        Expr::Path(_) => of_variable(cx, guards, expr, chain),
        Expr::Block(block) => of_tail(cx, guards, &block.block, chain),
        Expr::Unsafe(block) => of_tail(cx, guards, &block.block, chain),
        Expr::If(branch) => of_tail(cx, guards, &branch.then_branch, chain).or_else(|| {
            branch.else_branch.as_ref().and_then(|(_, other)| of_value(cx, guards, other, chain))
        }),
        Expr::Match(e) => {
            // `match m.lock() { Ok(g) => g, Err(e) => e.into_inner() }`
            let taken = of_call(cx, guards, &e.expr).filter(|_| e.arms.iter().any(hands_on));
            taken.map(|taken| Origin { shape: Shape::Plain, ..taken })
        }
        other => of_call(cx, guards, other),
    }
}

fn of_tail<'a>(cx: &Cx<'a>, guards: &Guards, block: &'a Block, chain: usize) -> Option<Origin<'a>> {
    let value = tail(block)?;
    // A variable of the block itself is not in scope where the walk is.
    if sole_ident(value).is_some() { None } else { of_value(cx, guards, value, chain) }
}

fn of_variable<'a>(cx: &Cx<'a>, guards: &Guards, expr: &Expr, chain: usize) -> Option<Origin<'a>> {
    let init = cx.names.local(sole_ident(expr)?)?.init?;
    let origin = of_value(cx, guards, init, chain.checked_sub(1)?)?;
    (origin.shape != Shape::Borrowed).then_some(origin)
}

/// A place behind `&`: `*m.lock().unwrap()`, `m.lock().unwrap().field`.
fn of_place<'a>(cx: &Cx<'a>, guards: &Guards, expr: &'a Expr) -> Option<Origin<'a>> {
    match peel(expr) {
        Expr::Unary(unary) => of_place(cx, guards, &unary.expr),
        Expr::Field(field) => of_place(cx, guards, &field.base),
        Expr::MethodCall(_) | Expr::Try(_) => of_trigger(cx, guards, expr),
        _ => None,
    }
}

/// A call whose result is the value, behind `?`, `unwrap` and their kin.
fn of_call<'a>(cx: &Cx<'a>, guards: &Guards, expr: &'a Expr) -> Option<Origin<'a>> {
    of_trigger(cx, guards, expr).or_else(|| of_function(cx, guards, expr))
}

/// A call of a method that returns guards on the types that are known to have it.
pub(super) fn of_trigger<'a>(cx: &Cx<'a>, guards: &Guards, expr: &'a Expr) -> Option<Origin<'a>> {
    let (inner, is_unwrapped) = peel_wrappers(expr);
    if let Some(entry) = filled_entry(inner) {
        // The reference to what the entry holds keeps the lock of the entry.
        let origin = of_trigger(cx, guards, entry)?;
        return Some(Origin {
            call: inner,
            certain: origin.certain.and(Some("RefMut")),
            shape: Shape::Plain,
            ..origin
        });
    }
    let call = match inner {
        Expr::Await(awaited) if guards.awaited => trigger(guards, &awaited.base)?,
        _ if guards.awaited => return None,
        _ => trigger(guards, inner)?,
    };
    let method = plain_name(&call.method);
    let ty = receiver_type(cx, &call.receiver);
    let certain = match ty.as_deref() {
        Some(ty) => match guards.guard_of(ty, &method) {
            Some(guard) => Some(guard),
            None if is_understood(ty) => return None,
            None => None,
        },
        None => None,
    };
    let question = match guards.question {
        QuestionKind::BlockingGuard if LOCKING.contains(&method.as_str()) => QuestionKind::LockGuard,
        other => other,
    };
    // `parking_lot` and `RefCell::borrow` return the guard as it is; for what is not unwrapped, both are possible.
    let shape = if is_unwrapped { Shape::Plain } else { Shape::Wrapped };
    Some(Origin { call: inner, certain, question, shape })
}

/// The entry of `map.entry(key).or_insert(value)`.
fn filled_entry(expr: &Expr) -> Option<&Expr> {
    let Expr::MethodCall(call) = expr else { return None };
    let fills = matches!(plain_name(&call.method).as_str(), "or_default" | "or_insert" | "or_insert_with");
    let mut entry = peel(&call.receiver);
    while let Expr::MethodCall(changed) = entry
        && changed.method == "and_modify"
    {
        entry = peel(&changed.receiver);
    }
    let is_entry = matches!(entry, Expr::MethodCall(call) if call.method == "entry");
    (fills && is_entry).then_some(entry)
}

/// The method call, if it is one that takes a guard.
pub(super) fn trigger<'a>(guards: &Guards, expr: &'a Expr) -> Option<&'a ExprMethodCall> {
    let Expr::MethodCall(call) = peel(expr) else { return None };
    let method = plain_name(&call.method);
    let takes_arguments =
        matches!(method.as_str(), "get" | "get_mut" | "try_get" | "try_get_mut" | "entry" | "try_entry")
            || method.ends_with("_for")
            || method.ends_with("_until");
    (guards.is_trigger(&method) && call.args.is_empty() != takes_arguments).then_some(call)
}

/// `info_span!(..)` is a `tracing::Span` like any other.
fn receiver_type(cx: &Cx<'_>, receiver: &Expr) -> Option<String> {
    let Expr::Macro(call) = peel(receiver) else { return cx.names.type_of(receiver) };
    let target = cx.names.resolve(&call.mac.path);
    let is_span = target.known().is_some_and(|path| path.starts_with("tracing::") && path.ends_with("span"));
    is_span.then(|| "tracing::Span".to_owned())
}

/// Types of crates that are known well enough to say that a method of theirs returns no guard.
fn is_understood(ty: &str) -> bool {
    const CRATES: [&str; 7] =
        ["std::", "tokio::", "tokio_util::", "futures::", "parking_lot::", "dashmap::", "tracing::"];
    CRATES.iter().any(|name| ty.starts_with(name))
}

/// A call of a function or method that is not known at all, and may return a guard of its own.
fn of_function<'a>(cx: &Cx<'a>, guards: &Guards, expr: &'a Expr) -> Option<Origin<'a>> {
    let (inner, is_unwrapped) = peel_wrappers(expr);
    let name = match inner {
        Expr::MethodCall(call) if call.args.len() <= 1 && call.turbofish.is_none() => {
            plain_name(&call.method)
        }
        Expr::Call(call) if call.args.len() <= 2 => {
            let path = callee(&call.func)?;
            let is_associated = path.segments.iter().any(|segment| {
                plain_name(&segment.ident).starts_with(char::is_uppercase) && segment.ident != "Self"
            });
            if is_associated || cx.names.resolve(path).known().is_some() {
                return None;
            }
            plain_name(&path.segments.last()?.ident)
        }
        _ => return None,
    };
    let asks = match guards.functions {
        Functions::None => false,
        Functions::Unfamiliar => !is_familiar(&name),
        Functions::With(words) => !is_familiar(&name) && words.iter().any(|word| name.contains(word)),
    };
    if !asks || is_trigger_of_any(&name) || is_future(cx, inner) || cx.names.type_of(inner).is_some() {
        return None;
    }
    let shape = if is_unwrapped { Shape::Plain } else { Shape::Wrapped };
    Some(Origin { call: inner, certain: None, question: guards.question, shape })
}

/// The expression in front of `?`, `unwrap`, `expect` and what else hands on the payload, and whether any was there.
fn peel_wrappers(expr: &Expr) -> (&Expr, bool) {
    let mut inner = peel(expr);
    let mut unwrapped = false;
    loop {
        inner = match inner {
            Expr::Try(tried) => {
                unwrapped = true;
                peel(&tried.expr)
            }
            Expr::MethodCall(call) => {
                let name = plain_name(&call.method);
                if !unwraps_guard(&name) {
                    return (inner, unwrapped);
                }
                unwrapped |= UNWRAPPING.contains(&name.as_str());
                peel(&call.receiver)
            }
            _ => return (inner, unwrapped),
        }
    }
}

/// Methods that take the value out of a `Result` or `Option`.
const UNWRAPPING: [&str; 3] = ["unwrap", "expect", "unwrap_or_else"];

/// Methods that make another `Result` or `Option` of the same value.
const REWRAPPING: [&str; 6] = ["map_err", "ok", "context", "with_context", "ok_or", "ok_or_else"];

pub(crate) fn unwraps_guard(method: &str) -> bool {
    UNWRAPPING.contains(&method) || REWRAPPING.contains(&method)
}

/// Whether the arm's value is what its pattern has bound.
fn hands_on(arm: &Arm) -> bool {
    let Some(value) = sole_ident(&arm.body) else { return false };
    let mut found = false;
    patterns::bound_names(&arm.pat, &mut |name: &Ident| found |= name == value);
    found
}

fn is_wrapper(function: &Expr) -> bool {
    called_name(function).is_some_and(|name| matches!(name.as_str(), "Some" | "Ok"))
}

/// The variable that a pattern binds, if it is one: `g`, `Ok(g)`, `Some(mut g)`.
pub(super) fn sole_variable(pattern: &Pat) -> Option<&Ident> {
    let mut names = Vec::new();
    patterns::bound_names(patterns::unguarded(pattern), &mut |name| names.push(name));
    match names.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}
