//! Values of arguments: literals that are judged here, constants that the compiler judges, and expressions over the
//! function's arguments.

use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Expr, Lit, Type, UnOp};

use super::duration::{self, Reading};

/// What is known about a value when the macro runs.
#[derive(Clone)]
pub(crate) enum Known<T> {
    Literal(T),
    /// A path in capitals: an associated or free constant, or a static.
    Constant,
    /// Evaluated once per call.
    Runtime,
}

/// A value as it was written.
#[derive(Clone)]
pub(crate) struct Argument<T> {
    /// What the user wrote, for messages.
    pub(crate) written: TokenStream,
    pub(crate) known: Known<T>,
}

pub(crate) type DurationArgument = Argument<Duration>;
pub(crate) type Count = Argument<u64>;
pub(crate) type Ratio = Argument<f64>;

impl<T: Copy> Argument<T> {
    pub(crate) fn literal(&self) -> Option<T> {
        match self.known {
            Known::Literal(value) => Some(value),
            Known::Constant | Known::Runtime => None,
        }
    }

    pub(crate) fn is_constant(&self) -> bool {
        matches!(self.known, Known::Constant)
    }

    pub(crate) fn is_runtime(&self) -> bool {
        matches!(self.known, Known::Runtime)
    }

    /// A constant that begins with one of the function's own generic parameters is known only inside of the function.
    pub(crate) fn demote(&mut self, generics: &[proc_macro2::Ident]) {
        if let (true, Some(proc_macro2::TokenTree::Ident(first))) =
            (self.is_constant(), self.written.clone().into_iter().next())
        {
            if generics.contains(&first) {
                self.known = Known::Runtime;
            }
        }
    }

    /// Whether it can stand in a `static`, which knows neither arguments nor `Self`.
    pub(crate) fn fits_static(&self) -> bool {
        match self.known {
            Known::Literal(_) => true,
            Known::Constant => {
                let first = self.written.clone().into_iter().next();
                !matches!(first, Some(proc_macro2::TokenTree::Ident(word)) if word == "Self")
            }
            Known::Runtime => false,
        }
    }
}

impl DurationArgument {
    /// The expression for it in the expansion.
    pub(crate) fn tokens(&self, private: &TokenStream) -> TokenStream {
        match self.known {
            Known::Literal(value) => duration::tokens(value, Span::mixed_site(), private),
            Known::Constant => self.written.clone(),
            Known::Runtime => duration::replace_literals(self.written.clone(), private),
        }
    }

    pub(crate) fn human(&self) -> String {
        self.literal().map_or_else(|| readable(&self.written), duration::human)
    }
}

impl<T> ToTokens for Argument<T> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.written.to_tokens(tokens);
    }
}

pub(crate) fn first_span(tokens: &TokenStream) -> Span {
    tokens.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span())
}

