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
use crate::syntax::{method_call, peel, peel_references, plain_name, sole_ident, text};
use crate::walk::{Cx, Loop, LoopKind};

/// Methods whose result holds the iterator they are called on.
const LAZY: [&str; 17] = [
    "by_ref",
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

/// Whether the result of a method of this name may be the iterator of a map, or hold it.
pub(crate) fn keeps_iterator(method: &str) -> bool {
    MAP_ITERATORS.is_trigger(method) || LAZY.contains(&method)
}

/// An iterator that a loop goes through.
struct Iterated<'a> {
    /// The call that makes it.
    origin: Origin<'a>,
    /// The variable that it is in.
    variable: Option<&'a Expr>,
}

pub(super) fn check<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine() {
        return;
    }
    let Some(iterated) = iterated(cx, looped.kind) else { return };
    let owner = match (looped.kind, iterated.variable.and_then(sole_ident)) {
        // `for` takes it, whatever becomes of the variable.
        (LoopKind::While(_), Some(name)) => Owner::Variable(name),
        _ => Owner::Scope,
    };
    let suspensions = life(cx.macros, owner, Region::Block(looped.body)).suspensions;
    if suspensions.is_empty() {
        return;
    }
    let Iterated { origin: Origin { call, certain, question: kind, .. }, variable } = iterated;
    let question = match certain {
        Some(_) => None,
        None => match cx.ask_expression(kind, variable.unwrap_or(call)) {
            Some(question) => Some(question),
            None => return,
        },
    };
    let (at, map) = match method_call(call) {
        Some(call) => (Place::of(&call.method), text::short(&call.receiver)),
        None => (Place::of(call), text::short(place(call))),
    };
    let mut draft = Draft::new(variable.map_or(at, Place::of), MESSAGE)
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

fn iterated<'a>(cx: &Cx<'a>, kind: LoopKind<'a>) -> Option<Iterated<'a>> {
    match kind {
        LoopKind::For(_, head) => iterator(cx, head, true),
        // `while let Some(entry) = iterator.next()`
        LoopKind::While(condition) => {
            let Expr::Let(condition) = peel(condition) else { return None };
            let call = method_call(peel(&condition.expr)).filter(|call| call.method == "next")?;
            iterator(cx, &call.receiver, true).filter(|iterated| iterated.variable.is_some())
        }
        LoopKind::Loop => None,
    }
}

/// The iterator of a map that the head of a loop may hold. `follows` one variable to what it was bound to: the next may be
/// one of its name, `let it = it.rev();`.
fn iterator<'a>(cx: &Cx<'a>, head: &'a Expr, follows: bool) -> Option<Iterated<'a>> {
    let of_call = |origin| Iterated { origin, variable: None };
    match peel(head) {
        Expr::MethodCall(call) if LAZY.contains(&plain_name(&call.method).as_str()) => {
            iterator(cx, &call.receiver, follows)
        }
        variable @ Expr::Path(_) if follows => {
            let init = cx.names.local(sole_ident(variable)?)?.init?;
            let in_init = match peel(init) {
                Expr::Reference(_) => return None,
                _ => iterator(cx, init, false)?,
            };
            Some(Iterated { variable: Some(variable), ..in_init })
        }
        Expr::Path(_) => None,
        Expr::Reference(reference) => {
            let inner = iterator(cx, &reference.expr, follows);
            if let Some(iterated) = inner.filter(|found| found.variable.is_some()) {
                return Some(iterated);
            }
            let ty = cx.names.type_of(place(&reference.expr))?;
            let certain = Some(MAP_ITERATORS.guard_of(&ty, "iter")?);
            Some(of_call(Origin {
                call: head,
                certain,
                question: MAP_ITERATORS.question,
                shape: Shape::Plain,
            }))
        }
        other => of_trigger(cx, &MAP_ITERATORS, other).map(of_call),
    }
}

/// What `&` and `*` in front of a map stand for.
fn place(expr: &Expr) -> &Expr {
    match peel_references(expr) {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => place(&unary.expr),
        other => other,
    }
}
