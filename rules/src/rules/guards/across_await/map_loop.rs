//! Loops over concurrent maps.
//!
//! In `dashmap` (5 and 6) an iterator takes the lock of a shard when it enters it, keeps that in an `Arc`, and hands a
//! clone of the `Arc` to each entry. So the lock lasts until the iterator goes on to the next shard or ends: to drop the
//! entry, or to copy out of it in a lazy `map`, unlocks nothing.

use syn::{Expr, UnOp};

use super::super::families::MAP_ITERATORS;
use super::super::origin::{Origin, Shape, of_trigger};
use super::map::MESSAGE;
use crate::finding::{Draft, Place};
use crate::liveness::{Owner, Region, life};
use crate::syntax::{method_call, peel, peel_references, plain_name, text};
use crate::walk::{Cx, Loop, LoopKind};

/// Methods whose result holds the iterator they are called on.
const LAZY: [&str; 16] = [
    "chain",
    "enumerate",
    "filter",
    "filter_map",
    "flat_map",
    "fuse",
    "inspect",
    "into_iter",
    "map",
    "map_while",
    "peekable",
    "skip",
    "skip_while",
    "step_by",
    "take",
    "take_while",
];

pub(super) fn check<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    let LoopKind::For(_, head) = looped.kind else { return };
    if !cx.in_coroutine() {
        return;
    }
    let Some(iterator) = iterator(cx, head) else { return };
    let suspensions = life(cx.macros, Owner::Scope, Region::Block(looped.body)).suspensions;
    if suspensions.is_empty() {
        return;
    }
    let question = match iterator.certain {
        Some(_) => None,
        None => match cx.ask_expression(iterator.question, iterator.call) {
            Some(question) => Some(question),
            None => return,
        },
    };
    let (at, map) = match method_call(iterator.call) {
        Some(call) => (Place::of(&call.method), text::short(&call.receiver)),
        None => (Place::of(iterator.call), text::short(place(iterator.call))),
    };
    let mut draft = Draft::new(at, MESSAGE)
        .label("the loop locks the part of the map that it is in")
        .help(format!(
            "collect first: `let items: Vec<_> = {map}.iter().map(|entry| entry.clone()).collect();`, then loop"
        ))
        .note("the iterator holds the lock from one entry to the next: to drop the entry does not unlock")
        .ask(question);
    for suspension in suspensions {
        draft = draft.related(suspension.place(), "the task can wait here, and the lock with it");
    }
    cx.report(draft);
}

/// The iterator of a map that the head of a loop may hold.
fn iterator<'a>(cx: &Cx<'a>, head: &'a Expr) -> Option<Origin<'a>> {
    match peel(head) {
        Expr::MethodCall(call) if LAZY.contains(&plain_name(&call.method).as_str()) => {
            iterator(cx, &call.receiver)
        }
        Expr::Reference(reference) => {
            let ty = cx.names.type_of(place(&reference.expr))?;
            let certain = Some(MAP_ITERATORS.guard_of(&ty, "iter")?);
            Some(Origin { call: head, certain, question: MAP_ITERATORS.question, shape: Shape::Plain })
        }
        other => of_trigger(cx, &MAP_ITERATORS, other),
    }
}

/// What `&` and `*` in front of a map stand for.
fn place(expr: &Expr) -> &Expr {
    match peel_references(expr) {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => place(&unary.expr),
        other => other,
    }
}
