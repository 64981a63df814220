//! Blocks and statements.

use syn::{Block, Stmt};

use super::Walker;
use super::hooks::Statement;
use super::outside::is_else_outside;
use super::position::{Parent, Position};
use crate::names::Module;
use crate::syntax::attributes;

impl<'a> Walker<'a> {
    pub(super) fn block(&mut self, block: &'a Block) {
        self.scoped(|walker| walker.statements(Some(block), &block.stmts));
    }

    /// Statements that are not those of a block have none: they stand in the arguments of a macro.
    pub(super) fn statements(&mut self, block: Option<&'a Block>, statements: &'a [Stmt]) {
        let items = Module::of_statements(statements);
        let has_items = items.is_some();
        if let Some(items) = items {
            self.cx.names.enter(items, true);
        }
        for (index, stmt) in statements.iter().enumerate() {
            let mark = self.cx.names.scope.mark();
            let coroutine = self.cx.coroutine;
            self.cx.positions.push(Position { block, statement: index, mark, coroutine });
            self.cx.parents.push(Parent::Statement(stmt));
            let attributes = attributes::of_statement(stmt);
            self.compiled_under(attributes, |walker| {
                walker.below(attributes, |walker| {
                    walker.hooks.statement(&mut walker.cx, &Statement { stmt, all: statements, index });
                    walker.statement(stmt);
                });
            });
            self.cx.parents.pop();
            self.cx.positions.pop();
        }
        if has_items {
            self.cx.names.leave();
        }
    }

    /// `pin! { let name = value; }`: the names go on in the block around the macro, so that rules cannot see all of
    /// their scope.
    pub(super) fn leaking(&mut self, statements: &'a [Stmt]) {
        for stmt in statements {
            self.cx.parents.push(Parent::Macro);
            self.statement(stmt);
            self.cx.parents.pop();
        }
    }

    fn statement(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Local(local) => {
                let init = local.init.as_ref();
                if let Some(init) = init {
                    self.expr(&init.expr);
                    if let Some((_, diverge)) = &init.diverge {
                        self.outside_if(is_else_outside(&init.expr, &local.pat), |walker| {
                            walker.expr(diverge);
                        });
                    }
                }
                self.cx.names.bind(&local.pat, init.map(|init| &*init.expr));
            }
            Stmt::Expr(expr, _) => self.expr(expr),
            Stmt::Macro(call) => self.mac(&call.mac),
            Stmt::Item(item) => self.nested_item(item),
        }
    }
}
