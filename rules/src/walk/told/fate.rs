//! What becomes of a value in its statement.

use std::ptr;

use syn::{Expr, ExprCall, ExprMethodCall, Macro, Pat, Stmt};

use super::uses::{Use, Uses, arguments, children_of, is_operand, used, used_borrowed};
use crate::question::QuestionKind;
use crate::syntax::macros::{MacroKind, MacroTable};
use crate::syntax::patterns::bound_names;
use crate::syntax::search::Within;
use crate::syntax::{Child, UNWRAPPERS, called_name, statement_children};

/// Functions that poll their argument: it is a future of a type that is known, whatever its output.
const POLLERS: [&str; 4] = ["timeout", "timeout_at", "unconstrained", "cooperative"];

/// What becomes of a value in the expression around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is the value of that expression as well, or in it.
    Whole,
    /// The same, borrowed.
    Lent,
    /// Its type is known where it stands.
    Told,
    /// It goes nowhere.
    Ended,
    /// It goes where its type may be told later.
    Later,
}

/// Looks for an operand, and on the way back for what becomes of it.
pub(super) struct Seeker<'a> {
    pub(super) macros: &'a MacroTable,
    pub(super) operand: *const (),
    pub(super) kind: QuestionKind,
}

impl<'a> Seeker<'a> {
    /// What becomes of it in the whole statement; `None` if it does not stand in there.
    pub(super) fn fate_in(&self, stmt: &'a Stmt, rest: Within<'a>) -> Option<Fate> {
        let mut fate = None;
        statement_children(stmt, &mut |child| {
            fate = fate.or_else(|| match child {
                Child::Expr(expr) => self.fate(expr),
                Child::Macro(mac) => self.fate_in_macro(mac),
                Child::Block(_) | Child::Pat(_) => None,
            });
        });
        match (fate?, stmt) {
            (Fate::Whole | Fate::Lent, Stmt::Local(local)) => Some(match &local.pat {
                Pat::Type(_) => Fate::Told,
                pattern if self.is_bound_for_later(pattern, rest) => Fate::Later,
                _ => Fate::Ended,
            }),
            (Fate::Whole | Fate::Lent, Stmt::Expr(_, None)) => Some(Fate::Later),
            (Fate::Whole | Fate::Lent, _) => Some(Fate::Ended),
            (fate, _) => Some(fate),
        }
    }

    fn fate(&self, expr: &'a Expr) -> Option<Fate> {
        if is_operand(expr, self.operand) {
            return Some(Fate::Whole);
        }
        if let Expr::Macro(call) = expr {
            return self.fate_in_macro(&call.mac);
        }
        children_of(expr).find_map(|part| self.fate(part).map(|fate| self.around(expr, part, fate)))
    }

    fn fate_in_macro(&self, mac: &'a Macro) -> Option<Fate> {
        let fate = arguments(self.macros, mac).find_map(|argument| self.fate(argument))?;
        Some(match (fate, MacroKind::of(mac)) {
            (Fate::Whole | Fate::Lent, kind)
                if kind.suspends() && self.kind != QuestionKind::FallibleFuture =>
            {
                Fate::Told
            }
            (Fate::Whole | Fate::Lent, kind) if kind.borrows() => Fate::Ended,
            (Fate::Whole | Fate::Lent, _) => Fate::Later,
            (fate, _) => fate,
        })
    }

    /// What becomes of the value of `part`, directly inside of `expr`.
    fn around(&self, expr: &'a Expr, part: &'a Expr, fate: Fate) -> Fate {
        match (fate, expr) {
            (Fate::Told | Fate::Ended | Fate::Later, _) => fate,
            (Fate::Whole | Fate::Lent, Expr::Match(e)) if ptr::eq(&raw const *e.expr, part) => {
                let is_later =
                    e.arms.iter().any(|arm| self.is_bound_for_later(&arm.pat, Within::Expr(&arm.body)));
                if is_later { Fate::Later } else { Fate::Ended }
            }
            (Fate::Whole | Fate::Lent, Expr::Match(_) | Expr::Let(_)) => Fate::Whole,
            (Fate::Whole | Fate::Lent, Expr::If(e)) if ptr::eq(&raw const *e.cond, part) => {
                self.head(&e.cond, Within::Block(&e.then_branch))
            }
            (Fate::Whole | Fate::Lent, Expr::While(e)) => self.head(&e.cond, Within::Block(&e.body)),
            (Fate::Whole, Expr::Call(call)) if polls(call) => match self.kind {
                QuestionKind::FallibleFuture => Fate::Whole,
                _ => Fate::Told,
            },
            // Its output is what is asked about.
            (Fate::Whole, Expr::Await(_)) if self.kind == QuestionKind::FallibleFuture => Fate::Whole,
            // It is a `Result` or an `Option`, and that is all that matters.
            (Fate::Whole, Expr::Try(_)) if !self.kind.looks_inside() => Fate::Told,
            (Fate::Whole, Expr::MethodCall(call)) if self.is_unwrapped(call) => Fate::Told,
            (Fate::Whole, _) => self.after(used(expr, part)),
            (Fate::Lent, _) => self.after(used_borrowed(expr, part)),
        }
    }

    fn is_unwrapped(&self, call: &ExprMethodCall) -> bool {
        !self.kind.looks_inside() && UNWRAPPERS.iter().any(|name| call.method == name)
    }

    const fn after(&self, found: Use) -> Fate {
        match found {
            Use::Tells => Fate::Told,
            Use::Leaves => Fate::Ended,
            Use::Passes => Fate::Whole,
            Use::Lends if self.kind.is_guard() => Fate::Told,
            Use::Lends => Fate::Lent,
            Use::Takes => Fate::Later,
        }
    }

    fn head(&self, condition: &'a Expr, region: Within<'a>) -> Fate {
        match condition {
            Expr::Let(head) if self.is_bound_for_later(&head.pat, region) => Fate::Later,
            _ => Fate::Ended,
        }
    }

    fn is_bound_for_later(&self, pattern: &Pat, region: Within<'a>) -> bool {
        let mut is_later = false;
        bound_names(pattern, &mut |name| is_later |= Uses::of(self.macros, name, region).escape());
        is_later
    }
}

fn polls(call: &ExprCall) -> bool {
    called_name(&call.func).is_some_and(|name| POLLERS.contains(&name.as_str()))
}
