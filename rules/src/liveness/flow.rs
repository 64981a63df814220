//! The way of the value through statements and expressions.

use std::ptr;

use syn::{BinOp, Expr, ExprIf, ExprMatch, ExprMethodCall, Local, Pat, Stmt, UnOp};

use super::state::{State, Target};
use super::{Life, Suspension};
use crate::syntax::macros::MacroTable;
use crate::syntax::search::Within;
use crate::syntax::{callee, operands, patterns, peel, plain_name, sole_ident};

/// Methods that take any receiver by value.
const TAKES: [&str; 6] = ["forget", "downgrade", "into_inner", "into_future", "detach", "disarm"];

/// Methods of `Result` and `Option` that take them by value.
const TAKES_APART: [&str; 10] = [
    "unwrap",
    "expect",
    "unwrap_or_else",
    "unwrap_or",
    "ok",
    "map",
    "map_err",
    "and_then",
    "unwrap_unchecked",
    "ok_or_else",
];

pub(super) struct Flow<'a> {
    pub(super) macros: &'a MacroTable,
    /// `None` for a temporary.
    pub(super) name: Option<String>,
    pub(super) is_wrapped: bool,
    pub(super) state: State,
    /// Whether any path moves the value.
    pub(super) moved: bool,
    pub(super) life: Life<'a>,
    /// What patterns have bound since, innermost scope last.
    bound: Vec<String>,
    pub(super) targets: Vec<Target>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(macros: &'a MacroTable, name: Option<String>, is_wrapped: bool) -> Self {
        Self {
            macros,
            name,
            is_wrapped,
            state: State::Alive,
            moved: false,
            life: Life::default(),
            bound: Vec::new(),
            targets: Vec::new(),
        }
    }

    pub(super) fn is_rebound(&self, name: &str) -> bool {
        self.bound.iter().any(|bound| bound == name)
    }

    pub(super) fn bind(&mut self, pattern: &'a Pat) {
        patterns::bound_names(pattern, &mut |name| self.bound.push(plain_name(name)));
    }

    pub(super) fn scoped(&mut self, walk: impl FnOnce(&mut Self)) {
        let before = self.bound.len();
        walk(self);
        self.bound.truncate(before);
    }

    pub(super) fn suspend(&mut self, suspension: Suspension<'a>) {
        if self.state == State::Alive
            && !self.life.suspensions.iter().any(|known| is_same(*known, suspension))
        {
            self.life.suspensions.push(suspension);
        }
    }

    pub(super) fn statements(&mut self, statements: &'a [Stmt]) {
        self.scoped(|flow| statements.iter().for_each(|stmt| flow.statement(stmt)));
    }

    pub(super) fn statement(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Local(local) => self.local(local),
            // `g;` moves the value, and drops it.
            Stmt::Expr(expr, _) => self.value(expr),
            Stmt::Macro(call) => self.mac(&call.mac),
            Stmt::Item(_) => {}
        }
    }

    fn local(&mut self, local: &'a Local) {
        if let Some(init) = &local.init {
            self.matched(&init.expr, [&local.pat]);
            if let Some((_, diverge)) = &init.diverge {
                let after = self.state;
                self.value(diverge);
                self.state = after;
            }
        }
        self.bind(&local.pat);
    }

    /// An expression that patterns look at. The variable itself is moved only if a pattern takes the value.
    fn matched(&mut self, expr: &'a Expr, patterns: impl IntoIterator<Item = &'a Pat>) {
        if !self.is_owner(expr) {
            return self.place_or_value(expr);
        }
        if patterns.into_iter().any(takes) {
            self.end();
        }
    }

    /// An expression whose value is looked at where it stands, if it has a place.
    fn place_or_value(&mut self, expr: &'a Expr) {
        match peel(expr) {
            Expr::Field(_) | Expr::Index(_) | Expr::Unary(_) => self.place(expr),
            _ => self.value(expr),
        }
    }

    /// An expression that is only looked at, borrowed or assigned to.
    pub(super) fn place(&mut self, expr: &'a Expr) {
        if !self.is_owner(expr) {
            self.value(expr);
        }
    }

    /// An expression whose value is taken.
    pub(super) fn value(&mut self, expr: &'a Expr) {
        if self.is_owner(expr) {
            return self.end();
        }
        match peel(expr) {
            Expr::Reference(e) => self.place(&e.expr),
            Expr::RawAddr(e) => self.place(&e.expr),
            Expr::Field(e) => self.place(&e.base),
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => self.place(&e.expr),
            Expr::Index(e) => {
                self.place(&e.expr);
                self.value(&e.index);
            }
            Expr::Call(call) => {
                let is_drop = callee(&call.func)
                    .and_then(|path| path.segments.last())
                    .is_some_and(|last| last.ident == "drop");
                self.life.dropped |=
                    is_drop && call.args.first().is_some_and(|argument| self.is_owner(argument));
                operands(peel(expr), &mut |operand| self.value(operand));
                if never_returns(&call.func) {
                    self.state = State::Unreachable;
                }
            }
            Expr::MethodCall(call) => self.method(call),
            Expr::Await(e) => {
                self.value(&e.base);
                self.suspend(Suspension::Await(e));
            }
            Expr::Yield(e) => {
                e.expr.iter().for_each(|expr| self.value(expr));
                self.suspend(Suspension::Yield(e));
            }
            Expr::Async(e) => self.captured(e.capture.is_some(), Within::Block(&e.block)),
            Expr::Closure(e) => self.captured(e.capture.is_some(), Within::Expr(&e.body)),
            Expr::Macro(e) => self.mac(&e.mac),
            Expr::Verbatim(tokens) => self.opaque(tokens),
            Expr::Const(_) => {}
            other => self.control(other),
        }
    }

    fn method(&mut self, call: &'a ExprMethodCall) {
        let name = plain_name(&call.method);
        let takes = TAKES.contains(&name.as_str()) || self.is_wrapped && TAKES_APART.contains(&name.as_str());
        if takes {
            self.value(&call.receiver);
        } else {
            self.place(&call.receiver);
        }
        call.args.iter().for_each(|argument| self.value(argument));
        let is_stale = root(&call.receiver).is_some_and(|root| self.is_rebound(&root));
        let is_known = || self.life.calls.iter().any(|known| ptr::eq(*known, call));
        if self.state == State::Alive && !is_stale && !is_known() {
            self.life.calls.push(call);
        }
    }

    fn control(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Binary(e) => self.binary(&e.left, &e.op, &e.right),
            Expr::Assign(e) => self.assign(&e.left, &e.right),
            Expr::Let(e) => {
                self.matched(&e.expr, [&*e.pat]);
                self.bind(&e.pat);
            }
            Expr::If(e) => self.branch(e),
            Expr::Match(e) => self.arms(e),
            Expr::Block(e) => self.labelled(e.label.as_ref(), &e.block),
            Expr::Unsafe(e) => self.statements(&e.block.stmts),
            Expr::TryBlock(e) => self.statements(&e.block.stmts),
            Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => self.looped(expr),
            Expr::Break(e) => {
                e.expr.iter().for_each(|value| self.value(value));
                self.jump(e.label.as_ref(), |target, state| target.at_break = target.at_break.max(state));
            }
            Expr::Continue(e) => {
                self.jump(e.label.as_ref(), |target, state| {
                    target.at_continue = target.at_continue.max(state);
                });
            }
            Expr::Return(e) => {
                e.expr.iter().for_each(|value| self.value(value));
                self.state = State::Unreachable;
            }
            _ => operands(expr, &mut |operand| self.value(operand)),
        }
    }

    fn branch(&mut self, branch: &'a ExprIf) {
        let mut otherwise = State::Unreachable;
        self.scoped(|flow| {
            flow.value(&branch.cond);
            otherwise = flow.state;
            flow.statements(&branch.then_branch.stmts);
        });
        let then = std::mem::replace(&mut self.state, otherwise);
        branch.else_branch.iter().for_each(|(_, other)| self.value(other));
        self.state = self.state.max(then);
    }

    fn arms(&mut self, matched: &'a ExprMatch) {
        let is_owner = self.is_owner(&matched.expr);
        if !is_owner {
            self.place_or_value(&matched.expr);
        }
        let (before, mut after) = (self.state, State::Unreachable);
        for arm in &matched.arms {
            let pattern = patterns::unguarded(&arm.pat);
            self.state = before;
            self.scoped(|flow| {
                if is_owner && takes(pattern) {
                    flow.end();
                }
                flow.bind(pattern);
                if let Some(guard) = patterns::guard(&arm.pat) {
                    flow.value(guard);
                }
                flow.value(&arm.body);
            });
            after = after.max(self.state);
        }
        self.state = after;
    }

    fn binary(&mut self, left: &'a Expr, op: &BinOp, right: &'a Expr) {
        match op {
            BinOp::And(_) | BinOp::Or(_) => {
                self.value(left);
                let short = self.state;
                self.value(right);
                self.state = self.state.max(short);
            }
            // Comparisons borrow, and so does the left side of `+=`.
            _ => {
                self.place(left);
                self.place(right);
            }
        }
    }

    fn assign(&mut self, left: &'a Expr, right: &'a Expr) {
        if matches!(left, Expr::Infer(_)) {
            return self.place(right);
        }
        self.value(right);
        if !self.is_owner(left) {
            self.place(left);
        } else if self.state > State::Unreachable {
            // The old value is dropped, and a new one of its type begins.
            self.state = State::Alive;
        }
    }
}

