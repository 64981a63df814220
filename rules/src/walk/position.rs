//! Where in the source the walk is.

use syn::{Block, Expr, Stmt};

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

/// What encloses the expression at hand.
#[derive(Clone, Copy)]
pub(crate) enum Parent<'a> {
    Expr(&'a Expr),
    Statement(&'a Stmt),
    /// A macro call, or a part of it with a scope of its own.
    Macro,
}

impl Parent<'_> {
    /// Whether a part of the coroutine that holds the expression is compiled under a condition. An item is a whole.
    pub(super) fn is_conditional(&self) -> bool {
        let has_condition = |attrs| attributes::has(attrs, "cfg");
        match self {
            Self::Statement(Stmt::Item(_)) | Self::Macro => false,
            Self::Statement(stmt) => has_condition(attributes::of_statement(stmt)),
            Self::Expr(Expr::Match(e)) => e.arms.iter().any(|arm| has_condition(&arm.attrs)),
            Self::Expr(expr) => has_condition(attributes::of_expr(expr)),
        }
    }
}
