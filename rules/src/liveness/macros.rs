//! Macro calls.

use syn::Macro;

use super::Suspension;
use super::flow::Flow;
use super::state::State;
use crate::syntax::macros::{Branch, MacroKind, Part, Position, diverges};
use crate::syntax::search::Within;

impl<'a> Flow<'a> {
    pub(super) fn mac(&mut self, mac: &'a Macro) {
        let kind = MacroKind::of(mac);
        let parts = self.macros.parts(mac);
        if kind == MacroKind::Select && !parts.iter().any(|part| matches!(part, Part::Opaque)) {
            return self.select(mac, parts);
        }
        for part in parts {
            match part {
                Part::Expr(expr, _) if kind == MacroKind::Applied => self.captured(false, Within::Expr(expr)),
                Part::Expr(expr, Position::Value) => self.value(expr),
                Part::Expr(expr, _) => self.place(expr),
                Part::Branch(branch) => self.scoped(|flow| {
                    branch.pattern.iter().for_each(|pattern| flow.bind(pattern));
                    branch.guard.iter().for_each(|guard| flow.value(guard));
                }),
                Part::Statements(statements) => statements.iter().for_each(|stmt| self.statement(stmt)),
                Part::Generator(statements) => self.captured(true, Within::Statements(statements)),
                Part::Opaque => self.opaque(&mac.tokens),
            }
        }
        if kind == MacroKind::Polled {
            self.suspend(Suspension::Macro(mac));
        }
        if diverges(mac) {
            self.state = State::Unreachable;
        }
    }

    /// The futures are made, the coroutine waits, and one of the handlers runs.
    fn select(&mut self, mac: &'a Macro, parts: &'a [Part]) {
        let branches = || parts.iter().filter_map(branch);
        for branch in branches() {
            branch.guard.iter().for_each(|guard| self.value(guard));
            branch.future.iter().for_each(|future| self.value(future));
        }
        self.suspend(Suspension::Macro(mac));
        let ready = self.state;
        let mut after = State::Unreachable;
        for branch in branches() {
            self.state = ready;
            self.scoped(|flow| {
                branch.pattern.iter().for_each(|pattern| flow.bind(pattern));
                branch.handler.iter().for_each(|handler| flow.value(handler));
            });
            after = after.max(self.state);
        }
        self.state = after;
    }
}

fn branch(part: &Part) -> Option<&Branch> {
    match part {
        Part::Branch(branch) => Some(branch),
        _ => None,
    }
}
