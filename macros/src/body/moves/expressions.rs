//! Expressions.

use syn::{
    Block, Expr, ExprAssign, ExprClosure, ExprForLoop, ExprIf, ExprMatch, ExprMethodCall, ExprWhile, Pat,
};

use super::{Position, Walker, methods};
use crate::body::operands::operands;
use steadfast_rules::syntax::{patterns, peel};

impl Walker {
    pub(super) fn expr(&mut self, expr: &Expr, position: Position) {
        let expr = peel(expr);
        if let Some(place) = self.place(expr) {
            self.use_place(&place, position);
            return;
        }
        match expr {
            Expr::Block(block) => self.block(&block.block),
            Expr::Unsafe(block) => self.block(&block.block),
            Expr::TryBlock(block) => self.block(&block.block),
            Expr::Loop(looped) => self.block(&looped.body),
            Expr::Async(block) => {
                self.captured(block.capture.is_some(), |walker| walker.block(&block.block));
            }
            Expr::Closure(closure) => self.closure(closure),
            Expr::If(conditional) => self.conditional(conditional),
            Expr::While(looped) => self.while_loop(looped),
            Expr::ForLoop(looped) => self.for_loop(looped),
            Expr::Match(matching) => self.match_arms(matching),
            Expr::Let(condition) => {
                self.matched(&condition.expr, [&*condition.pat]);
                self.scope.bind(&condition.pat);
            }
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Assign(assignment) => self.assignment(assignment),
            Expr::Macro(call) => self.macro_call(&call.mac),
            // A const block cannot name a parameter; what syn could not read is not ours to judge.
            Expr::Const(_) | Expr::Verbatim(_) => {}
            _ => operands(expr, &mut |operand, position| self.expr(operand, position)),
        }
    }

    /// Walks code that, if `moving`, takes everything that it mentions.
    pub(super) fn captured(&mut self, moving: bool, walk: impl FnOnce(&mut Self)) {
        let outer = self.capturing;
        self.capturing |= moving;
        walk(self);
        self.capturing = outer;
    }

    fn closure(&mut self, closure: &ExprClosure) {
        let mark = self.scope.enter();
        closure.inputs.iter().for_each(|input| self.scope.bind(input));
        self.captured(closure.capture.is_some(), |walker| walker.expr(&closure.body, Position::Value));
        self.scope.leave(&mark);
    }

    fn conditional(&mut self, conditional: &ExprIf) {
        self.guarded_block(&conditional.cond, &conditional.then_branch);
        if let Some((_, otherwise)) = &conditional.else_branch {
            self.expr(otherwise, Position::Value);
        }
    }

    fn while_loop(&mut self, looped: &ExprWhile) {
        self.guarded_block(&looped.cond, &looped.body);
    }

    /// Walks a condition and the block that sees the names it binds.
    fn guarded_block(&mut self, condition: &Expr, block: &Block) {
        let mark = self.scope.enter();
        self.expr(condition, Position::Place);
        self.block(block);
        self.scope.leave(&mark);
    }

    fn for_loop(&mut self, looped: &ExprForLoop) {
        self.expr(&looped.expr, Position::Value);
        let mark = self.scope.enter();
        self.scope.bind(&looped.pat);
        self.block(&looped.body);
        self.scope.leave(&mark);
    }

    fn match_arms(&mut self, matching: &ExprMatch) {
        self.matched(&matching.expr, matching.arms.iter().map(|arm| &arm.pat));
        for arm in &matching.arms {
            self.branch(Some(&arm.pat), patterns::guard(&arm.pat), Some(&*arm.body));
        }
    }

    /// Walks an arm in the scope of its pattern.
    pub(super) fn branch(&mut self, pattern: Option<&Pat>, guard: Option<&Expr>, body: Option<&Expr>) {
        let mark = self.scope.enter();
        if let Some(pattern) = pattern {
            self.scope.bind(pattern);
        }
        if let Some(guard) = guard {
            self.expr(guard, Position::Place);
        }
        if let Some(body) = body {
            self.expr(body, Position::Value);
        }
        self.scope.leave(&mark);
    }

    fn method_call(&mut self, call: &ExprMethodCall) {
        let consumed = methods::consumes_receiver(&call.method, call.args.len());
        self.expr(&call.receiver, if consumed { Position::Value } else { Position::Place });
        call.args.iter().for_each(|argument| self.expr(argument, Position::Value));
    }

    fn assignment(&mut self, assignment: &ExprAssign) {
        if matches!(peel(&assignment.left), Expr::Infer(_)) && self.place(&assignment.right).is_some() {
            return;
        }
        self.expr(&assignment.right, Position::Value);
        self.assignee(&assignment.left);
    }

    /// Walks the left side of an assignment, where `(a, b)` takes nothing.
    fn assignee(&mut self, assignee: &Expr) {
        match peel(assignee) {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|elem| self.assignee(elem)),
            Expr::Array(array) => array.elems.iter().for_each(|elem| self.assignee(elem)),
            Expr::Call(call) => call.args.iter().for_each(|argument| self.assignee(argument)),
            Expr::Struct(literal) => literal.fields.iter().for_each(|field| self.assignee(&field.expr)),
            other => self.expr(other, Position::Place),
        }
    }
}
