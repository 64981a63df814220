//! `apply!(retry(on = any), timeout(attempt = 2s); future)`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Ident, Token, token};

use crate::errors::Errors;
use crate::expand;
use crate::parse::crate_path;
use crate::stack::{KINDS, Stack};
use crate::validate;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let (policies, future) = split(input);
    let Some(future) = future else {
        // Without it, what the policies say of themselves would be guesswork.
        errors.at_span(
            Span::call_site(),
            "`apply!` takes policies, a semicolon and a future: `apply!(timeout(2s); client.get(url))`",
        );
        let errors = errors.into_tokens();
        return quote!({ #errors });
    };
    let mut stack = Stack::default();
    errors.take((|input: ParseStream<'_>| parse_policies(input, &mut stack, &errors)).parse2(policies));
    let future = match parse_future.parse2(future.clone()) {
        Ok(()) => future,
        Err(error) => {
            errors.push(error);
            quote!(::core::future::pending())
        }
    };
    validate::stack(&stack, &errors);
    check_apply(&stack, &errors);
    if errors.is_empty() {
        let expanded = expand::expression(&stack, &future);
        let none = errors.into_tokens();
        return quote!(#none #expanded);
    }
    let errors = errors.into_tokens();
    // Still a future, so that what follows gets no error of its own.
    let awaited = expand::awaited(&future);
    quote_spanned!(Span::mixed_site()=> { #errors async { #awaited } })
}

/// What stands before and behind the first semicolon.
fn split(input: TokenStream) -> (TokenStream, Option<TokenStream>) {
    let mut policies = TokenStream::new();
    let mut tokens = input.into_iter();
    for token in tokens.by_ref() {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ';') {
            let future: TokenStream = tokens.collect();
            return (policies, (!future.is_empty()).then_some(future));
        }
        policies.extend([token]);
    }
    (policies, None)
}

fn parse_future(input: ParseStream<'_>) -> syn::Result<()> {
    input.parse::<Expr>()?;
    if input.is_empty() {
        return Ok(());
    }
    let message = "one expression stands behind the semicolon; for several steps write `async { .. }`";
    let error = syn::Error::new(input.span(), message);
    input.parse::<TokenStream>()?;
    Err(error)
}

fn parse_policies(input: ParseStream<'_>, stack: &mut Stack, errors: &Errors) -> syn::Result<()> {
    if input.is_empty() {
        errors.at_span(Span::call_site(), "`apply!` without a policy does nothing; name one before the semicolon, as in `apply!(timeout(2s); ..)`");
    }
    while !input.is_empty() {
        let name = input.call(Ident::parse_any).map_err(|error| {
            syn::Error::new(error.span(), "expected a policy: `timeout(..)`, `retry(..)` or `bounded(..)`")
        })?;
        if input.peek(Token![=]) && KINDS.into_iter().any(|kind| name == kind.name()) {
            let message = format!("write the arguments in parentheses, as in `{name}(..)`");
            return Err(syn::Error::new(input.span(), message));
        }
        if name == "crate" {
            input.parse::<Token![=]>()?;
            stack.krate = Some(crate_path::parse(input)?);
        } else {
            let arguments = if input.peek(token::Paren) {
                let content;
                syn::parenthesized!(content in input);
                content.parse::<TokenStream>()?
            } else {
                TokenStream::new()
            };
            match KINDS.into_iter().find(|kind| name == kind.name()) {
                Some(kind) => stack.add(kind, name.span(), arguments, errors),
                None => errors.push(unknown(&name)),
            }
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

fn unknown(name: &Ident) -> syn::Error {
    let names = KINDS.map(crate::stack::Kind::name);
    let message = match steadfast_rules::nearest(&name.to_string(), names) {
        Some(near) => format!("there is no policy `{name}`; did you mean `{near}`?"),
        None => format!("there is no policy `{name}`; there are `timeout`, `retry` and `bounded`"),
    };
    syn::Error::new(name.span(), message)
}

/// An expression has no parameters.
fn check_apply(stack: &Stack, errors: &Errors) {
    let Some(retry) = &stack.retry else { return };
    for key in [retry.clone.key(), retry.borrow.key()].into_iter().flatten() {
        errors.at(key, format!("`{key}` is about parameters, and an expression has none: clone inside it, as in `send(body.clone())`"));
    }
}
