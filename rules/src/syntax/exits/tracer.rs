//! Follows the ways through a piece of code.

use syn::{Block, Expr, ExprCall, ExprMatch, Label, Lifetime, Macro, Stmt};

use super::Exits;
use crate::syntax::macros::{self, MacroTable, Part};
use crate::syntax::search::tokens_mention;
use crate::syntax::{Child, callee, children, patterns, plain_name, statement_children};

pub(super) struct Tracer<'a, 'l> {
    macros: &'a MacroTable,
    /// The label of the loop that everything is seen from.
    label: Option<&'l Lifetime>,
    /// Loops and labelled blocks inside of it.
    frames: Vec<Frame<'a>>,
}

struct Frame<'a> {
    label: Option<&'a Lifetime>,
    is_loop: bool,
    /// Whether a `break` goes to its end.
    broken: bool,
}

impl<'a, 'l> Tracer<'a, 'l> {
    pub(super) fn new(macros: &'a MacroTable, label: Option<&'l Label>) -> Self {
        Self { macros, label: label.map(|label| &label.name), frames: Vec::new() }
    }

    pub(super) fn statements(&mut self, statements: &'a [Stmt]) -> Exits {
        statements.iter().fold(Exits::ON, |before, stmt| {
            if before.falls_through { before.then(self.statement(stmt)) } else { before }
        })
    }

    fn statement(&mut self, stmt: &'a Stmt) -> Exits {
        if let Stmt::Local(local) = stmt {
            let Some(init) = &local.init else { return Exits::ON };
            let value = self.expr(&init.expr);
            return match &init.diverge {
                Some((_, diverge)) => value.then(self.expr(diverge).or(Exits::ON)),
                None => value,
            };
        }
        let mut exits = Exits::ON;
        statement_children(stmt, &mut |child| exits = exits.then(self.child(child)));
        exits
    }

    fn child(&mut self, child: Child<'a>) -> Exits {
        match child {
            Child::Expr(expr) => self.expr(expr),
            Child::Block(block) => self.block(block),
            Child::Macro(mac) => self.mac(mac),
            Child::Pat(_) => Exits::ON,
        }
    }

