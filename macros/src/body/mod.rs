//! What a function body does with its parameters, with time and with itself.
//!
//! A macro sees tokens, never types. Each analysis here answers one question from the tokens alone and says
//! in its documentation on which side it errs. All of them are pure, work on [`proc_macro2`] tokens and
//! accept any input: a body that does not parse is rustc's to report, so it yields no finding.

pub(crate) mod awaits;
mod known_macros;
pub(crate) mod moves;
mod operands;
mod patterns;
pub(crate) mod recursion;

pub(crate) use known_macros::is_select;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Block, Expr, ExprPath, Stmt};

/// How deep delimiters may nest in a body that is looked into. Parsing recurses, and each level costs 10 to
/// 20 KiB of stack in an unoptimised build; the deepest of the 50 000 functions of 120 common crates has 18
/// levels by hand.
const MAX_NESTING: usize = 64;

/// The statements between the braces of a body, or nothing if they do not parse.
fn statements(body: &TokenStream) -> Option<Vec<Stmt>> {
    if nests_deeper_than(body, MAX_NESTING) {
        return None;
    }
    Block::parse_within.parse2(body.clone()).ok()
}

fn nests_deeper_than(tokens: &TokenStream, levels: usize) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => levels == 0 || nests_deeper_than(&group.stream(), levels - 1),
        _ => false,
    })
}

/// The name without `r#`: both spellings name the same thing.
fn plain_name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The expression inside parentheses and invisible groups, which change neither its value nor its place.
fn peel(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::Paren(paren) => &paren.expr,
            Expr::Group(group) => &group.expr,
            _ => return expr,
        };
    }
}

/// The identifier of an expression that is a single plain name.
fn sole_ident(path: &ExprPath) -> Option<&Ident> {
    if path.qself.is_some() { None } else { path.path.get_ident() }
}
