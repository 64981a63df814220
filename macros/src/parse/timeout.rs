//! `#[timeout(2s)]`, `#[timeout(attempt = 2s, total = 10s)]`.

use proc_macro2::{Ident, Span, TokenStream};
use syn::Expr;
use syn::parse::ParseStream;

use super::argument::{self, BareNumber, DurationArgument};
use super::crate_path::{self, CratePath};
use super::entries::{self, Arguments, Form, Slot, expression};
use crate::errors::Errors;

pub(crate) struct Timeout {
    /// `#[timeout(2s)]`: the whole call.
    pub(crate) whole: Option<DurationArgument>,
    pub(crate) attempt: Slot<DurationArgument>,
    pub(crate) total: Slot<DurationArgument>,
    pub(crate) inherit: Slot<bool>,
    pub(crate) on_elapsed: Slot<Expr>,
    pub(crate) map_err: Slot<Expr>,
    pub(crate) krate: Slot<CratePath>,
}

impl Timeout {
    pub(crate) fn parse(at: Span, arguments: TokenStream, errors: &Errors) -> Self {
        let mut timeout = Self {
            whole: None,
            attempt: Slot::default(),
            total: Slot::default(),
            inherit: Slot::default(),
            on_elapsed: Slot::default(),
            map_err: Slot::default(),
            krate: Slot::default(),
        };
        let before = errors.len();
        entries::parse(&mut timeout, arguments, errors);
        let given = timeout.whole.is_some() || timeout.attempt.is_set() || timeout.total.is_set();
        if !given && errors.len() == before {
            errors.at_span(at, "`#[timeout]` needs a time limit: write `#[timeout(2s)]`");
        }
        timeout
    }

    pub(crate) fn demote(&mut self, generics: &[Ident]) {
        let limits = [self.whole.as_mut(), self.attempt.get_mut(), self.total.get_mut()];
        limits.into_iter().flatten().for_each(|limit| limit.demote(generics));
    }

    /// The limit of the whole call.
    pub(crate) fn total(&self) -> Option<&DurationArgument> {
        self.total.get().or(self.whole.as_ref())
    }

    pub(crate) fn inherits(&self) -> bool {
        self.inherit.get().copied().unwrap_or(true)
    }
}

impl Arguments for Timeout {
    const ATTRIBUTE: &'static str = "timeout";
    const KEYS: &'static [(&'static str, Form, &'static str)] = &[
        ("attempt", Form::Value, "attempt = 2s"),
        ("total", Form::Value, "total = 10s"),
        ("inherit", Form::Value, "inherit = false"),
        ("on_elapsed", Form::Value, "on_elapsed = expression"),
        ("map_err", Form::Value, "map_err = path"),
        ("crate", Form::Value, "crate = \"path\""),
    ];

    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = &[(
        &["duration", "limit", "after", "secs", "seconds", "millis", "ms", "deadline", "value"],
        "#[timeout(2s)]",
    )];

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        if key == "crate" {
            self.krate.set(key, crate_path::parse(input)?, errors);
            return Ok(());
        }
        let expr = expression(input)?;
        match key.to_string().as_str() {
            "attempt" => self.attempt.set(key, argument::duration(expr, BareNumber::Seconds)?, errors),
            "total" => self.total.set(key, argument::duration(expr, BareNumber::Seconds)?, errors),
            "inherit" => self.inherit.set(key, argument::flag(&expr)?, errors),
            "on_elapsed" => self.on_elapsed.set(key, expr, errors),
            "map_err" => {
                self.map_err.set(key, argument::callable(expr, key, "fn(PolicyError) -> Error")?, errors);
            }
            _ => return Err(entries::unknown::<Self>(key)),
        }
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        let expr = expression(input)?;
        if self.whole.is_some() {
            errors.at(expr, "two time limits: name them, `attempt = ..` and `total = ..`");
            return Ok(());
        }
        self.whole = Some(argument::duration(expr, BareNumber::Seconds)?);
        Ok(())
    }
}
