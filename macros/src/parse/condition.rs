//! `on` and `abort`: which errors.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{BinOp, Expr, Pat, Token};

use super::argument::readable;
use super::entries::expression;

pub(crate) enum Condition {
    /// `on = any`
    Any,
    /// `on = path` or `on = |error| ..`
    Predicate(Box<Expr>),
    /// `on(Error::Io(_), Error::Http { status: 500..=599 })`
    Patterns(Vec<Case>),
}

pub(crate) struct Case {
    pattern: Pat,
    guard: Option<Expr>,
}

pub(super) fn value(key: &Ident, input: ParseStream<'_>) -> syn::Result<Condition> {
    let expr = expression(input)?;
    if is_pattern(&expr) {
        let written = readable(&expr.to_token_stream());
        let message =
            format!("`{written}` is a pattern, and patterns go in parentheses: write `{key}({written})`");
        return Err(syn::Error::new_spanned(&expr, message));
    }
    match &expr {
        Expr::Path(path) if path.path.is_ident("any") => Ok(Condition::Any),
        Expr::Path(_)
        | Expr::Closure(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Group(_)
        | Expr::Paren(_) => Ok(Condition::Predicate(Box::new(expr))),
        _ => Err(syn::Error::new_spanned(
            &expr,
            format!(
                "write `any`, a path to a `fn(&Error) -> bool`, or a closure `|error| ..`; patterns go in parentheses: `{key}(Error::Io(_))`"
            ),
        )),
    }
}

/// What matches and cannot be called. No function is named like a variant.
fn is_pattern(expr: &Expr) -> bool {
    match expr {
        Expr::Infer(_) | Expr::Range(_) | Expr::Struct(_) => true,
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.unraw().to_string();
            name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
        }),
        Expr::Call(call) => is_pattern(&call.func) || call.args.iter().any(is_pattern),
        Expr::Binary(binary) => {
            matches!(binary.op, BinOp::BitOr(_)) && (is_pattern(&binary.left) || is_pattern(&binary.right))
        }
        _ => false,
    }
}

pub(super) fn patterns(key: &Ident, input: ParseStream<'_>) -> syn::Result<Condition> {
    if input.is_empty() {
        return Err(syn::Error::new(
            key.span(),
            format!("`{key}()` is empty: name the errors, as in `{key}(Error::Io(_))`"),
        ));
    }
    let mut cases = Vec::new();
    while !input.is_empty() {
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let guard = if input.parse::<Option<Token![if]>>()?.is_some() { Some(input.parse()?) } else { None };
        cases.push(Case { pattern, guard });
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    if let [Case { pattern: Pat::Ident(any), guard: None }] = cases.as_slice() {
        if any.ident == "any" {
            return Ok(Condition::Any);
        }
    }
    Ok(Condition::Patterns(cases))
}

impl Condition {
    /// A `bool` expression over `error`, a reference to the error.
    pub(crate) fn tokens(&self, error: &TokenStream, private: &TokenStream) -> TokenStream {
        match self {
            Self::Any => quote!(true),
            Self::Predicate(predicate) => quote!(#private::holds(#error, #predicate)),
            Self::Patterns(cases) => {
                let cases = cases.iter().map(|Case { pattern, guard }| {
                    let guard = guard.as_ref().map(|guard| quote!(if #guard));
                    quote!(::core::matches!(#error, #pattern #guard))
                });
                quote!(#(#cases)||*)
            }
        }
    }
}
