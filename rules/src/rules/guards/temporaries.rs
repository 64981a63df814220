//! Guards without a name: temporaries, which live until the end of the statement or of the head they stand in.

use syn::{BinOp, Expr, UnOp};

use super::families::{BORROWS, Guards, LOCKS, WATCHES};
use super::origin::{Origin, Shape, of_trigger};
use crate::syntax::{method_call, operands, peel, plain_name};
use crate::walk::Cx;

/// The families whose guards are used without a name.
const FAMILIES: [&Guards; 3] = [&LOCKS, &BORROWS, &WATCHES];

/// Methods that take the guard out of what holds it, so that it is no temporary yet.
const UNWRAPPERS: [&str; 8] =
    ["unwrap", "expect", "unwrap_or_else", "map_err", "ok", "context", "with_context", "ok_or_else"];

/// Methods of `Result` and `Option` that take the guard, and drop it before they return.
const TAKES_APART: [&str; 9] = [
    "map",
    "and_then",
    "map_or",
    "map_or_else",
    "unwrap_or",
    "unwrap_or_default",
    "is_ok_and",
    "is_some_and",
    "or_else",
];

/// The guards in `expr` that live as long as its other temporaries. What waits inside of `expr` is passed over.
pub(super) fn temporaries<'a>(cx: &Cx<'a>, expr: &'a Expr) -> Vec<Origin<'a>> {
    let mut found = Vec::new();
    collect(cx, expr, &mut found);
    found
}

fn collect<'a>(cx: &Cx<'a>, expr: &'a Expr, found: &mut Vec<Origin<'a>>) {
    let expr = peel(expr);
    match expr {
        // Each of these ends the temporaries inside of it by itself, or is looked at on its own.
        Expr::Block(_)
        | Expr::Unsafe(_)
        | Expr::Async(_)
        | Expr::Closure(_)
        | Expr::If(_)
        | Expr::Match(_)
        | Expr::Loop(_)
        | Expr::While(_)
        | Expr::ForLoop(_)
        | Expr::Await(_)
        | Expr::Macro(_) => return,
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) => return,
        _ => {}
    }
    if let Some(used) = used_in_place(expr) {
        let takes_apart =
            method_call(expr).is_some_and(|call| TAKES_APART.contains(&plain_name(&call.method).as_str()));
        found.extend(
            taken(cx, used).into_iter().filter(|origin| origin.shape == Shape::Plain || !takes_apart),
        );
    }
    operands(expr, &mut |operand| collect(cx, operand, found));
}

/// The operand that an expression uses where it stands, instead of taking its value.
fn used_in_place(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::MethodCall(call) if UNWRAPPERS.contains(&plain_name(&call.method).as_str()) => None,
        Expr::MethodCall(call) => Some(&call.receiver),
        Expr::Field(field) => Some(&field.base),
        Expr::Index(index) => Some(&index.expr),
        Expr::Reference(reference) => Some(&reference.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => Some(&unary.expr),
        _ => None,
    }
}

/// The guards that a call may take: one for each family, unless one is certain.
pub(super) fn taken<'a>(cx: &Cx<'a>, expr: &'a Expr) -> Vec<Origin<'a>> {
    let origins: Vec<_> = FAMILIES.iter().filter_map(|guards| of_trigger(cx, guards, expr)).collect();
    match origins.iter().find(|origin| origin.certain.is_some()) {
        Some(certain) => vec![*certain],
        None => origins,
    }
}