    pub(super) fn expr(&mut self, expr: &'a Expr) -> Exits {
        match expr {
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => Exits::ON,
            Expr::Return(e) => self.optional(e.expr.as_deref()).then(Exits::OUT),
            Expr::Break(e) => {
                let value = self.optional(e.expr.as_deref());
                value.then(self.broken(e.label.as_ref()))
            }
            Expr::Continue(e) => self.continued(e.label.as_ref()),
            Expr::Try(e) => self.expr(&e.expr).then(Exits { fails: true, ..Exits::ON }),
            Expr::If(e) => {
                let other = e.else_branch.as_ref().map(|(_, other)| &**other);
                let condition = self.expr(&e.cond);
                let branches = self.block(&e.then_branch).or(self.optional(other));
                condition.then(branches)
            }
            Expr::Match(e) => self.matched(e),
            Expr::Loop(e) => {
                let (body, broken) = self.framed(e.label.as_ref(), true, &e.body);
                Exits { falls_through: broken, continues: body.continues, ..body }
            }
            Expr::While(e) => {
                let condition = self.expr(&e.cond);
                let (body, _) = self.framed(e.label.as_ref(), true, &e.body);
                condition.then(Exits { falls_through: true, ..body })
            }
            Expr::ForLoop(e) => {
                let items = self.expr(&e.expr);
                let (body, _) = self.framed(e.label.as_ref(), true, &e.body);
                items.then(Exits { falls_through: true, ..body })
            }
            Expr::Block(e) if e.label.is_some() => {
                let (body, broken) = self.framed(e.label.as_ref(), false, &e.block);
                Exits { falls_through: body.falls_through || broken, ..body }
            }
            Expr::Call(call) if ends_process(call) => Exits::OUT,
            // `a && b()`: what is on the right need not happen.
            Expr::Binary(e) if matches!(e.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => {
                let left = self.expr(&e.left);
                left.then(self.expr(&e.right).or(Exits::ON))
            }
            Expr::Macro(e) => self.mac(&e.mac),
            _ => {
                let mut exits = Exits::ON;
                children(expr, &mut |child| exits = exits.then(self.child(child)));
                exits
            }
        }
    }

    pub(super) fn block(&mut self, block: &'a Block) -> Exits {
        self.statements(&block.stmts)
    }

    fn optional(&mut self, expr: Option<&'a Expr>) -> Exits {
        expr.map_or(Exits::ON, |expr| self.expr(expr))
    }

    fn matched(&mut self, e: &'a ExprMatch) -> Exits {
        let value = self.expr(&e.expr);
        let arms = e.arms.iter().fold(Exits::NONE, |exits, arm| {
            let guard = self.optional(patterns::guard(&arm.pat));
            exits.or(guard.then(self.expr(&arm.body)))
        });
        value.then(arms)
    }

    /// The ways on from the body of an inner loop or labelled block, and whether a `break` goes to its end.
    fn framed(&mut self, label: Option<&'a Label>, is_loop: bool, body: &'a Block) -> (Exits, bool) {
        self.frames.push(Frame { label: label.map(|label| &label.name), is_loop, broken: false });
        let exits = self.statements(&body.stmts);
        let broken = self.frames.pop().is_some_and(|frame| frame.broken);
        (exits, broken)
    }

    fn broken(&mut self, label: Option<&Lifetime>) -> Exits {
        let target = self.frames.iter_mut().rev().find(|frame| match label {
            Some(label) => frame.label.is_some_and(|name| name.ident == label.ident),
            None => frame.is_loop,
        });
        match target {
            Some(frame) => {
                frame.broken = true;
                Exits::NONE
            }
            None => Exits::OUT,
        }
    }

    fn continued(&self, label: Option<&Lifetime>) -> Exits {
        let Some(label) = label else {
            return if self.frames.iter().any(|frame| frame.is_loop) { Exits::NONE } else { Exits::ROUND };
        };
        if self.frames.iter().any(|frame| frame.label.is_some_and(|name| name.ident == label.ident)) {
            Exits::NONE
        } else if self.label.is_some_and(|name| name.ident == label.ident) {
            Exits::ROUND
        } else {
            Exits::OUT
        }
    }

    fn mac(&mut self, mac: &'a Macro) -> Exits {
        let macros = self.macros;
        let mut branches: Option<Exits> = None;
        let mut exits = Exits::ON;
        for part in macros.parts(mac) {
            match part {
                Part::Expr(expr, _) => exits = exits.then(self.expr(expr)),
                Part::Statements(statements) => exits = exits.then(self.statements(statements)),
                Part::Branch(branch) => {
                    if let Some(handler) = &branch.handler {
                        let handler = self.expr(handler);
                        branches = Some(branches.map_or(handler, |others| others.or(handler)));
                    }
                }
                // What is in there is unknown, but it cannot leave without saying so.
                Part::Opaque if jumps(&mac.tokens) => {
                    exits = exits.or(Exits { leaves: true, continues: true, ..Exits::ON });
                }
                Part::Generator(_) | Part::Opaque => {}
            }
        }
        let exits = branches.map_or(exits, |branches| exits.then(branches));
        if macros::diverges(mac) { exits.then(Exits::OUT) } else { exits }
    }
}

/// `process::exit(..)`, `process::abort()`.
fn ends_process(call: &ExprCall) -> bool {
    let Some(path) = callee(&call.func) else { return false };
    let names: Vec<String> = path.segments.iter().rev().take(2).map(|name| plain_name(&name.ident)).collect();
    matches!(names.as_slice(), [last, module] if module == "process" && (last == "exit" || last == "abort"))
}

fn jumps(tokens: &proc_macro2::TokenStream) -> bool {
    ["return", "break", "continue"].iter().any(|word| tokens_mention(tokens, word))
}
