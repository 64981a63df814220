//! Where in the source the walk is.

use std::ptr;

use syn::{Attribute, Block, Expr, Stmt};

use super::Body;
use crate::names::Mark;
use crate::syntax::attributes;

/// A block that is being walked.
pub(super) struct Position<'a> {
    /// `None` for statements in the arguments of a macro.
    pub(super) block: Option<&'a Block>,
    pub(super) statement: usize,
    /// The variables in scope in front of the statement.
    pub(super) mark: Mark,
    /// The coroutine that the statement belongs to.
    pub(super) coroutine: Option<Body<'a>>,
}

/// How the coroutine at hand gets at the variables around it. A question must not make it capture more than it does by
/// itself: a borrow of a reference lives shorter than what the reference stands for.
#[derive(Clone, Copy, Default)]
pub(super) enum Captures {
    /// By value, as `async move` does; or there are none, as in an `async` function.
    #[default]
    Values,
    /// As it uses them, in an `async` block. Those in front of the mark are around it.
    Uses(Mark),
    /// An `async` closure, whose futures may not borrow from it where it is called more than once.
    Lent(Mark),
}

/// What encloses the expression at hand.
#[derive(Clone, Copy)]
pub(crate) enum Parent<'a> {
    Expr(&'a Expr),
    Statement(&'a Stmt),
    /// A macro call, or a part of it with a scope of its own.
    Macro,
}

impl Parent<'_> {
    /// Whether a part of the coroutine that holds the expression is compiled under a condition that is none of `known`. An
    /// item is a whole.
    pub(super) fn is_conditional(&self, known: &[&Attribute]) -> bool {
        let is_known = |cfg: &Attribute| known.iter().any(|known| ptr::eq(*known, cfg));
        let has_condition = |attrs| attributes::conditions(attrs).any(|cfg| !is_known(cfg));
        match self {
            Self::Statement(Stmt::Item(_)) | Self::Macro => false,
            Self::Statement(stmt) => has_condition(attributes::of_statement(stmt)),
            Self::Expr(Expr::Match(e)) => e.arms.iter().any(|arm| has_condition(&arm.attrs)),
            Self::Expr(expr) => has_condition(attributes::of_expr(expr)),
        }
    }
}
