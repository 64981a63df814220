//! `on` and `abort`: which errors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::ParseStream;
use syn::{Expr, Pat, Token};

use super::entries::expression;

pub(crate) enum Condition {
    /// `on = any`
    Any,
    /// `on = path` or `on = |error| ..`
    Predicate(Expr),
    /// `on(Error::Io(_), Error::Http { status: 500..=599 })`
    Patterns(Vec<Case>),
}

pub(crate) struct Case {
    pattern: Pat,
    guard: Option<Expr>,
}

pub(super) fn value(input: ParseStream<'_>) -> syn::Result<Condition> {
    let expr = expression(input)?;
    match &expr {
        Expr::Path(path) if path.path.is_ident("any") => Ok(Condition::Any),
        Expr::Path(_)
        | Expr::Closure(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Group(_)
        | Expr::Paren(_) => Ok(Condition::Predicate(expr)),
        _ => Err(syn::Error::new_spanned(
            &expr,
            "write `any`, a path to a `fn(&Error) -> bool`, or a closure `|error| ..`; patterns go in parentheses: `on(Error::Io(_))`",
        )),
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
