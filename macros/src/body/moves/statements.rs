//! Statements and blocks.

use syn::{Attribute, Block, Expr, Local, Pat, Stmt};

use super::{Position, Walker};
use steadfast_rules::syntax::patterns;

impl Walker {
    /// Walks a block in a scope of its own. Its tail is always a value, even where the block itself is only
    /// looked at: `{ x }.len()` moves `x`.
    pub(super) fn block(&mut self, block: &Block) {
        let mark = self.scope.enter();
        self.statements(&block.stmts);
        self.scope.leave(&mark);
    }

    pub(super) fn statements(&mut self, statements: &[Stmt]) {
        for statement in statements {
            match statement {
                Stmt::Local(local) => self.local(local),
                Stmt::Expr(expr, _) => self.expr(expr, Position::Value),
                Stmt::Macro(call) => self.macro_call(&call.mac),
                // An item cannot capture a parameter.
                Stmt::Item(_) => {}
            }
        }
    }

    fn local(&mut self, local: &Local) {
        if let Some(init) = &local.init {
            self.matched(&init.expr, [&local.pat]);
            if let Some((_, diverging)) = &init.diverge {
                self.expr(diverging, Position::Value);
            }
        }
        if !is_conditional(&local.attrs) {
            self.scope.bind(&local.pat);
        }
    }

    /// Walks an expression that is matched against patterns, which move out of it only if one binds by value.
    pub(super) fn matched<'p>(&mut self, expr: &Expr, patterns: impl IntoIterator<Item = &'p Pat>) {
        let mut bound = false;
        let mut looked_at = false;
        for pattern in patterns {
            bound |= patterns::binds_by_value(pattern);
            looked_at |= !ignores_all(pattern);
        }
        // `let _ = x;` does not even capture `x`.
        if !looked_at && self.place(expr).is_some() {
            return;
        }
        self.expr(expr, if bound { Position::Value } else { Position::Place });
    }
}

/// Whether the statement may be configured away, so that a name it declares may not exist.
fn is_conditional(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg"))
}
/// Whether `pattern` is a bare `_`, which does not even look at the value.
fn ignores_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Type(typed) => ignores_all(&typed.pat),
        Pat::Paren(paren) => ignores_all(&paren.pat),
        _ => false,
    }
}
