//! `#[retry(on = any, attempts = 5, backoff = exp(50ms, cap = 20s))]`.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

use super::argument::{self, BareNumber, Count, DurationArgument};
use super::backoff::{self, Backoff};
use super::budget::{self, Budget};
use super::condition::{self, Condition};
use super::crate_path::{self, CratePath};
use super::entries::{self, Arguments, Form, Slot, expression, one_of, unknown_key};
use crate::errors::Errors;

pub(crate) struct Retry {
    pub(crate) on: Slot<Condition>,
    pub(crate) abort: Slot<Condition>,
    pub(crate) attempts: Slot<Attempts>,
    pub(crate) retries: Slot<Count>,
    pub(crate) within: Slot<DurationArgument>,
    pub(crate) backoff: Option<Backoff>,
    pub(crate) jitter: Slot<Jitter>,
    pub(crate) retry_after: Slot<Expr>,
    pub(crate) retry_after_max: Slot<DurationArgument>,
    pub(crate) retry_if_ok: Slot<Expr>,
    pub(crate) budget: Slot<Budget>,
    pub(crate) idempotent: Slot<()>,
    pub(crate) nested: Slot<Nested>,
    pub(crate) on_retry: Slot<Expr>,
    pub(crate) cancel: Slot<Expr>,
    pub(crate) reset_after: Slot<DurationArgument>,
    pub(crate) clone: Slot<Vec<Ident>>,
    pub(crate) borrow: Slot<Vec<Ident>>,
    pub(crate) map_err: Slot<Expr>,
    pub(crate) krate: Slot<CratePath>,
}

pub(crate) enum Attempts {
    Count(Count),
    Unlimited,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Jitter {
    Full,
    Equal,
    Decorrelated,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nested {
    Warn,
    Once,
    Allow,
}

impl Retry {
    pub(crate) fn parse(arguments: TokenStream, errors: &Errors) -> Self {
        let mut retry = Self {
            on: Slot::default(),
            abort: Slot::default(),
            attempts: Slot::default(),
            retries: Slot::default(),
            within: Slot::default(),
            backoff: None,
            jitter: Slot::default(),
            retry_after: Slot::default(),
            retry_after_max: Slot::default(),
            retry_if_ok: Slot::default(),
            budget: Slot::default(),
            idempotent: Slot::default(),
            nested: Slot::default(),
            on_retry: Slot::default(),
            cancel: Slot::default(),
            reset_after: Slot::default(),
            clone: Slot::default(),
            borrow: Slot::default(),
            map_err: Slot::default(),
            krate: Slot::default(),
        };
        entries::parse(&mut retry, arguments, errors);
        retry
    }

    pub(crate) fn demote(&mut self, generics: &[Ident]) {
        if let Some(Attempts::Count(count)) = self.attempts.get_mut() {
            count.demote(generics);
        }
        self.retries.get_mut().into_iter().for_each(|retries| retries.demote(generics));
        let durations = [&mut self.within, &mut self.retry_after_max, &mut self.reset_after];
        durations.into_iter().filter_map(Slot::get_mut).for_each(|duration| duration.demote(generics));
        for (_, number) in self.backoff.iter_mut().flat_map(Backoff::numbers_mut) {
            match number {
                backoff::Number::Duration(duration) => duration.demote(generics),
                backoff::Number::Ratio(ratio) => ratio.demote(generics),
            }
        }
    }

    fn set_backoff(&mut self, backoff: Backoff, errors: &Errors) {
        if self.backoff.is_some() {
            errors.at(&backoff.written, "two backoffs: `#[retry]` takes one");
        } else {
            self.backoff = Some(backoff);
        }
    }
}

impl Arguments for Retry {
    const ATTRIBUTE: &'static str = "retry";
    const KEYS: &'static [(&'static str, Form, &'static str)] = &[
        ("on", Form::ValueOrList, "on = any"),
        ("abort", Form::ValueOrList, "abort(Error::Auth)"),
        ("attempts", Form::Value, "attempts = 5"),
        ("retries", Form::Value, "retries = 4"),
        ("within", Form::Value, "within = 30s"),
        ("backoff", Form::Value, "backoff = exp(50ms, cap = 20s)"),
        ("jitter", Form::Value, "jitter = full"),
        ("retry_after", Form::Value, "retry_after = Error::retry_after"),
        ("retry_after_max", Form::Value, "retry_after_max = 30s"),
        ("retry_if_ok", Form::Value, "retry_if_ok = |value| value.is_pending()"),
        ("budget", Form::Value, "budget = \"payments\""),
        ("idempotent", Form::Flag, "idempotent"),
        ("nested", Form::Value, "nested = once"),
        ("on_retry", Form::Value, "on_retry = log_retry"),
        ("cancel", Form::Value, "cancel = self.shutdown"),
        ("reset_after", Form::Value, "reset_after = 60s"),
        ("clone", Form::List, "clone(argument)"),
        ("borrow", Form::List, "borrow(argument)"),
        ("map_err", Form::Value, "map_err = path"),
        ("crate", Form::Value, "crate = \"path\""),
    ];

    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = &[
        (&["tries", "max_tries", "times", "count", "limit", "max", "n", "stop"], "attempts = 5"),
        (
            &["when", "retry_if", "retry_on", "predicate", "filter", "errors", "condition"],
            "on = Error::is_transient",
        ),
        (&["abort_on", "give_up_on", "unless", "except", "ignore"], "abort(Error::Auth)"),
        (&["delay", "interval", "wait", "pause", "sleep"], "backoff = constant(100ms)"),
        (&["strategy", "policy", "exponential", "schedule"], "backoff = exp(50ms)"),
        (&["max_delay", "max_interval", "max_wait", "max_backoff", "cap"], "backoff = exp(50ms, cap = 20s)"),
        (
            &["min_delay", "base", "base_delay", "initial", "initial_delay", "initial_interval"],
            "backoff = exp(50ms)",
        ),
        (&["factor", "multiplier"], "backoff = exp(50ms, factor = 2)"),
        (&["max_duration", "max_elapsed", "max_elapsed_time", "timeout", "total"], "within = 30s"),
        (&["notify", "hook", "before_sleep", "on_error"], "on_retry = log_retry"),
    ];

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        match key.to_string().as_str() {
            "crate" => self.krate.set(key, crate_path::parse(input)?, errors),
            "on" => self.on.set(key, condition::value(key, input)?, errors),
            "abort" => self.abort.set(key, condition::value(key, input)?, errors),
            "attempts" => self.attempts.set(key, attempts(input)?, errors),
            "retries" => {
                self.retries.set(key, argument::count(expression(input)?, "number of retries")?, errors);
            }
            "backoff" => {
                let backoff = backoff::parse(input, errors)?;
                self.set_backoff(backoff, errors);
            }
            "jitter" => self.jitter.set(key, jitter(input)?, errors),
            "nested" => self.nested.set(key, nested(input)?, errors),
            "budget" => self.budget.set(key, budget::parse(input, errors)?, errors),
            "within" => self.within.set(key, duration(input)?, errors),
            "retry_after_max" => self.retry_after_max.set(key, duration(input)?, errors),
            "reset_after" => self.reset_after.set(key, duration(input)?, errors),
            "retry_after" => {
                self.retry_after.set(key, called(key, input, "fn(&Error) -> Option<Duration>")?, errors);
            }
            "retry_if_ok" => self.retry_if_ok.set(key, called(key, input, "fn(&Value) -> bool")?, errors),
            "on_retry" => self.on_retry.set(key, called(key, input, "fn(&Retrying<'_, Error>)")?, errors),
            "cancel" => self.cancel.set(key, expression(input)?, errors),
            "map_err" => self.map_err.set(key, called(key, input, "fn(PolicyError) -> Error")?, errors),
            _ => return Err(entries::unknown::<Self>(key)),
        }
        Ok(())
    }

