//! Expressions.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Arm, Attribute, Block, Expr, ExprAsync, ExprClosure, Macro};

use super::closures::Role;
use super::context::{Context, Kind};
use super::hooks::{Call, Loop};
use super::outside::{Branches, is_arm_outside};
use super::position::{Captures, Parent};
use super::select::Select;
use super::{Body, Walker};
use crate::names::Holds;
use crate::syntax::attributes::conditions;
use crate::syntax::macros::{Branch, MacroKind, Part};
use crate::syntax::{attributes, callee, operands, patterns};

impl<'a> Walker<'a> {
    pub(super) fn expr(&mut self, expr: &'a Expr) {
        self.compiled_under(attributes::of_expr(expr), |walker| {
            walker.show(expr);
            walker.cx.parents.push(Parent::Expr(expr));
            walker.descend(expr);
            walker.cx.parents.pop();
        });
    }

    /// Walks what is compiled only if these attributes say so.
    pub(super) fn compiled_under(&mut self, attributes: &'a [Attribute], walk: impl FnOnce(&mut Self)) {
        if attributes.is_empty() {
            return walk(self);
        }
        let outer = self.cx.cfgs.len();
        // Those of a statement are those of its expression as well.
        let is_known = |cfg: &&Attribute| self.cx.cfgs.iter().any(|known| std::ptr::eq(*known, *cfg));
        let cfgs: Vec<&Attribute> = conditions(attributes).filter(|cfg| !is_known(cfg)).collect();
        self.cx.cfgs.extend(cfgs);
        self.in_cfg(attributes, walk);
        self.cx.cfgs.truncate(outer);
    }

    fn show(&mut self, expr: &'a Expr) {
        self.hooks.expression(&mut self.cx, expr);
        match expr {
            Expr::Call(call) => {
                if let Some(path) = callee(&call.func) {
                    let call = Call::new(call, path);
                    self.note_spawn(&call);
                    self.hooks.call(&mut self.cx, &call);
                }
            }
            Expr::MethodCall(call) => self.hooks.method(&mut self.cx, call),
            _ => {
                if let Some(looped) = Loop::of(expr) {
                    self.hooks.looped(&mut self.cx, &looped);
                }
            }
        }
    }

    /// With its first task or loop, the main function begins to serve.
    fn note_spawn(&mut self, call: &Call<'a>) {
        if self.cx.context.startup && call.target(&self.cx).known() == Some("tokio::spawn") {
            self.cx.context.startup = false;
        }
    }

