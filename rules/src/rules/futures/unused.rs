//! Variables that are bound and forgotten.

use proc_macro2::Ident;
use syn::{Expr, Stmt};

use crate::syntax::search::{Within, mentions};
use crate::syntax::{callee, peel, plain_name, sole_ident};
use crate::walk::Cx;

/// Whether nothing in `rest`, which is all of the variable's scope, uses it for more than `drop(name)`.
pub(crate) fn is_unused<'a>(cx: &Cx<'a>, name: &Ident, rest: &'a [Stmt]) -> bool {
    let name = plain_name(name);
    rest.iter().all(|stmt| {
        is_drop_of(stmt, &name) || !mentions(cx.macros, Within::Statements(std::slice::from_ref(stmt)), &name)
    })
}

fn is_drop_of(stmt: &Stmt, name: &str) -> bool {
    let Stmt::Expr(expr, Some(_)) = stmt else { return false };
    let Expr::Call(call) = peel(expr) else { return false };
    let is_drop =
        callee(&call.func).and_then(|path| path.segments.last()).is_some_and(|last| last.ident == "drop");
    is_drop && call.args.first().and_then(sole_ident).is_some_and(|dropped| plain_name(dropped) == name)
}