/// Whether a pattern moves out of the place that it is matched against.
fn takes(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(binding) if binding.by_ref.is_some() => false,
        Pat::Type(typed) => takes(&typed.pat),
        Pat::Paren(paren) => takes(&paren.pat),
        Pat::Or(alternatives) => alternatives.cases.iter().any(takes),
        Pat::Tuple(tuple) => tuple.elems.iter().any(takes),
        Pat::TupleStruct(tuple) => tuple.elems.iter().any(takes),
        Pat::Struct(fields) => fields.fields.iter().any(|field| takes(&field.pat)),
        _ => {
            let mut takes = false;
            patterns::bound_names(pattern, &mut |_| takes = true);
            takes
        }
    }
}

fn is_same(one: Suspension<'_>, other: Suspension<'_>) -> bool {
    match (one, other) {
        (Suspension::Await(one), Suspension::Await(other)) => ptr::eq(one, other),
        (Suspension::Yield(one), Suspension::Yield(other)) => ptr::eq(one, other),
        (Suspension::Macro(one), Suspension::Macro(other)) => ptr::eq(one, other),
        _ => false,
    }
}

/// `process::exit` and `process::abort`.
fn never_returns(function: &Expr) -> bool {
    let Some(path) = callee(function) else { return false };
    let names: Vec<String> =
        path.segments.iter().rev().take(2).map(|segment| plain_name(&segment.ident)).collect();
    matches!(names.as_slice(), [last, parent] if parent == "process" && (last == "exit" || last == "abort"))
}

/// The variable at the beginning of a chain of fields and methods.
fn root(expr: &Expr) -> Option<String> {
    match peel(expr) {
        Expr::Field(field) => root(&field.base),
        Expr::MethodCall(call) => root(&call.receiver),
        Expr::Await(awaited) => root(&awaited.base),
        Expr::Try(tried) => root(&tried.expr),
        Expr::Reference(reference) => root(&reference.expr),
        other => sole_ident(other).map(plain_name),
    }
}