    fn descend(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Async(e) => self.coroutine(e),
            Expr::Closure(e) => self.closure(e),
            Expr::Const(e) => self.with(Context { kind: Kind::Sync, ..self.cx.context }, |walker| {
                walker.block(&e.block);
            }),
            Expr::Block(e) => self.block(&e.block),
            Expr::Unsafe(e) => self.block(&e.block),
            Expr::TryBlock(e) => self.block(&e.block),
            Expr::Loop(e) => self.loop_body(&e.body),
            Expr::While(e) => self.scoped(|walker| {
                walker.expr(&e.cond);
                walker.loop_body(&e.body);
            }),
            Expr::ForLoop(e) => {
                self.expr(&e.expr);
                self.scoped(|walker| {
                    walker.cx.names.bind(&e.pat, None);
                    walker.loop_body(&e.body);
                });
            }
            Expr::If(e) => {
                let outside = Branches::of(&e.cond);
                self.scoped(|walker| {
                    walker.expr(&e.cond);
                    walker.outside_if(outside.then, |walker| walker.block(&e.then_branch));
                });
                if let Some((_, other)) = &e.else_branch {
                    self.outside_if(outside.otherwise, |walker| walker.expr(other));
                }
            }
            Expr::Let(e) => {
                self.expr(&e.expr);
                self.cx.names.bind(&e.pat, Some(&e.expr));
            }
            Expr::Match(e) => {
                self.expr(&e.expr);
                for arm in &e.arms {
                    self.compiled_under(&arm.attrs, |walker| walker.arm(arm, &e.expr));
                }
            }
            Expr::Macro(e) => self.mac(&e.mac),
            Expr::Struct(e) => {
                for field in &e.fields {
                    self.compiled_under(&field.attrs, |walker| walker.expr(&field.expr));
                }
                e.rest.iter().for_each(|rest| self.expr(rest));
            }
            _ => operands(expr, &mut |operand| self.expr(operand)),
        }
    }

    fn arm(&mut self, arm: &'a Arm, matched: &'a Expr) {
        self.scoped(|walker| {
            walker.cx.names.bind(patterns::unguarded(&arm.pat), Some(matched));
            if let Some(guard) = patterns::guard(&arm.pat) {
                walker.expr(guard);
            }
            walker.outside_if(is_arm_outside(matched, &arm.pat), |walker| walker.expr(&arm.body));
        });
    }

    fn loop_body(&mut self, body: &'a Block) {
        let context = Context { startup: false, ..self.cx.context };
        let outer = std::mem::replace(&mut self.cx.context, context);
        self.block(body);
        self.cx.context = Context { startup: false, ..outer };
    }

    /// An `async` block.
    fn coroutine(&mut self, coroutine: &'a ExprAsync) {
        let block = &coroutine.block;
        let is_driven_here = self.cx.context.kind == Kind::Sync && self.is_argument_of_block_on();
        let context = Context {
            kind: self.cx.coroutine_kind(),
            startup: self.cx.context.startup || is_driven_here,
            in_poll: false,
            ..self.cx.context
        };
        let mark = self.cx.names.scope.mark();
        self.in_coroutine(context, Body::Block(block), |walker| {
            walker.cx.captures =
                if coroutine.capture.is_some() { Captures::Values } else { Captures::Uses(mark) };
            walker.block(block);
        });
    }

    fn is_argument_of_block_on(&self) -> bool {
        let enclosing = self.cx.parents.iter().rev().skip(1).find_map(|parent| match parent {
            Parent::Expr(Expr::Paren(_) | Expr::Group(_)) => None,
            other => Some(*other),
        });
        match enclosing {
            Some(Parent::Expr(Expr::MethodCall(call))) => call.method == "block_on",
            Some(Parent::Expr(Expr::Call(call))) => callee(&call.func)
                .and_then(|path| path.segments.last())
                .is_some_and(|last| last.ident == "block_on"),
            _ => false,
        }
    }

    fn closure(&mut self, closure: &'a ExprClosure) {
        // The closure itself is on top of the parents by now.
        let own = self.cx.parents.pop();
        let role = self.role(closure);
        self.cx.parents.extend(own);
        let walk = |walker: &mut Self| {
            walker.scoped(|walker| {
                // What calls the closure tells their types, and may do so later.
                for input in &closure.inputs {
                    walker.cx.names.bind_holding(input, None, Holds::Itself);
                }
                walker.expr(&closure.body);
            });
        };
        let outer = self.cx.context;
        if closure.asyncness.is_some() {
            let body = match &*closure.body {
                Expr::Block(body) => Body::Block(&body.block),
                _ => Body::Other,
            };
            return self.in_coroutine(
                Context { kind: self.cx.coroutine_kind(), in_poll: false, ..outer },
                body,
                |walker| {
                    walker.cx.captures = Captures::Lent(walker.cx.names.scope.mark());
                    walk(walker);
                },
            );
        }
        let context = match role {
            // What a synchronous function calls in place is as synchronous as it is itself.
            Role::Inline if outer.kind == Kind::Sync && !outer.in_poll => outer,
            Role::Inline => Context { kind: Kind::Inline, ..outer },
            Role::Offloaded => Context { kind: Kind::Sync, offloaded: true, in_poll: false, ..outer },
            Role::Elsewhere => Context { kind: Kind::Sync, in_poll: false, ..outer },
        };
        let coroutine = self.cx.coroutine.take();
        self.with(context, walk);
        self.cx.coroutine = coroutine;
    }

    pub(super) fn mac(&mut self, mac: &'a Macro) {
        self.hooks.mac(&mut self.cx, mac);
        if let Some(select) = Select::of(&self.cx, mac) {
            self.hooks.select(&mut self.cx, &select);
        }
        let kind = MacroKind::of(mac);
        if kind.borrows() && is_flat(&mac.tokens) {
            return;
        }
        let polls = matches!(kind, MacroKind::Polled | MacroKind::Applied | MacroKind::Select);
        for part in self.cx.macros.parts(mac) {
            match part {
                Part::Expr(expr, _) if polls => self.below_macro(|walker| walker.expr(expr)),
                Part::Expr(expr, _) => self.expr(expr),
                Part::Branch(branch) => self.branch(branch),
                Part::Statements(statements) => self.leaking(statements),
                Part::Generator(statements) => {
                    let context =
                        Context { kind: self.cx.coroutine_kind(), in_poll: false, ..self.cx.context };
                    self.in_coroutine(context, Body::Other, |walker| {
                        walker.scoped(|walker| walker.statements(None, statements));
                    });
                }
                Part::Opaque => {}
            }
        }
    }

    fn branch(&mut self, branch: &'a Branch) {
        if let Some(future) = &branch.future {
            self.below_macro(|walker| walker.expr(future));
        }
        self.scoped(|walker| {
            branch.guard.iter().for_each(|guard| walker.expr(guard));
            if let Some(pattern) = &branch.pattern {
                walker.cx.names.bind(pattern, None);
            }
            branch.handler.iter().for_each(|handler| walker.expr(handler));
        });
    }

    fn below_macro(&mut self, walk: impl FnOnce(&mut Self)) {
        self.cx.parents.push(Parent::Macro);
        walk(self);
        self.cx.parents.pop();
    }

    pub(super) fn scoped(&mut self, walk: impl FnOnce(&mut Self)) {
        let mark = self.cx.names.scope.mark();
        walk(self);
        self.cx.names.scope.leave(mark);
    }

    pub(super) fn with(&mut self, context: Context, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.cx.context, context);
        walk(self);
        self.cx.context = outer;
    }

    pub(super) fn in_coroutine(&mut self, context: Context, body: Body<'a>, walk: impl FnOnce(&mut Self)) {
        let outer = self.cx.coroutine.replace(body);
        let captures = std::mem::take(&mut self.cx.captures);
        self.with(context, walk);
        self.cx.captures = captures;
        self.cx.coroutine = outer;
    }
}

/// Whether there is nothing but names, texts and operators: no call, no block, no await.
fn is_flat(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().all(|token| match token {
        TokenTree::Group(_) => false,
        TokenTree::Ident(name) => name != "await",
        TokenTree::Punct(_) | TokenTree::Literal(_) => true,
    })
}
