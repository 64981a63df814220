//! The search for an awaited call.

use proc_macro2::{Ident, Span};
use steadfast_rules::syntax::macros::{Part, parts};
use syn::{Block, Expr, ExprCall, ExprMethodCall, ExprPath, Path, Stmt};

use crate::body::operands::operands;
use crate::body::sole_ident;
use steadfast_rules::syntax::{patterns, peel, plain_name};

/// The form of a call that is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Callee {
    /// `name(..)`
    Free,
    /// `name(..)` in a box
    FreeBoxed,
    /// `self.name(..)` and `Self::name(..)`
    Associated,
}

pub(super) struct Finder {
    name: String,
    callee: Callee,
    found: Option<Span>,
}

impl Finder {
    pub(super) fn new(name: String, callee: Callee) -> Self {
        Self { name, callee, found: None }
    }

    pub(super) fn search(mut self, statements: &[Stmt]) -> Option<Span> {
        self.statements(statements);
        self.found
    }

    fn statements(&mut self, statements: &[Stmt]) {
        for statement in statements {
            match statement {
                Stmt::Local(local) => {
                    if let Some(init) = &local.init {
                        self.expr(&init.expr);
                        self.optional(init.diverge.as_ref().map(|(_, diverging)| &**diverging));
                    }
                }
                Stmt::Expr(expr, _) => self.expr(expr),
                Stmt::Macro(call) => self.parts(parts(&call.mac)),
                Stmt::Item(_) => {}
            }
        }
    }

    fn block(&mut self, block: &Block) {
        self.statements(&block.stmts);
    }

    fn optional(&mut self, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    fn expr(&mut self, expr: &Expr) {
        if self.found.is_some() {
            return;
        }
        match expr {
            Expr::Await(awaited) => {
                self.found = self.awaited(&awaited.base);
                if self.found.is_none() {
                    self.expr(&awaited.base);
                }
            }
            Expr::Block(block) => self.block(&block.block),
            Expr::Unsafe(block) => self.block(&block.block),
            Expr::TryBlock(block) => self.block(&block.block),
            Expr::Loop(looped) => self.block(&looped.body),
            Expr::If(conditional) => {
                self.expr(&conditional.cond);
                self.block(&conditional.then_branch);
                self.optional(conditional.else_branch.as_ref().map(|(_, otherwise)| &**otherwise));
            }
            Expr::While(looped) => {
                self.expr(&looped.cond);
                self.block(&looped.body);
            }
            Expr::ForLoop(looped) => {
                self.expr(&looped.expr);
                self.block(&looped.body);
            }
            Expr::Match(matching) => {
                self.expr(&matching.expr);
                for arm in &matching.arms {
                    self.optional(patterns::guard(&arm.pat));
                    self.expr(&arm.body);
                }
            }
            Expr::Let(condition) => self.expr(&condition.expr),
            Expr::Macro(call) => self.parts(parts(&call.mac)),
            // They may never run, or run when the permit is back.
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => {}
            _ => operands(expr, &mut |operand, _| self.expr(operand)),
        }
    }

    fn parts(&mut self, parts: Vec<Part>) {
        for part in parts {
            match part {
                Part::Expr(expr, _) => self.expr(&expr),
                Part::Branch(branch) => {
                    self.optional(branch.future.as_ref());
                    self.optional(branch.guard.as_ref());
                    self.optional(branch.handler.as_ref());
                }
                Part::Statements(statements) => self.statements(&statements),
                Part::Generator(_) | Part::Opaque => {}
            }
        }
    }

    /// The name in an awaited expression that is a call of the function, boxed or not.
    fn awaited(&self, future: &Expr) -> Option<Span> {
        if let Some(boxed) = boxed(future) {
            return self.call(boxed);
        }
        if self.callee == Callee::FreeBoxed { None } else { self.call(future) }
    }

    fn call(&self, expr: &Expr) -> Option<Span> {
        match (peel(expr), self.callee) {
            (Expr::Call(call), Callee::Free | Callee::FreeBoxed) => self.free_call(call),
            (Expr::Call(call), Callee::Associated) => self.associated_call(call),
            (Expr::MethodCall(call), Callee::Associated) => self.method_call(call),
            _ => None,
        }
    }

    fn free_call(&self, call: &ExprCall) -> Option<Span> {
        let path = plain_path(&call.func)?;
        match segments(path).as_slice() {
            // `::name` is a crate.
            [name] if path.leading_colon.is_none() => self.span_of(name),
            _ => None,
        }
    }

    fn associated_call(&self, call: &ExprCall) -> Option<Span> {
        let path = plain_path(&call.func)?;
        match segments(path).as_slice() {
            [owner, name] if *owner == "Self" => self.span_of(name),
            _ => None,
        }
    }

    fn method_call(&self, call: &ExprMethodCall) -> Option<Span> {
        match peel(&call.receiver) {
            Expr::Path(receiver) if sole_ident(receiver)? == "self" => self.span_of(&call.method),
            _ => None,
        }
    }

    fn span_of(&self, name: &Ident) -> Option<Span> {
        (plain_name(name) == self.name).then(|| name.span())
    }
}

/// The future in `Box::pin(future)` or `future.boxed()`.
fn boxed(expr: &Expr) -> Option<&Expr> {
    match peel(expr) {
        Expr::Call(call) if call.args.len() == 1 => {
            let names: Vec<String> = segments(plain_path(&call.func)?).into_iter().map(plain_name).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let is_box =
                matches!(names.as_slice(), ["Box", "pin"] | ["std" | "alloc", "boxed", "Box", "pin"]);
            call.args.first().filter(|_| is_box)
        }
        Expr::MethodCall(call) if call.args.is_empty() => {
            (call.method == "boxed" || call.method == "boxed_local").then_some(&*call.receiver)
        }
        _ => None,
    }
}

/// The path of an expression that is one, without `<T as Trait>::`.
fn plain_path(expr: &Expr) -> Option<&Path> {
    match peel(expr) {
        Expr::Path(ExprPath { qself: None, path, .. }) => Some(path),
        _ => None,
    }
}

fn segments(path: &Path) -> Vec<&Ident> {
    path.segments.iter().map(|segment| &segment.ident).collect()
}
