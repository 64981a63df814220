//! Loops, labelled blocks, and the jumps to their ends and beginnings.

use syn::{Block, Expr};

use super::flow::Flow;
use super::state::{State, Target};

impl<'a> Flow<'a> {
    pub(super) fn labelled(&mut self, label: Option<&'a syn::Label>, block: &'a Block) {
        if label.is_none() {
            return self.statements(&block.stmts);
        }
        self.targets.push(Target::new(label, false));
        self.statements(&block.stmts);
        if let Some(target) = self.targets.pop() {
            self.state = self.state.max(target.at_break);
        }
    }

    pub(super) fn jump(&mut self, label: Option<&syn::Lifetime>, meet: impl FnOnce(&mut Target, State)) {
        let state = std::mem::replace(&mut self.state, State::Unreachable);
        if let Some(target) = self.targets.iter_mut().rev().find(|target| target.is_meant_by(label)) {
            meet(target, state);
        }
    }

    /// Rounds until a further one brings nothing new; a value can be born again, so one is not always enough.
    pub(super) fn looped(&mut self, expr: &'a Expr) {
        if let Expr::ForLoop(e) = expr {
            self.value(&e.expr);
        }
        let mut entry = self.state;
        loop {
            self.state = entry;
            let (exit, back) = self.round(expr);
            self.state = exit;
            if back <= entry {
                return;
            }
            entry = back;
        }
    }

    /// One round of a loop: what leaves it, and what comes back to its beginning.
    fn round(&mut self, expr: &'a Expr) -> (State, State) {
        let label = match expr {
            Expr::Loop(e) => e.label.as_ref(),
            Expr::While(e) => e.label.as_ref(),
            Expr::ForLoop(e) => e.label.as_ref(),
            _ => None,
        };
        self.targets.push(Target::new(label, true));
        let mut exit = State::Unreachable;
        self.scoped(|flow| match expr {
            Expr::Loop(e) => flow.statements(&e.body.stmts),
            Expr::While(e) => {
                flow.value(&e.cond);
                if !is_true(&e.cond) {
                    exit = flow.state;
                }
                flow.statements(&e.body.stmts);
            }
            Expr::ForLoop(e) => {
                exit = flow.state;
                flow.bind(&e.pat);
                flow.statements(&e.body.stmts);
            }
            _ => {}
        });
        let Some(target) = self.targets.pop() else { return (exit, self.state) };
        let back = self.state.max(target.at_continue);
        if matches!(expr, Expr::ForLoop(_)) {
            exit = exit.max(back);
        }
        (exit.max(target.at_break), back)
    }
}

fn is_true(cond: &Expr) -> bool {
    matches!(cond, Expr::Lit(lit) if matches!(&lit.lit, syn::Lit::Bool(value) if value.value))
}
