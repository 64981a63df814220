//! Whether the type of a value may be told only behind an `async` block, by what the block's value is used for, or by
//! what is done behind the block with a variable that it has captured.
//!
//! Where a question is answered, at the end of the block, nothing is known of such a type yet, and the compiler would take
//! the question for what tells it. A method or a field needs to know the type, so who has one of them can be asked about;
//! so can a value that nothing is done with, unless it came out of what may hold anything.

mod fate;
mod shapes;
mod uses;

use std::ptr;

use syn::{Block, Expr, Ident, Local, Pat, Stmt};

use self::fate::{Fate, Seeker};
use self::uses::Uses;
use super::Body;
use super::cx::Cx;
use super::position::Parent;
use crate::names::Holds;
use crate::question::QuestionKind;
use crate::syntax::search::Within;
use crate::syntax::{peel, peel_references, sole_ident};

impl<'a> Cx<'a> {
    /// Whether the type of the variable that the statement at hand binds may be told only behind the `async` block.
    pub(super) fn is_bound_for_later(&self, kind: QuestionKind, name: &Ident) -> bool {
        let Some((block, statement)) = self.statement_at_hand() else { return false };
        let Some(Stmt::Local(Local { pat, init, .. })) = block.stmts.get(statement) else { return false };
        let init = init.as_ref().map(|init| &*init.expr);
        if is_of_block(kind, init) {
            return true;
        }
        if !self.in_async_block() {
            return false;
        }
        let holds = init.map_or(Holds::Itself, |init| self.names.holds(init));
        if matches!(pat, Pat::Type(_)) {
            return false;
        }
        if kind.looks_at_items() && holds >= Holds::Inside {
            return true;
        }
        let uses = Uses::of(self.macros, name, rest(block, statement));
        !uses.tells && (uses.leaves || holds == Holds::Itself)
    }

    /// The same for a variable that is in scope at the beginning of a block.
    pub(super) fn is_taken_for_later(&self, name: &Ident, block: &Block) -> bool {
        self.in_async_block() && Uses::of(self.macros, name, Within::Block(block)).escape()
    }

    /// The same for the value of a call in the statement at hand. `holds` is what it holds.
    pub(super) fn is_value_for_later<T>(&self, kind: QuestionKind, operand: &T, holds: Holds) -> bool {
        match self.fate(kind, operand) {
            Some(Fate::Told) => false,
            Some(Fate::Later) => true,
            _ => self.in_async_block() && holds == Holds::Itself,
        }
    }

    /// What becomes of a part of the statement at hand, in an `async` block.
    fn fate<T>(&self, kind: QuestionKind, operand: &T) -> Option<Fate> {
        let (block, statement) = self.statement_in_async_block()?;
        let seeker = Seeker { macros: self.macros, operand: ptr::from_ref(operand).cast(), kind };
        seeker.fate_in(block.stmts.get(statement)?, rest(block, statement))
    }

    /// The same for a variable, in a place in the statement at hand.
    pub(super) fn is_place_for_later(&self, kind: QuestionKind, place: &Expr) -> bool {
        let Some(name) = sole_ident(peel_references(place)) else { return false };
        if is_of_block(kind, self.names.local(name).and_then(|local| local.init)) {
            return true;
        }
        let holds = self.names.holds(place);
        if holds == Holds::Typed || !self.in_async_block() {
            return false;
        }
        if kind.looks_at_items() && holds >= Holds::Inside {
            return true;
        }
        if self.fate(kind, place) == Some(Fate::Told) {
            return false;
        }
        let uses = match self.coroutine {
            Some(Body::Block(coroutine)) => Uses::of(self.macros, name, Within::Block(coroutine)),
            _ => Uses::default(),
        };
        !uses.tells && (uses.leaves || holds == Holds::Itself)
    }

    /// The same for the value of the statement at hand, which nothing is done with.
    pub(super) fn is_ended_for_later(&self) -> bool {
        let Some((block, statement)) = self.statement_in_async_block() else { return false };
        let value = match block.stmts.get(statement) {
            Some(Stmt::Local(Local { init: Some(init), .. })) => &*init.expr,
            Some(Stmt::Expr(Expr::Assign(assign), _)) => &*assign.right,
            Some(Stmt::Expr(value, _)) => value,
            _ => return false,
        };
        self.names.holds(value) == Holds::Itself
    }

    fn statement_in_async_block(&self) -> Option<(&'a Block, usize)> {
        self.statement_at_hand().filter(|_| self.in_async_block())
    }

    fn statement_at_hand(&self) -> Option<(&'a Block, usize)> {
        let position = self.positions.last()?;
        Some((position.block?, position.statement))
    }

    fn in_async_block(&self) -> bool {
        let is_open = |parent: &Parent| matches!(parent, Parent::Expr(Expr::Async(_) | Expr::Closure(_)));
        self.context.rewritten || self.parents.iter().any(is_open)
    }
}

/// Whether the question is about the output of an `async` block, which may never end, or end in what is told later.
fn is_of_block(kind: QuestionKind, init: Option<&Expr>) -> bool {
    kind == QuestionKind::FallibleFuture && init.is_some_and(|init| matches!(peel(init), Expr::Async(_)))
}

fn rest(block: &Block, statement: usize) -> Within<'_> {
    Within::Statements(block.stmts.get(statement + 1..).unwrap_or_default())
}
