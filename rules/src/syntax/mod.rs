//! Questions about syntax that need no context: what stands where, what a pattern binds, and what a known macro evaluates.
//!
//! Whoever walks over a function body asks the same ones, so the attributes of `steadfast` ask them here, too.

pub mod attributes;
mod children;
pub mod exits;
pub mod macros;
pub mod patterns;
pub(crate) mod search;
pub(crate) mod text;
pub(crate) mod uses;

pub(crate) use children::{Child, children, operands, statement_children};

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Block, Expr, ExprMethodCall, Path, Stmt};

/// The name without `r#`: both spellings name the same thing.
#[must_use]
pub fn plain_name(ident: &Ident) -> String {
    let mut name = ident.to_string();
    if name.starts_with("r#") {
        name.drain(..2);
    }
    name
}

/// The expression inside parentheses and invisible groups, which change neither its value nor its place.
#[must_use]
pub fn peel(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::Paren(paren) => &paren.expr,
            Expr::Group(group) => &group.expr,
            _ => return expr,
        };
    }
}

/// The expression behind `&`, `&mut` and parentheses.
pub(crate) fn peel_references(mut expr: &Expr) -> &Expr {
    loop {
        expr = match peel(expr) {
            Expr::Reference(reference) => &reference.expr,
            other => return other,
        };
    }
}

/// The identifier of an expression that is a single plain name.
pub(crate) fn sole_ident(expr: &Expr) -> Option<&Ident> {
    match peel(expr) {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// The path that is called by `path(..)`.
pub(crate) fn callee(expr: &Expr) -> Option<&Path> {
    match peel(expr) {
        Expr::Path(path) if path.qself.is_none() => Some(&path.path),
        _ => None,
    }
}

/// The last name of what is called by its path.
pub(crate) fn called_name(function: &Expr) -> Option<String> {
    Some(plain_name(&callee(function)?.segments.last()?.ident))
}

/// Whether what is called has the name of `drop`.
pub(crate) fn is_drop(function: &Expr) -> bool {
    callee(function).and_then(|path| path.segments.last()).is_some_and(|last| last.ident == "drop")
}

/// Whether what is called is written as the type or variant of a tuple is: `Some(..)`, `Client(..)`.
pub(crate) fn is_constructor(function: &Expr) -> bool {
    called_name(function).is_some_and(|name| name.starts_with(char::is_uppercase))
}

/// The method call at the end of the expression, if it is one.
pub(crate) fn method_call(expr: &Expr) -> Option<&ExprMethodCall> {
    match peel(expr) {
        Expr::MethodCall(call) => Some(call),
        _ => None,
    }
}

/// The expression in front of what takes a `Result` or an `Option` apart: `?`, `.unwrap()`, `.expect(..)` and
/// their kin.
pub(crate) fn peel_result(mut expr: &Expr) -> &Expr {
    loop {
        expr = match peel(expr) {
            Expr::Try(tried) => &tried.expr,
            Expr::MethodCall(call) if UNWRAPPERS.contains(&plain_name(&call.method).as_str()) => {
                &call.receiver
            }
            other => return other,
        };
    }
}

/// Methods that turn a `Result` or `Option` into its payload, or into the same with another error.
pub(crate) const UNWRAPPERS: [&str; 8] = [
    "unwrap",
    "expect",
    "unwrap_or_else",
    "unwrap_unchecked",
    "map_err",
    "context",
    "with_context",
    "ok_or_else",
];

/// More methods that give what is in a `Result` or `Option`, whatever it is, or the same with something else in it.
const PASSED_ON: [&str; 21] = [
    "ok",
    "err",
    "unwrap_or",
    "unwrap_or_default",
    "as_ref",
    "as_mut",
    "as_deref",
    "as_deref_mut",
    "take",
    "replace",
    "insert",
    "get_or_insert",
    "get_or_insert_with",
    "map",
    "and_then",
    "or",
    "or_else",
    "ok_or",
    "inspect",
    "cloned",
    "copied",
];

/// Whether a method of this name may give no more than what its receiver, a `Result` or `Option`, has in it.
pub(crate) fn is_passed_on(method: &Ident) -> bool {
    let method = plain_name(method);
    UNWRAPPERS.iter().chain(&PASSED_ON).any(|one| *one == method)
}

/// The statement's expression, whether it ends in `;` or not.
pub(crate) fn statement_expr(stmt: &Stmt) -> Option<&Expr> {
    match stmt {
        Stmt::Expr(expr, _) => Some(peel(expr)),
        _ => None,
    }
}

/// The value of a block: its last expression without `;`.
pub(crate) fn tail(block: &Block) -> Option<&Expr> {
    match block.stmts.last() {
        Some(Stmt::Expr(expr, None)) => Some(peel(expr)),
        _ => None,
    }
}

/// Whether delimiters nest deeper than that. Whoever parses recurses, and each level costs stack.
#[must_use]
pub fn nests_deeper_than(tokens: &TokenStream, levels: usize) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => levels == 0 || nests_deeper_than(&group.stream(), levels - 1),
        _ => false,
    })
}
