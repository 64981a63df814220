//! `budget = none | "payments" | (ratio = 0.2, min_per_sec = 10, ttl = 10s) | expression`.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, Lit, LitStr, Token, token};

use super::argument::{self, BareNumber, Count, DurationArgument, Ratio};
use super::entries::{Slot, each, expression};
use super::retry::unknown_in;
use crate::errors::Errors;

pub(crate) enum Budget {
    None,
    Named(LitStr),
    Own { ratio: Option<Ratio>, min_per_sec: Option<Count>, ttl: Option<DurationArgument> },
    Value(Expr),
}

pub(super) fn parse(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Budget> {
    if input.peek(token::Paren) {
        let ahead = input.fork();
        let content;
        syn::parenthesized!(content in ahead);
        if content.is_empty() || (content.peek(Ident::peek_any) && content.peek2(Token![=])) {
            let content;
            syn::parenthesized!(content in input);
            return Ok(own(&content, errors));
        }
    }
    let expr = expression(input)?;
    match &expr {
        Expr::Path(path) if path.path.is_ident("none") => Ok(Budget::None),
        Expr::Lit(syn::ExprLit { lit: Lit::Str(name), .. }) => Ok(Budget::Named(name.clone())),
        Expr::Lit(lit) => {
            let written = lit.to_token_stream();
            let message = format!(
                "`{written}` is no budget: write `none`, a name such as `\"payments\"`, or `(ratio = 0.2, min_per_sec = 10)`"
            );
            Err(syn::Error::new_spanned(&expr, message))
        }
        _ => Ok(Budget::Value(expr)),
    }
}

fn own(content: ParseStream<'_>, errors: &Errors) -> Budget {
    let mut ratio: Slot<Ratio> = Slot::default();
    let mut min_per_sec: Slot<Count> = Slot::default();
    let mut ttl: Slot<DurationArgument> = Slot::default();
    each(content, errors, |content| {
        let key = content.call(Ident::parse_any)?;
        content.parse::<Token![=]>()?;
        let expr: Expr = content.parse()?;
        match key.to_string().as_str() {
            "ratio" => ratio.set(&key, argument::ratio(expr, "ratio", "0.2")?, errors),
            "min_per_sec" => min_per_sec.set(&key, argument::count(expr, "number of retries")?, errors),
            "ttl" => ttl.set(&key, argument::duration(expr, BareNumber::Refused)?, errors),
            _ => return Err(unknown_in(&key, "budget", &["ratio", "min_per_sec", "ttl"])),
        }
        Ok(())
    });
    Budget::Own {
        ratio: ratio.get().cloned(),
        min_per_sec: min_per_sec.get().cloned(),
        ttl: ttl.get().cloned(),
    }
}

impl Budget {
    /// The value of a budget that this function owns, for a `static`.
    pub(crate) fn own_tokens(&self, private: &TokenStream) -> Option<TokenStream> {
        let Self::Own { ratio, min_per_sec, ttl } = self else { return None };
        let mut tokens = quote::quote_spanned!(proc_macro2::Span::mixed_site()=> #private::Budget::new());
        if let Some(ratio) = ratio {
            let ratio = argument::float_tokens(ratio);
            tokens = quote::quote_spanned!(proc_macro2::Span::mixed_site()=> #tokens.ratio(#ratio));
        }
        if let Some(min_per_sec) = min_per_sec {
            tokens =
                quote::quote_spanned!(proc_macro2::Span::mixed_site()=> #tokens.min_per_sec(#min_per_sec));
        }
        if let Some(ttl) = ttl {
            let ttl = ttl.tokens(private);
            tokens = quote::quote_spanned!(proc_macro2::Span::mixed_site()=> #tokens.ttl(#ttl));
        }
        Some(tokens)
    }
}
