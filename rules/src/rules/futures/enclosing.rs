//! What a piece of code is an argument of.

use std::ptr;

use syn::Expr;

use crate::syntax::{called_name, peel, plain_name, tail};
use crate::walk::{Cx, Parent, Statement};

/// The name of the function that is given the `async` block, or the closure that returns one, whose last statement this
/// is.
pub(super) fn enclosing<'a>(cx: &Cx<'a>, statement: &Statement<'a>) -> Option<String> {
    let mut ancestors = cx.ancestors().filter_map(|parent| match parent {
        Parent::Statement(_) | Parent::Expr(Expr::Paren(_) | Expr::Group(_)) => None,
        Parent::Expr(expr) => Some(Some(expr)),
        Parent::Macro => Some(None),
    });
    let Expr::Async(block) = ancestors.next()?? else { return None };
    let is_its_tail = tail(&block.block).is_some_and(|value| match statement.stmt {
        syn::Stmt::Expr(expr, None) => ptr::eq(peel(expr), value),
        _ => false,
    });
    if !is_its_tail {
        return None;
    }
    let mut taker = ancestors.next()??;
    if matches!(taker, Expr::Closure(_)) {
        taker = ancestors.next()??;
    }
    match taker {
        Expr::MethodCall(call) => Some(plain_name(&call.method)),
        Expr::Call(call) => called_name(&call.func),
        _ => None,
    }
}

/// How many awaits stand around the expression at hand, up to the statement that holds its coroutine or call.
pub(super) fn awaits_around(cx: &Cx<'_>) -> usize {
    let mut statements = 0;
    let mut awaits = 0;
    for parent in cx.ancestors() {
        match parent {
            Parent::Statement(_) => {
                statements += 1;
                if statements == 2 {
                    break;
                }
            }
            Parent::Expr(Expr::Await(_)) => awaits += 1,
            _ => {}
        }
    }
    awaits
}