    fn list(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        match key.to_string().as_str() {
            "on" => self.on.set(key, condition::patterns(key, input)?, errors),
            "abort" => self.abort.set(key, condition::patterns(key, input)?, errors),
            "clone" => self.clone.set(key, names(input)?, errors),
            "borrow" => self.borrow.set(key, names(input)?, errors),
            _ => return Err(entries::unknown::<Self>(key)),
        }
        Ok(())
    }

    fn flag(&mut self, key: &Ident, errors: &Errors) -> syn::Result<()> {
        self.idempotent.set(key, (), errors);
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        let backoff = backoff::parse(input, errors)?;
        self.set_backoff(backoff, errors);
        Ok(())
    }
}

fn called(key: &Ident, input: ParseStream<'_>, signature: &str) -> syn::Result<Expr> {
    argument::callable(expression(input)?, key, signature)
}

fn duration(input: ParseStream<'_>) -> syn::Result<DurationArgument> {
    argument::duration(expression(input)?, BareNumber::Refused)
}

fn attempts(input: ParseStream<'_>) -> syn::Result<Attempts> {
    let expr = expression(input)?;
    match &expr {
        Expr::Path(path) if path.path.is_ident("unlimited") => Ok(Attempts::Unlimited),
        _ => argument::count(expr, "number of attempts").map(Attempts::Count),
    }
}

fn jitter(input: ParseStream<'_>) -> syn::Result<Jitter> {
    let known = [
        ("full", Jitter::Full),
        ("equal", Jitter::Equal),
        ("decorrelated", Jitter::Decorrelated),
        ("none", Jitter::None),
    ];
    one_of(input, "jitter", &known)
}

fn nested(input: ParseStream<'_>) -> syn::Result<Nested> {
    one_of(input, "nested", &[("warn", Nested::Warn), ("once", Nested::Once), ("allow", Nested::Allow)])
}

fn names(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    use syn::ext::IdentExt;
    let names = Punctuated::<Ident, Token![,]>::parse_terminated_with(input, Ident::parse_any)?;
    Ok(names.into_iter().collect())
}

/// The unknown key of a nested list such as `exp(..)`.
pub(super) fn unknown_in(key: &Ident, of: &str, known: &[&str]) -> syn::Error {
    unknown_key(key, of, known.iter().copied())
}
