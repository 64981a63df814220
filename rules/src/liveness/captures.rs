//! What closures and `async` blocks do with the value.

use syn::Expr;

use super::flow::Flow;
use super::state::State;
use crate::syntax::search::{Within, mentions, tokens_mention};

impl<'a> Flow<'a> {
    /// A closure or an `async` block: code that does not run here, but may take the value along.
    pub(super) fn captured(&mut self, by_move: bool, body: Within<'a>) {
        let Some(name) = self.visible_name().map(str::to_owned) else { return };
        if !mentions(self.macros, body, &name) {
            return;
        }
        if by_move || self.is_moved_in(body, &name) {
            self.end();
        }
    }

    /// Tokens that nobody understands: if the value is among them, nothing is known of it any more.
    pub(super) fn opaque(&mut self, tokens: &proc_macro2::TokenStream) {
        let is_mentioned = self.visible_name().is_some_and(|name| tokens_mention(tokens, name));
        if is_mentioned {
            self.end();
        }
    }

    fn is_moved_in(&self, body: Within<'a>, name: &str) -> bool {
        let mut inner = Flow::new(self.macros, Some(name.to_owned()), self.is_wrapped);
        match body {
            Within::Expr(expr) => inner.value(expr),
            Within::Block(block) => inner.statements(&block.stmts),
            Within::Statements(statements) => inner.statements(statements),
        }
        inner.moved
    }

    /// The name of the value, unless something else has the name by now.
    pub(super) fn visible_name(&self) -> Option<&str> {
        self.name.as_deref().filter(|name| !self.is_rebound(name))
    }

    pub(super) fn end(&mut self) {
        self.moved = true;
        self.state = self.state.min(State::Ended);
    }

    /// Whether the expression is the variable with the value.
    pub(super) fn is_owner(&self, expr: &Expr) -> bool {
        let Some(ident) = crate::syntax::sole_ident(expr) else { return false };
        self.visible_name().is_some_and(|name| ident == name || crate::syntax::plain_name(ident) == name)
    }
}
