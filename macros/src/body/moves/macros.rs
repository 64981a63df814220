//! Macro calls.

use proc_macro2::{TokenStream, TokenTree};
use steadfast_rules::syntax::macros::{MacroKind, Part, Position, parts};
use steadfast_rules::syntax::plain_name;
use syn::{Expr, ExprLit, Lit, Macro};

use super::{Place, Walker};

impl Walker {
    pub(super) fn macro_call(&mut self, mac: &Macro) {
        let formats = MacroKind::of(mac).formats();
        for part in parts(mac) {
            match part {
                Part::Expr(expr, position) => match &*expr {
                    Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if formats => {
                        self.captured_text(&text.token().to_string());
                    }
                    expr => self.expr(expr, position),
                },
                Part::Branch(branch) => {
                    branch.future.iter().for_each(|future| self.expr(future, Position::Value));
                    self.branch(branch.pattern.as_ref(), branch.guard.as_ref(), branch.handler.as_ref());
                }
                Part::Statements(statements) => self.statements(&statements),
                Part::Generator(statements) => {
                    let mark = self.scope.enter();
                    self.captured(true, |walker| walker.statements(&statements));
                    self.scope.leave(&mark);
                }
                Part::Opaque => self.opaque(mac.tokens.clone()),
            }
        }
    }

    /// A format string only borrows what it names, which matters inside of a `move` block alone.
    fn captured_text(&mut self, text: &str) {
        if self.capturing {
            // What is left after `{{` cannot be taken for the start of a hole.
            for name in inline_captures(&text.replace("{{", "")) {
                self.mention(name);
            }
        }
    }

    /// Tokens of unknown meaning move nothing, but a `move` block that mentions a name owns it whatever they
    /// mean.
    fn opaque(&mut self, tokens: TokenStream) {
        if !self.capturing {
            return;
        }
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.opaque(group.stream()),
                TokenTree::Literal(text) => self.captured_text(&text.to_string()),
                TokenTree::Ident(ident) if is_variable(&tokens, index) => {
                    self.mention(&plain_name(ident));
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }

    fn mention(&mut self, name: &str) {
        if let Some(candidate) = self.scope.resolve_name(name) {
            self.record(&Place { candidate, whole: true });
        }
    }
}

/// Whether the identifier at `index` can be a variable, and is no field, path segment, field name or
/// lifetime.
fn is_variable(tokens: &[TokenTree], index: usize) -> bool {
    let sign = |index: Option<usize>| match index.and_then(|index| tokens.get(index)) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    };
    let before = sign(index.checked_sub(1));
    let second_before = sign(index.checked_sub(2));
    let is_field = before == Some('.') && second_before != Some('.');
    let is_segment = before == Some(':') && second_before == Some(':');
    let is_name_or_root = sign(index.checked_add(1)) == Some(':');
    !(is_field || is_segment || is_name_or_root || before == Some('\''))
}

/// The names in a format string, such as `user` and `width` in `"{user:>width$} {{x}} {0}"`.
fn inline_captures(text: &str) -> impl Iterator<Item = &str> {
    let holes = text.split('{').skip(1).filter_map(|after| after.split_once('}').map(|(hole, _)| hole));
    holes.flat_map(|hole| {
        let (name, spec) = hole.split_once(':').unwrap_or((hole, ""));
        let counts = spec.split_inclusive('$').filter_map(|piece| piece.strip_suffix('$'));
        let counts =
            counts.map(|piece| piece.rsplit(|c: char| c != '_' && !c.is_alphanumeric()).next().unwrap_or(""));
        std::iter::once(name.trim()).chain(counts)
    })
}
