//! `exp(50ms, factor = 2, cap = 20s)`, `constant(1s)`, `linear(..)`, `fibonacci(..)`, `list[100ms, 1s]`, or any value
//! that implements `Backoff`.

use std::time::Duration;

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, Token, token};

use super::argument::{self, Argument, BareNumber, DurationArgument, Ratio, float_tokens};
use super::duration::human;
use super::entries::{Slot, each, expression};
use super::retry::unknown_in;
use crate::errors::Errors;

/// The longest pause, as in `runtime/src/backoff.rs`.
pub(crate) const DEFAULT_CAP: Duration = Duration::from_secs(20);
/// The first pause, as in `runtime/src/backoff.rs`.
pub(crate) const DEFAULT_BASE: Duration = Duration::from_millis(50);

#[derive(Clone)]
pub(crate) struct Backoff {
    pub(crate) written: TokenStream,
    pub(crate) kind: Kind,
}

#[derive(Clone)]
pub(crate) enum Kind {
    Exponential { base: DurationArgument, factor: Option<Ratio>, cap: Option<DurationArgument> },
    Constant { delay: DurationArgument },
    Linear { base: DurationArgument, step: Option<DurationArgument>, cap: Option<DurationArgument> },
    Fibonacci { base: DurationArgument, cap: Option<DurationArgument> },
    List { delays: Vec<DurationArgument> },
    Value(Expr),
}

