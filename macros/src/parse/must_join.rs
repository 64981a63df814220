//! `#[must_join]`, `#[must_join(limit = 8, grace = 2s, timeout = 30s)]`, `#[must_join(strict)]`,
//! `#[must_join(scope = g)]`.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Expr, Path, Token};

use super::argument::{self, BareNumber, Count, DurationArgument};
use super::crate_path::{self, CratePath};
use super::entries::{self, Arguments, Form, Slot, expression, one_of_quoted};
use crate::errors::Errors;

#[derive(Default)]
pub(crate) struct MustJoin {
    /// The parameter that owns the tasks instead of this call.
    pub(crate) scope: Slot<Ident>,
    pub(crate) strict: Slot<()>,
    pub(crate) limit: Slot<Count>,
    pub(crate) grace: Slot<DurationArgument>,
    pub(crate) timeout: Slot<DurationArgument>,
    pub(crate) cancel: Slot<Cancel>,
    pub(crate) panics: Slot<Panics>,
    pub(crate) on_error: Slot<OnError>,
    pub(crate) spawn_paths: Slot<Vec<Path>>,
    pub(crate) map_err: Slot<Expr>,
    pub(crate) krate: Slot<CratePath>,
}

/// What ends the tasks when the call is dropped or one of them fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cancel {
    Abort,
    Graceful,
}

/// What becomes of a task's panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Panics {
    Propagate,
    Collect,
}

/// What the error of a task does whose handle is discarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnError {
    Cancel,
    Collect,
    Log,
}

impl MustJoin {
    pub(crate) fn demote(&mut self, generics: &[Ident]) {
        self.limit.get_mut().into_iter().for_each(|limit| limit.demote(generics));
        let durations = [self.grace.get_mut(), self.timeout.get_mut()];
        durations.into_iter().flatten().for_each(|duration| duration.demote(generics));
    }

    pub(crate) fn on_error(&self) -> OnError {
        self.on_error.get().copied().unwrap_or(OnError::Cancel)
    }

    pub(crate) fn extra_paths(&self) -> &[Path] {
        self.spawn_paths.get().map_or(&[], Vec::as_slice)
    }
}

impl Arguments for MustJoin {
    const ATTRIBUTE: &'static str = "must_join";
    const KEYS: &'static [(&'static str, Form, &'static str)] = &[
        ("scope", Form::Value, "scope = g"),
        ("strict", Form::Flag, "strict"),
        ("limit", Form::Value, "limit = 8"),
        ("grace", Form::Value, "grace = 2s"),
        ("timeout", Form::Value, "timeout = 30s"),
        ("cancel", Form::Value, "cancel = graceful"),
        ("panics", Form::Value, "panics = collect"),
        ("on_error", Form::Value, "on_error = collect"),
        ("spawn_paths", Form::List, "spawn_paths(my_crate::spawn)"),
        ("map_err", Form::Value, "map_err = path"),
        ("crate", Form::Value, "crate = \"path\""),
    ];

    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = &[
        (&["max_concurrent", "concurrency", "max", "bounded"], "limit = 8"),
        (&["deadline", "within"], "timeout = 30s"),
        (&["group", "nursery", "tasks"], "scope = g"),
        (&["deny", "deny_discard"], "strict"),
    ];
    const CODE: &'static str = "[MJ009] ";

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        match key.to_string().as_str() {
            "crate" => self.krate.set(key, crate_path::parse(input)?, errors),
            "scope" => self.scope.set(key, scope(input)?, errors),
            "limit" => self.limit.set(key, argument::count(expression(input)?, "limit")?, errors),
            "grace" => self.grace.set(key, duration(input)?, errors),
            "timeout" => self.timeout.set(key, duration(input)?, errors),
            "cancel" => {
                let known = [("abort", Cancel::Abort), ("graceful", Cancel::Graceful)];
                self.cancel.set(key, one_of_quoted(input, "cancel", &known)?, errors);
            }
            "panics" => {
                let known = [("propagate", Panics::Propagate), ("collect", Panics::Collect)];
                self.panics.set(key, one_of_quoted(input, "panics", &known)?, errors);
            }
            "on_error" => {
                let known =
                    [("cancel", OnError::Cancel), ("collect", OnError::Collect), ("log", OnError::Log)];
                self.on_error.set(key, one_of_quoted(input, "on_error", &known)?, errors);
            }
            "map_err" => {
                let expr = argument::callable(expression(input)?, key, "fn(PolicyError) -> Error")?;
                self.map_err.set(key, expr, errors);
            }
            _ => return Err(entries::unknown::<Self>(key)),
        }
        Ok(())
    }

    fn list(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        let paths = Punctuated::<Path, Token![,]>::parse_terminated(input)?;
        if paths.is_empty() {
            let message = "`spawn_paths` names functions: write `spawn_paths(my_crate::spawn)`";
            return Err(syn::Error::new(key.span(), message));
        }
        self.spawn_paths.set(key, paths.into_iter().collect(), errors);
        Ok(())
    }

    fn flag(&mut self, key: &Ident, errors: &Errors) -> syn::Result<()> {
        self.strict.set(key, (), errors);
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, _errors: &Errors) -> syn::Result<()> {
        let expr = expression(input)?;
        let message = "`#[must_join]` takes named arguments: write `limit = 8`, `grace = 2s`, `timeout = 30s`, `strict` or `scope = g`";
        Err(syn::Error::new_spanned(expr, message))
    }
}

fn duration(input: ParseStream<'_>) -> syn::Result<DurationArgument> {
    argument::duration(expression(input)?, BareNumber::Refused)
}

fn scope(input: ParseStream<'_>) -> syn::Result<Ident> {
    let expr = expression(input)?;
    match argument::peeled(&expr) {
        Expr::Path(path) if path.path.get_ident().is_some() => path.path.require_ident().cloned(),
        _ => Err(syn::Error::new_spanned(
            &expr,
            "`scope` names the parameter that is a `&steadfast::Scope<_>`: write `scope = g`",
        )),
    }
}
