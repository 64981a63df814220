//! What a rule can ask the compiler about the place it looks at.

use std::ptr;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Block, Expr, Stmt};

use super::Body;
use super::cx::Cx;
use super::hooks::Call;
use super::position::{Captures, Parent};
use crate::blocks;
use crate::marked::FunctionMark;
use crate::names::{Holds, Mark};
use crate::question::{Anchor, BlockId, Question, QuestionKind, Side, Subject};
use crate::syntax::{attributes, is_constructor, patterns, peel, plain_name};

impl Cx<'_> {
    /// The question about the variable `name` that the statement at hand has bound.
    pub(crate) fn ask_binding(&self, kind: QuestionKind, name: &Ident) -> Option<Question> {
        if self.is_bound_for_later(kind, name) {
            return None;
        }
        let question = self.question(kind, Subject::Binding(name.clone()), self.anchor(Side::After)?);
        Some(match self.parents.last() {
            Some(Parent::Statement(Stmt::Local(local))) => {
                question.compiled_under(patterns::conditions(&local.pat, name))
            }
            _ => question,
        })
    }

    /// The question about a variable that is in scope at the beginning of a block of the coroutine at hand.
    pub(crate) fn ask_binding_in(&self, kind: QuestionKind, name: &Ident, block: &Block) -> Option<Question> {
        let Some(Body::Block(coroutine)) = self.coroutine else { return None };
        if self.is_taken_for_later(name, block) {
            return None;
        }
        let (block, coroutine) = (self.block_id(block)?, self.block_id(coroutine)?);
        let anchor = Anchor { block, statement: 0, side: Side::Before, coroutine };
        Some(self.question(kind, Subject::Binding(name.clone()), anchor))
    }

    /// The question about the value of the statement at hand.
    pub(crate) fn ask_value(&self, kind: QuestionKind) -> Option<Question> {
        if self.is_ended_for_later() {
            return None;
        }
        Some(self.question(kind, Subject::Value, self.anchor(Side::Around)?))
    }

    /// The question about an expression inside of the statement at hand: a place, which is asked about in front of the
    /// statement, or a call, which is asked about where it stands.
    pub(crate) fn ask_expression(&self, kind: QuestionKind, expr: &Expr) -> Option<Question> {
        let expr = peel(expr);
        match expr {
            // No function that a rule could ask about, and behind `&` most often a constant, as long as it stands there by itself.
            Expr::Call(call) if is_constructor(&call.func) => None,
            Expr::Call(_) | Expr::MethodCall(_) | Expr::Await(_) | Expr::Try(_) => {
                self.ask_call(kind, expr, self.names.holds(expr))
            }
            _ if self.is_place(expr, self.positions.last()?.mark) && !self.would_capture(expr) => {
                if self.is_place_for_later(kind, expr) {
                    return None;
                }
                let (attributes, place) = attributes::split(expr.to_token_stream());
                let question = self.question(kind, Subject::Expression(place), self.anchor(Side::Before)?);
                Some(question.compiled_under([attributes]))
            }
            _ => None,
        }
    }

    /// Whether to mention the place makes the coroutine capture what its code does not, or not in that way.
    fn would_capture(&self, place: &Expr) -> bool {
        let (mark, is_lent) = match self.captures {
            Captures::Values => return false,
            Captures::Uses(mark) => (mark, false),
            Captures::Lent(mark) => (mark, true),
        };
        match peel(place) {
            Expr::Path(path) => path
                .path
                .get_ident()
                .map(plain_name)
                .is_some_and(|name| name == "self" || self.names.scope.is_older(&name, mark)),
            // A field is borrowed from the same place that its user borrows it from.
            Expr::Field(field) => is_lent && self.would_capture(&field.base),
            Expr::Reference(reference) => self.would_capture(&reference.expr),
            Expr::Unary(unary) => is_lent && self.would_capture(&unary.expr),
            Expr::Index(index) => {
                is_lent && self.would_capture(&index.expr) || self.would_capture(&index.index)
            }
            _ => false,
        }
    }

    /// The question about the value of a call or method call inside of the statement at hand, where it stands.
    pub(crate) fn ask_operand(&self, kind: QuestionKind, call: &impl ToTokens) -> Option<Question> {
        self.ask_call(kind, call, Holds::Unknown)
    }

    fn ask_call(&self, kind: QuestionKind, call: &impl ToTokens, holds: Holds) -> Option<Question> {
        if self.is_value_for_later(kind, call, holds) || self.is_shaped_from_outside(call) {
            return None;
        }
        let (attributes, call) = attributes::split(call.to_token_stream());
        let question = self.question(kind, Subject::Operand(call), self.anchor(Side::Around)?);
        Some(question.compiled_under([attributes]))
    }

    /// Whether the expression is a place whose variables were in scope at `mark`. To mention one twice asks nothing new of
    /// the compiler; a function or a call would bring type parameters that nothing else tells.
    fn is_place(&self, expr: &Expr, mark: Mark) -> bool {
        match peel(expr) {
            Expr::Path(path) => match path.path.get_ident().map(plain_name) {
                Some(name) if name == "self" || self.names.scope.get(&name).is_some() => {
                    name == "self" || self.names.scope.is_older(&name, mark)
                }
                _ => path.path.segments.last().is_some_and(|last| is_constant_name(&plain_name(&last.ident))),
            },
            Expr::Field(field) => self.is_place(&field.base, mark),
            Expr::Reference(reference) => self.is_place(&reference.expr, mark),
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => self.is_place(&unary.expr, mark),
            Expr::Index(index) => {
                self.is_place(&index.expr, mark)
                    && (matches!(peel(&index.index), Expr::Lit(_)) || self.is_place(&index.index, mark))
            }
            _ => false,
        }
    }

    /// The question whether the function that is called is exactly the one of this path. Only functions of `std` that are
    /// not generic can be asked for; for others, ask about the value that comes out.
    pub(crate) fn ask_function(&self, call: &Call<'_>, item: &'static str) -> Option<Question> {
        let is_variable = |name: &Ident| self.names.scope.get(&plain_name(name)).is_some();
        // What takes a closure is generic.
        if call.path.get_ident().is_some_and(is_variable)
            || call.takes_closure()
            || is_constructor(&call.expr.func)
        {
            return None;
        }
        let subject = Subject::Function(call.path.to_token_stream());
        Some(self.question(QuestionKind::Same(item), subject, self.anchor(Side::Around)?))
    }

    /// The question whether the function that is called, and that its module knows by `path`, has this mark.
    pub(crate) fn ask_marked_function(
        &self,
        mark: FunctionMark,
        call: &Call<'_>,
        path: String,
    ) -> Option<Question> {
        let subject = Subject::Function(call.path.to_token_stream());
        let anchor =
            if call.takes_closure() { self.anchor(Side::Before)? } else { self.position(Side::Around)? };
        Some(Question { name: Some(path), ..self.question(QuestionKind::Marked(mark), subject, anchor) })
    }

    /// The question whether the method `name` of this receiver, a place, has this mark.
    pub(crate) fn ask_marked_method(
        &self,
        mark: FunctionMark,
        receiver: &Expr,
        name: String,
    ) -> Option<Question> {
        let question = self.ask_expression(QuestionKind::Marked(mark), receiver)?;
        matches!(question.subject, Subject::Expression(_)).then(|| Question { name: Some(name), ..question })
    }

    fn question(&self, kind: QuestionKind, subject: Subject, anchor: Anchor) -> Question {
        let cfgs = self.cfgs.iter().map(ToTokens::to_token_stream).collect();
        Question { kind, subject, anchor, cfgs, name: None }
    }

    fn anchor(&self, side: Side) -> Option<Anchor> {
        // What is compiled under conditions that the question does not have cannot be answered at the end of the body.
        let is_conditional = self.parents.iter().any(|parent| parent.is_conditional(&self.cfgs));
        if is_conditional { None } else { self.position(side) }
    }

    fn position(&self, side: Side) -> Option<Anchor> {
        let position = self.positions.last()?;
        let Some(Body::Block(coroutine)) = position.coroutine else { return None };
        // In a closure without a block the last statement is one outside of it.
        if !matches!(self.coroutine, Some(Body::Block(own)) if ptr::eq(own, coroutine)) {
            return None;
        }
        Some(Anchor {
            block: self.block_id(position.block?)?,
            statement: position.statement,
            side,
            coroutine: self.block_id(coroutine)?,
        })
    }

    fn block_id(&self, block: &Block) -> Option<BlockId> {
        let ids = self.block_ids.get_or_init(|| blocks::numbers(self.root));
        ids.get(&ptr::from_ref(block).addr()).copied()
    }
}

/// `CLIENT`, the name of a constant or static.
fn is_constant_name(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}
