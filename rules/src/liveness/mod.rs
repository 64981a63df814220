//! From a value to the points of suspension at which it is alive.
//!
//! A value of a type with a destructor is alive until it is moved or its scope ends, whether it is used again or
//! not. The analysis follows the paths through the rest of its scope: it is over on a path that moves the value, and
//! it is alive at a point if any path brings it there. Points of another coroutine, in an `async` block or closure,
//! are none of this one.

mod captures;
mod flow;
mod loops;
mod macros;
mod state;
#[cfg(test)]
mod tests;

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Block, Expr, ExprAwait, ExprMethodCall, ExprYield, Macro, Stmt};

use crate::finding::Place;
use crate::syntax::macros::MacroTable;
use crate::syntax::plain_name;

/// What holds a value.
#[derive(Clone, Copy)]
pub(crate) enum Owner<'a> {
    /// A variable with the value itself.
    Variable(&'a Ident),
    /// A variable with a `Result` or `Option` around it: `unwrap` and its kin take the value out.
    Wrapped(&'a Ident),
    /// The scope: a temporary that nothing can move.
    Scope,
}

/// The code in which the value is in scope.
#[derive(Clone, Copy)]
pub(crate) enum Region<'a> {
    /// The statements behind the `let`.
    Statements(&'a [Stmt]),
    Block(&'a Block),
    Expr(&'a Expr),
}

/// What happens while a value is alive.
#[derive(Default)]
pub(crate) struct Life<'a> {
    /// Where the coroutine may be suspended meanwhile, in source order.
    pub(crate) suspensions: Vec<Suspension<'a>>,
    /// The method calls meanwhile whose receiver begins with a name that still means what it meant at the beginning.
    pub(crate) calls: Vec<&'a ExprMethodCall>,
    /// Whether `drop` takes the value on some path.
    pub(crate) dropped: bool,
}

/// A point at which a coroutine can be suspended.
#[derive(Clone, Copy)]
pub(crate) enum Suspension<'a> {
    Await(&'a ExprAwait),
    Yield(&'a ExprYield),
    /// `select!`, `join!`.
    Macro(&'a Macro),
}

impl Suspension<'_> {
    /// The token that suspends.
    pub(crate) fn place(self) -> Place {
        let span: Span = match self {
            Self::Await(awaited) => awaited.await_token.span,
            Self::Yield(yielded) => yielded.yield_token.span,
            Self::Macro(mac) => {
                mac.path.segments.last().map_or_else(|| mac.path.span(), |last| last.ident.span())
            }
        };
        Place::from(span)
    }
}

/// Follows the life of a value through the region that it is in scope.
pub(crate) fn life<'a>(macros: &'a MacroTable, owner: Owner<'a>, region: Region<'a>) -> Life<'a> {
    let (name, is_wrapped) = match owner {
        Owner::Variable(name) => (Some(plain_name(name)), false),
        Owner::Wrapped(name) => (Some(plain_name(name)), true),
        Owner::Scope => (None, false),
    };
    let mut flow = flow::Flow::new(macros, name, is_wrapped);
    match region {
        Region::Statements(statements) => flow.statements(statements),
        Region::Block(block) => flow.statements(&block.stmts),
        Region::Expr(expr) => flow.value(expr),
    }
    flow.life
}
