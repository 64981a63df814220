//! What stands directly inside of an expression.

use syn::{Block, Expr, Macro, Pat, Stmt};

/// A direct part of an expression or statement, in source order.
#[derive(Clone, Copy)]
pub(crate) enum Child<'a> {
    Expr(&'a Expr),
    Block(&'a Block),
    Pat(&'a Pat),
    Macro(&'a Macro),
}

/// Visits the direct parts of `expr`. The body of a closure and the block of an `async` block count as parts:
/// who walks decides whether to enter them.
pub(crate) fn children<'a>(expr: &'a Expr, visit: &mut dyn FnMut(Child<'a>)) {
    match expr {
        Expr::Async(e) => visit(Child::Block(&e.block)),
        Expr::Block(e) => visit(Child::Block(&e.block)),
        Expr::Const(e) => visit(Child::Block(&e.block)),
        Expr::Loop(e) => visit(Child::Block(&e.body)),
        Expr::TryBlock(e) => visit(Child::Block(&e.block)),
        Expr::Unsafe(e) => visit(Child::Block(&e.block)),
        Expr::Macro(e) => visit(Child::Macro(&e.mac)),
        Expr::Closure(e) => {
            e.inputs.iter().for_each(|input| visit(Child::Pat(input)));
            visit(Child::Expr(&e.body));
        }
        Expr::ForLoop(e) => {
            visit(Child::Expr(&e.expr));
            visit(Child::Pat(&e.pat));
            visit(Child::Block(&e.body));
        }
        Expr::If(e) => {
            visit(Child::Expr(&e.cond));
            visit(Child::Block(&e.then_branch));
            if let Some((_, other)) = &e.else_branch {
                visit(Child::Expr(other));
            }
        }
        Expr::Let(e) => {
            visit(Child::Expr(&e.expr));
            visit(Child::Pat(&e.pat));
        }
        Expr::Match(e) => {
            visit(Child::Expr(&e.expr));
            for arm in &e.arms {
                visit(Child::Pat(&arm.pat));
                visit(Child::Expr(&arm.body));
            }
        }
        Expr::While(e) => {
            visit(Child::Expr(&e.cond));
            visit(Child::Block(&e.body));
        }
        _ => operands(expr, &mut |operand| visit(Child::Expr(operand))),
    }
}

/// Visits the direct operands of an expression without blocks, patterns and macros.
pub(crate) fn operands<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    match expr {
        Expr::Array(e) => e.elems.iter().for_each(visit),
        Expr::Tuple(e) => e.elems.iter().for_each(visit),
        Expr::Struct(e) => {
            e.fields.iter().for_each(|field| visit(&field.expr));
            e.rest.as_deref().into_iter().for_each(visit);
        }
        Expr::Call(e) => {
            visit(&e.func);
            e.args.iter().for_each(visit);
        }
        Expr::MethodCall(e) => {
            visit(&e.receiver);
            e.args.iter().for_each(visit);
        }
        Expr::Binary(e) => {
            visit(&e.left);
            visit(&e.right);
        }
        Expr::Assign(e) => {
            visit(&e.right);
            visit(&e.left);
        }
        Expr::Index(e) => {
            visit(&e.expr);
            visit(&e.index);
        }
        Expr::Range(e) => [e.start.as_deref(), e.end.as_deref()].into_iter().flatten().for_each(visit),
        Expr::Repeat(e) => {
            visit(&e.expr);
            visit(&e.len);
        }
        _ => sole_operand(expr).into_iter().for_each(visit),
    }
}

fn sole_operand(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Await(e) => Some(&e.base),
        Expr::Try(e) => Some(&e.expr),
        Expr::Return(e) => e.expr.as_deref(),
        Expr::Break(e) => e.expr.as_deref(),
        Expr::Yield(e) => e.expr.as_deref(),
        Expr::Cast(e) => Some(&e.expr),
        Expr::Field(e) => Some(&e.base),
        Expr::Reference(e) => Some(&e.expr),
        Expr::RawAddr(e) => Some(&e.expr),
        Expr::Paren(e) => Some(&e.expr),
        Expr::Group(e) => Some(&e.expr),
        Expr::Unary(e) => Some(&e.expr),
        _ => None,
    }
}

/// Visits the direct parts of a statement. A nested item has none: it is a world of its own.
pub(crate) fn statement_children<'a>(stmt: &'a Stmt, visit: &mut dyn FnMut(Child<'a>)) {
    match stmt {
        Stmt::Local(local) => {
            if let Some(init) = &local.init {
                visit(Child::Expr(&init.expr));
                if let Some((_, diverge)) = &init.diverge {
                    visit(Child::Expr(diverge));
                }
            }
            visit(Child::Pat(&local.pat));
        }
        Stmt::Expr(expr, _) => visit(Child::Expr(expr)),
        Stmt::Macro(call) => visit(Child::Macro(&call.mac)),
        Stmt::Item(_) => {}
    }
}