/// Tokens as a person spaces them.
pub(crate) fn readable(tokens: &TokenStream) -> String {
    let mut text = tokens.to_string();
    for (spaced, tight) in [
        (" . ", "."),
        (" :: ", "::"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" ,", ","),
        ("& ", "&"),
        (" ?", "?"),
        (" : ", ": "),
        (" ..= ", "..="),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

/// A type as a person spaces it.
pub(crate) fn readable_type(ty: &Type) -> String {
    readable(&ty.to_token_stream()).replace(" < ", "<").replace(" >", ">")
}

/// Whether a number without a unit may stand for seconds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BareNumber {
    Seconds,
    Refused,
}

pub(crate) fn duration(expr: Expr, bare: BareNumber) -> syn::Result<DurationArgument> {
    let known = match peeled(&expr) {
        Expr::Lit(lit) => match duration::read(&lit.lit) {
            Some(Reading::Duration(value)) => Known::Literal(value),
            Some(Reading::Bare(value)) if bare == BareNumber::Seconds => Known::Literal(value),
            Some(Reading::Bare(_)) => {
                let number = lit.to_token_stream();
                let message = format!("`{number}` has no unit: write `{number}ms` or `{number}s`");
                return Err(syn::Error::new_spanned(&expr, message));
            }
            Some(Reading::Mistake(message)) => return Err(syn::Error::new_spanned(&expr, message)),
            None => {
                let is_duration = |text: &str| matches!(duration::read_text(text), Reading::Duration(_));
                let way_out = unquoted(&lit.lit, is_duration)
                    .unwrap_or_else(|| "write a duration such as `250ms`, `2s` or `1m30s`".to_owned());
                return Err(not_a(&expr, "duration", &way_out));
            }
        },
        Expr::Unary(unary) if is_negative_literal(unary) => {
            return Err(syn::Error::new_spanned(&expr, "a duration cannot be negative"));
        }
        Expr::Path(path) if is_constant(&path.path) => Known::Constant,
        _ => Known::Runtime,
    };
    Ok(Argument { written: expr.into_token_stream(), known })
}

pub(crate) fn count(expr: Expr, what: &str) -> syn::Result<Count> {
    let known = match peeled(&expr) {
        Expr::Lit(syn::ExprLit { lit: Lit::Int(number), .. }) if is_whole(number) => Known::Literal(
            number
                .base10_parse::<u64>()
                .map_err(|_| not_a(&expr, what, "write a whole number, such as `3`"))?,
        ),
        Expr::Lit(lit) => {
            let is_count = |text: &str| text.parse::<u64>().is_ok();
            let way_out = unquoted(&lit.lit, is_count)
                .unwrap_or_else(|| "write a whole number, such as `3`".to_owned());
            return Err(not_a(&expr, what, &way_out));
        }
        Expr::Unary(unary) if is_negative_literal(unary) => {
            return Err(syn::Error::new_spanned(&expr, format!("a {what} cannot be negative")));
        }
        Expr::Path(path) if is_constant(&path.path) => Known::Constant,
        _ => Known::Runtime,
    };
    Ok(Argument { written: expr.into_token_stream(), known })
}

/// Without a unit: `3`, `3_u32`.
fn is_whole(number: &syn::LitInt) -> bool {
    let suffix = number.suffix();
    suffix.is_empty()
        || suffix.starts_with(['u', 'i']) && (suffix.ends_with("size") || suffix[1..].parse::<u8>().is_ok())
}

/// `example` is what a message offers.
pub(crate) fn ratio(expr: Expr, what: &str, example: &str) -> syn::Result<Ratio> {
    let number = |lit: &Lit| match lit {
        Lit::Int(number) => number.base10_parse::<f64>().ok(),
        Lit::Float(number) => number.base10_parse::<f64>().ok(),
        _ => None,
    };
    let known = match peeled(&expr) {
        Expr::Lit(lit) => Known::Literal(
            number(&lit.lit)
                .ok_or_else(|| not_a(&expr, what, &format!("write a number, such as `{example}`")))?,
        ),
        Expr::Unary(unary) if is_negative_literal(unary) => {
            return Err(syn::Error::new_spanned(&expr, format!("a {what} cannot be negative")));
        }
        Expr::Path(path) if is_constant(&path.path) => Known::Constant,
        _ => Known::Runtime,
    };
    Ok(Argument { written: expr.into_token_stream(), known })
}

/// The expression of a float argument: an integer literal needs a dot to be one.
pub(crate) fn float_tokens(ratio: &Ratio) -> TokenStream {
    match ratio.known {
        Known::Literal(value) => proc_macro2::Literal::f64_unsuffixed(value).into_token_stream(),
        Known::Constant | Known::Runtime => ratio.written.clone(),
    }
}

pub(crate) fn flag(expr: &Expr) -> syn::Result<bool> {
    match peeled(expr) {
        Expr::Lit(syn::ExprLit { lit: Lit::Bool(value), .. }) => Ok(value.value),
        _ => Err(syn::Error::new_spanned(expr, "write `true` or `false`")),
    }
}

/// A literal where something is called.
pub(crate) fn callable(expr: Expr, key: &proc_macro2::Ident, signature: &str) -> syn::Result<Expr> {
    if matches!(peeled(&expr), Expr::Lit(_)) {
        let message = format!("`{key}` is called: write a path to a `{signature}`, or a closure");
        return Err(syn::Error::new_spanned(&expr, message));
    }
    Ok(expr)
}

/// What to write for a string whose content is what was wanted.
fn unquoted(lit: &Lit, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
    let Lit::Str(text) = lit else { return None };
    let text = text.value().replace(' ', "");
    is_wanted(&text).then(|| format!("write `{text}`, without quotes"))
}

fn not_a(expr: &Expr, what: &str, way_out: &str) -> syn::Error {
    let written = readable(&expr.to_token_stream());
    syn::Error::new_spanned(expr, format!("`{written}` is no {what}: {way_out}"))
}

/// Looks through the invisible groups of `macro_rules!` and through parentheses.
pub(crate) fn peeled(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => peeled(&group.expr),
        Expr::Paren(paren) => peeled(&paren.expr),
        other => other,
    }
}

fn is_negative_literal(unary: &syn::ExprUnary) -> bool {
    matches!(unary.op, UnOp::Neg(_)) && matches!(peeled(&unary.expr), Expr::Lit(_))
}

fn is_constant(path: &syn::Path) -> bool {
    // `T::LIMIT`: one capital letter is a type parameter, perhaps of the `impl`, which the macro does not see.
    let of_parameter = path.segments.len() > 1
        && path.segments.first().is_some_and(|first| first.ident.to_string().chars().count() == 1);
    !of_parameter
        && path.segments.last().is_some_and(|segment| {
            let name = segment.ident.to_string();
            name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase) && name.len() > 1
        })
}
