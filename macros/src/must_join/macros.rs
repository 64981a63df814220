//! Macro calls in a body: their arguments are rewritten where they are code.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Block, Expr, Token};

use super::paths;
use super::rewrite::Rewriter;
use steadfast_rules::syntax::macros::is_select;

/// Macros that evaluate nothing of what they are given.
const INERT: [&str; 6] = ["stringify", "concat", "include_str", "include_bytes", "env", "cfg"];

impl Rewriter<'_> {
    /// The arguments of `name!(..)`, rewritten if they are code.
    pub(super) fn arguments(&self, name: &Ident, arguments: TokenStream) -> TokenStream {
        if INERT.iter().any(|inert| name == inert) {
            return arguments;
        }
        self.no_yield(name);
        if is_code(&arguments) {
            return self.block(arguments);
        }
        self.report_opaque(name, &arguments);
        arguments
    }

    fn report_opaque(&self, name: &Ident, tokens: &TokenStream) {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        for at in 0..tokens.len() {
            if let TokenTree::Group(group) = &tokens[at] {
                self.report_opaque(name, &group.stream());
            }
            let before = at.checked_sub(1).map(|before| &tokens[before]);
            let Some(found) = paths::at_start(&tokens[at..], before, self.target.extra) else { continue };
            if found.spawn.is_joined() {
                self.errors.at_span(
                    found.end,
                    format!(
                        "[MJ002] `{}` inside `{name}! {{ .. }}` cannot be checked: the macro's tokens are opaque to `#[must_join]`\nhelp: spawn before the macro and pass the handle in, or write `steadfast::detach(\"why\", ..)`",
                        found.written
                    ),
                );
            }
        }
    }
}

/// Expressions, statements, or the branches of a `select!`.
fn is_code(tokens: &TokenStream) -> bool {
    let expressions = Punctuated::<Expr, Token![,]>::parse_terminated;
    expressions.parse2(tokens.clone()).is_ok()
        || Block::parse_within.parse2(tokens.clone()).is_ok()
        || is_select(tokens)
        // `apply!(policies; future)`
        || behind_semicolon(tokens).is_some_and(|future| syn::parse2::<Expr>(future).is_ok())
}

fn behind_semicolon(tokens: &TokenStream) -> Option<TokenStream> {
    let mut tokens = tokens.clone().into_iter();
    tokens.find(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'))?;
    Some(tokens.collect())
}