/// One of a backoff's numbers, to be computed before the first layer.
pub(crate) enum Number<'a> {
    Duration(&'a mut DurationArgument),
    Ratio(&'a mut Ratio),
}

const BUILT_IN: [&str; 4] = ["exp", "constant", "linear", "fibonacci"];

pub(super) fn parse(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Backoff> {
    let ahead = input.fork();
    if let Ok(name) = ahead.call(Ident::parse_any) {
        if name == "list" && ahead.peek(token::Bracket) {
            return list(input, errors);
        }
        if ahead.peek(token::Paren) {
            if name == "list" {
                skip_call(input)?;
                let message = "a list stands in square brackets: write `list[100ms, 1s]`";
                return Err(syn::Error::new(name.span(), message));
            }
            if BUILT_IN.iter().any(|built_in| name == built_in) {
                return built_in(input, errors);
            }
            let meant = match name.to_string().as_str() {
                "exponential" | "expo" | "exponent" => Some("exp"),
                "fixed" | "const" | "delay" | "fixed_interval" => Some("constant"),
                "fib" | "fibo" => Some("fibonacci"),
                _ => None,
            };
            if let Some(meant) = meant {
                skip_call(input)?;
                let message = format!("there is no backoff `{name}`; did you mean `{meant}`?");
                return Err(syn::Error::new(name.span(), message));
            }
        }
        if BUILT_IN.iter().any(|built_in| name == built_in) && (ahead.is_empty() || ahead.peek(Token![,])) {
            input.call(Ident::parse_any)?;
            let message = format!("`{name}` needs its first pause: write `{name}(50ms)`");
            return Err(syn::Error::new(name.span(), message));
        }
    }
    let expr = expression(input)?;
    if let Expr::Lit(lit) = argument::peeled(&expr) {
        let written = lit.to_token_stream();
        let message = if matches!(&lit.lit, syn::Lit::Int(number) if number.suffix().is_empty()) {
            format!("`{written}` is no backoff; for so many attempts write `attempts = {written}`")
        } else {
            format!(
                "`{written}` is no backoff: write `exp({written})` for growing pauses or `constant({written})` for equal ones"
            )
        };
        return Err(syn::Error::new_spanned(&expr, message));
    }
    Ok(Backoff { written: expr.to_token_stream(), kind: Kind::Value(expr) })
}

fn skip_call(input: ParseStream<'_>) -> syn::Result<()> {
    input.call(Ident::parse_any)?;
    let content;
    syn::parenthesized!(content in input);
    content.parse::<TokenStream>().map(drop)
}

/// A name and what stands in its brackets, as they were written: a group of our own would stand nowhere.
fn written_call(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let ahead = input.fork();
    let (name, group) = (ahead.call(Ident::parse_any)?, ahead.parse::<Group>()?);
    Ok(quote!(#name #group))
}

fn list(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Backoff> {
    let written = written_call(input)?;
    let name = input.call(Ident::parse_any)?;
    let content;
    syn::bracketed!(content in input);
    if content.is_empty() {
        return Err(syn::Error::new(name.span(), "an empty list has no pause: write `list[100ms, 1s]`"));
    }
    let mut delays = Vec::new();
    each(&content, errors, |content| {
        delays.push(argument::duration(content.parse()?, BareNumber::Refused)?);
        Ok(())
    });
    Ok(Backoff { written, kind: Kind::List { delays } })
}

#[derive(Default)]
struct Settings {
    first: Option<DurationArgument>,
    factor: Slot<Ratio>,
    step: Slot<DurationArgument>,
    cap: Slot<DurationArgument>,
}

fn built_in(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Backoff> {
    let written = written_call(input)?;
    let name = input.call(Ident::parse_any)?;
    let content;
    syn::parenthesized!(content in input);
    let known: &[&str] = match name.to_string().as_str() {
        "exp" => &["factor", "cap"],
        "linear" => &["step", "cap"],
        "fibonacci" => &["cap"],
        _ => &[],
    };
    let mut settings = Settings::default();
    let before = errors.len();
    each(&content, errors, |content| setting(content, &name, known, &mut settings, errors));
    let Some(base) = settings.first else {
        if errors.len() == before {
            let message = format!("`{name}` needs its first pause: write `{name}(50ms)`");
            errors.at(&name, message);
        }
        // The mistake is reported, and nothing is expanded.
        return Ok(Backoff { written, kind: Kind::List { delays: Vec::new() } });
    };
    let cap = settings.cap.get().cloned();
    let kind = match name.to_string().as_str() {
        "exp" => Kind::Exponential { base, factor: settings.factor.get().cloned(), cap },
        "linear" => Kind::Linear { base, step: settings.step.get().cloned(), cap },
        "fibonacci" => Kind::Fibonacci { base, cap },
        _ => Kind::Constant { delay: base },
    };
    Ok(Backoff { written, kind })
}

fn setting(
    content: ParseStream<'_>,
    name: &Ident,
    known: &[&str],
    settings: &mut Settings,
    errors: &Errors,
) -> syn::Result<()> {
    if !(content.peek(Ident::peek_any) && content.peek2(Token![=]) && !content.peek2(Token![==])) {
        let expr: Expr = content.parse()?;
        if settings.first.is_some() {
            return Err(syn::Error::new_spanned(
                expr,
                format!("`{name}` takes one pause; name the others, as in `cap = 20s`"),
            ));
        }
        settings.first = Some(argument::duration(expr, BareNumber::Refused)?);
        return Ok(());
    }
    let key = content.call(Ident::parse_any)?;
    content.parse::<Token![=]>()?;
    let expr: Expr = content.parse()?;
    if !known.iter().any(|known| key == known) {
        let message = if known.is_empty() {
            syn::Error::new(key.span(), format!("`{name}` takes a pause and nothing else"))
        } else {
            unknown_in(&key, &format!("{name}(..)"), known)
        };
        return Err(message);
    }
    match key.to_string().as_str() {
        "factor" => settings.factor.set(&key, argument::ratio(expr, "factor", "2")?, errors),
        "step" => settings.step.set(&key, argument::duration(expr, BareNumber::Refused)?, errors),
        _ => settings.cap.set(&key, argument::duration(expr, BareNumber::Refused)?, errors),
    }
    Ok(())
}

impl Backoff {
    /// The first pause, if it is known.
    pub(crate) fn base(&self) -> Option<&DurationArgument> {
        match &self.kind {
            Kind::Exponential { base, .. } | Kind::Linear { base, .. } | Kind::Fibonacci { base, .. } => {
                Some(base)
            }
            Kind::Constant { delay } => Some(delay),
            Kind::List { delays } => delays.first(),
            Kind::Value(_) => None,
        }
    }

    /// Its numbers, with the names of the variables that hold them. A list is evaluated in place.
    pub(crate) fn numbers_mut(&mut self) -> Vec<(&'static str, Number<'_>)> {
        let (base, others) = match &mut self.kind {
            Kind::Exponential { base, factor, cap } => {
                let factor = factor.as_mut().map(|factor| ("factor", Number::Ratio(factor)));
                (base, [factor, cap.as_mut().map(|cap| ("cap", Number::Duration(cap)))])
            }
            Kind::Linear { base, step, cap } => {
                let step = step.as_mut().map(|step| ("step", Number::Duration(step)));
                (base, [step, cap.as_mut().map(|cap| ("cap", Number::Duration(cap)))])
            }
            Kind::Fibonacci { base, cap } => {
                (base, [None, cap.as_mut().map(|cap| ("cap", Number::Duration(cap)))])
            }
            Kind::Constant { delay } => (delay, [None, None]),
            Kind::List { .. } | Kind::Value(_) => return Vec::new(),
        };
        let mut numbers = vec![("base", Number::Duration(base))];
        numbers.extend(others.into_iter().flatten());
        numbers
    }

    pub(crate) fn cap(&self) -> Option<&DurationArgument> {
        match &self.kind {
            Kind::Exponential { cap, .. } | Kind::Linear { cap, .. } | Kind::Fibonacci { cap, .. } => {
                cap.as_ref()
            }
            Kind::Constant { .. } | Kind::List { .. } | Kind::Value(_) => None,
        }
    }

    /// Whether it can be built in a `static`.
    pub(crate) fn is_static(&self) -> bool {
        let fixed = DurationArgument::fits_static;
        match &self.kind {
            Kind::Exponential { base, factor, cap } => {
                fixed(base)
                    && cap.as_ref().is_none_or(fixed)
                    && factor.as_ref().is_none_or(Ratio::fits_static)
            }
            Kind::Linear { base, step, cap } => {
                fixed(base) && cap.as_ref().is_none_or(fixed) && step.as_ref().is_none_or(fixed)
            }
            Kind::Fibonacci { base, cap } => fixed(base) && cap.as_ref().is_none_or(fixed),
            Kind::Constant { delay } => fixed(delay),
            Kind::List { delays } => delays.iter().all(fixed),
            Kind::Value(_) => false,
        }
    }

    /// Type and value.
    pub(crate) fn tokens(&self, private: &TokenStream) -> (TokenStream, TokenStream) {
        let span = Span::mixed_site();
        let named = |name: &str, first: &DurationArgument| {
            let name = Ident::new(name, span);
            let first = first.tokens(private);
            (quote_spanned!(span=> #private::#name), quote_spanned!(span=> #private::#name::new(#first)))
        };
        let with = |(ty, value): (TokenStream, TokenStream), method: &str, argument: Option<TokenStream>| {
            let method = Ident::new(method, span);
            let value =
                argument.map_or(value.clone(), |argument| quote_spanned!(span=> #value.#method(#argument)));
            (ty, value)
        };
        let capped = |built, cap: &Option<DurationArgument>| {
            with(built, "cap", cap.as_ref().map(|cap| cap.tokens(private)))
        };
        match &self.kind {
            Kind::Exponential { base, factor, cap } => {
                let built = with(named("Exponential", base), "factor", factor.as_ref().map(float_tokens));
                capped(built, cap)
            }
            Kind::Linear { base, step, cap } => {
                let built =
                    with(named("Linear", base), "step", step.as_ref().map(|step| step.tokens(private)));
                capped(built, cap)
            }
            Kind::Fibonacci { base, cap } => capped(named("Fibonacci", base), cap),
            Kind::Constant { delay } => named("Constant", delay),
            Kind::List { delays } => {
                let delays = delays.iter().map(|delay| delay.tokens(private));
                (
                    quote_spanned!(span=> #private::List),
                    quote_spanned!(span=> #private::List::new(&[#(#delays),*])),
                )
            }
            Kind::Value(expr) => (quote!(_), expr.to_token_stream()),
        }
    }

    /// The longest pause of `retries` retries, before jitter, summed up; `None` if it is not known.
    pub(crate) fn worst_sum(&self, retries: u32) -> Option<Duration> {
        let mut sum = Duration::ZERO;
        for retry in 0..retries {
            sum = sum.checked_add(self.pause(retry)?)?;
        }
        Some(sum)
    }

    fn pause(&self, retry: u32) -> Option<Duration> {
        let cap = |cap: &Option<DurationArgument>| match cap {
            None => Some(DEFAULT_CAP),
            Some(cap) => cap.literal(),
        };
        match &self.kind {
            Kind::Exponential { base, factor, cap: limit } => {
                let factor = factor.as_ref().map_or(Some(2.0), Argument::literal)?.max(1.0);
                let exponent = i32::try_from(retry).unwrap_or(i32::MAX);
                let seconds = base.literal()?.as_secs_f64() * factor.powi(exponent);
                let limit = cap(limit)?;
                Some(Duration::try_from_secs_f64(seconds).map_or(limit, |pause| pause.min(limit)))
            }
            Kind::Linear { base, step, cap: limit } => {
                let step = step.as_ref().map_or(base.literal(), Argument::literal)?;
                Some(base.literal()?.saturating_add(step.saturating_mul(retry)).min(cap(limit)?))
            }
            Kind::Fibonacci { base, cap: limit } => {
                let (mut now, mut next) = (1_u32, 1_u32);
                for _ in 0..retry.min(64) {
                    (now, next) = (next, now.saturating_add(next));
                }
                Some(base.literal()?.saturating_mul(now).min(cap(limit)?))
            }
            Kind::Constant { delay } => delay.literal(),
            Kind::List { delays } => {
                let at = usize::try_from(retry).unwrap_or(usize::MAX).min(delays.len() - 1);
                delays[at].literal()
            }
            Kind::Value(_) => None,
        }
    }

    /// For the rustdoc line.
    pub(crate) fn human(&self) -> String {
        let to_cap = |cap: &Option<DurationArgument>| {
            cap.as_ref().map_or_else(|| human(DEFAULT_CAP), DurationArgument::human)
        };
        match &self.kind {
            Kind::Exponential { base, cap, .. } => {
                format!("exponential backoff {} to {}", base.human(), to_cap(cap))
            }
            Kind::Linear { base, cap, .. } => format!("linear backoff {} to {}", base.human(), to_cap(cap)),
            Kind::Fibonacci { base, cap } => format!("fibonacci backoff {} to {}", base.human(), to_cap(cap)),
            Kind::Constant { delay } => format!("pauses of {}", delay.human()),
            Kind::List { delays } => {
                let delays = delays.iter().map(DurationArgument::human).collect::<Vec<_>>();
                format!("pauses of {}", delays.join(", "))
            }
            Kind::Value(_) => "its own backoff".to_owned(),
        }
    }
}
