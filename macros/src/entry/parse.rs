//! `#[main(flavor = "current_thread", grace = 10s)]`, `#[test(start_paused = false, seed = 7)]`.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;

use super::Entry;
use crate::errors::Errors;
use crate::parse::argument::{self, BareNumber, Count, DurationArgument};
use crate::parse::crate_path::{self, CratePath};
use crate::parse::entries::{self, Arguments, Form, Slot, expression, one_of_quoted};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavor {
    CurrentThread,
    MultiThread,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaks {
    Deny,
    Allow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signals {
    Stop,
    None,
}

/// What the two have in common, and what each has alone.
#[derive(Default)]
pub(super) struct Settings {
    pub(super) flavor: Slot<Flavor>,
    pub(super) worker_threads: Slot<Count>,
    pub(super) start_paused: Slot<bool>,
    pub(super) grace: Slot<DurationArgument>,
    pub(super) blocking_grace: Slot<DurationArgument>,
    pub(super) signals: Slot<Signals>,
    pub(super) timeout: Slot<DurationArgument>,
    pub(super) leaks: Slot<Leaks>,
    pub(super) seed: Slot<Count>,
    pub(super) debug: Slot<bool>,
    pub(super) krate: Slot<CratePath>,
}

impl Settings {
    pub(super) fn parse(entry: Entry, arguments: TokenStream, errors: &Errors) -> Self {
        match entry {
            Entry::Main => Main::read(arguments, errors).0,
            Entry::Test => Test::read(arguments, errors).0,
        }
    }

    pub(super) fn flavor(&self, entry: Entry) -> Flavor {
        self.flavor.get().copied().unwrap_or(match entry {
            Entry::Main => Flavor::MultiThread,
            // A worker's thread counts only where there are several; the paused clock needs a single one.
            Entry::Test if self.worker_threads.is_set() => Flavor::MultiThread,
            Entry::Test => Flavor::CurrentThread,
        })
    }

    fn common(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<bool> {
        match key.to_string().as_str() {
            "crate" => self.krate.set(key, crate_path::parse(input)?, errors),
            "flavor" => {
                let known =
                    [("current_thread", Flavor::CurrentThread), ("multi_thread", Flavor::MultiThread)];
                self.flavor.set(key, one_of_quoted(input, "flavor", &known)?, errors);
            }
            "worker_threads" => {
                let count = argument::count(expression(input)?, "number of threads")?;
                self.worker_threads.set(key, count, errors);
            }
            "debug" => self.debug.set(key, argument::flag(&expression(input)?)?, errors),
            "start_paused" => self.start_paused.set(key, argument::flag(&expression(input)?)?, errors),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn duration(input: ParseStream<'_>) -> syn::Result<DurationArgument> {
    argument::duration(expression(input)?, BareNumber::Refused)
}

#[derive(Default)]
struct Main(Settings);

impl Arguments for Main {
    const ATTRIBUTE: &'static str = "main";
    const KEYS: &'static [(&'static str, Form, &'static str)] = &[
        ("flavor", Form::Value, "flavor = \"current_thread\""),
        ("worker_threads", Form::Value, "worker_threads = 4"),
        ("start_paused", Form::Value, "start_paused = true"),
        ("grace", Form::Value, "grace = 10s"),
        ("blocking_grace", Form::Value, "blocking_grace = 5s"),
        ("signals", Form::Value, "signals = none"),
        ("debug", Form::FlagOrValue, "debug"),
        ("crate", Form::Value, "crate = \"path\""),
    ];
    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = &[
        (&["timeout", "shutdown_timeout", "drain"], "grace = 10s"),
        (&["threads", "workers", "core_threads"], "worker_threads = 4"),
    ];

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        if self.0.common(key, input, errors)? {
            return Ok(());
        }
        match key.to_string().as_str() {
            "grace" => self.0.grace.set(key, duration(input)?, errors),
            "blocking_grace" => self.0.blocking_grace.set(key, duration(input)?, errors),
            "signals" => {
                let known = [("stop", Signals::Stop), ("none", Signals::None)];
                self.0.signals.set(key, one_of_quoted(input, "signals", &known)?, errors);
            }
            _ => return Err(entries::unknown::<Self>(key)),
        }
        Ok(())
    }

    fn flag(&mut self, key: &Ident, errors: &Errors) -> syn::Result<()> {
        // The only one that may stand alone.
        self.0.debug.set(key, true, errors);
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, _errors: &Errors) -> syn::Result<()> {
        let message =
            "`#[main]` takes named arguments, such as `grace = 10s` or `flavor = \"current_thread\"`";
        Err(syn::Error::new_spanned(expression(input)?, message))
    }
}

#[derive(Default)]
struct Test(Settings);

impl Arguments for Test {
    const ATTRIBUTE: &'static str = "test";
    const KEYS: &'static [(&'static str, Form, &'static str)] = &[
        ("flavor", Form::Value, "flavor = \"multi_thread\""),
        ("worker_threads", Form::Value, "worker_threads = 4"),
        ("start_paused", Form::Value, "start_paused = false"),
        ("timeout", Form::Value, "timeout = 60s"),
        ("leaks", Form::Value, "leaks = allow"),
        ("seed", Form::Value, "seed = 7"),
        ("debug", Form::FlagOrValue, "debug"),
        ("crate", Form::Value, "crate = \"path\""),
    ];
    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = &[
        (&["limit", "time_limit", "deadline"], "timeout = 60s"),
        (&["paused", "clock"], "start_paused = false"),
    ];

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        if self.0.common(key, input, errors)? {
            return Ok(());
        }
        match key.to_string().as_str() {
            "timeout" => self.0.timeout.set(key, duration(input)?, errors),
            "leaks" => {
                let known = [("deny", Leaks::Deny), ("allow", Leaks::Allow)];
                self.0.leaks.set(key, one_of_quoted(input, "leaks", &known)?, errors);
            }
            "seed" => self.0.seed.set(key, argument::count(expression(input)?, "seed")?, errors),
            _ => return Err(entries::unknown::<Self>(key)),
        }
        Ok(())
    }

    fn flag(&mut self, key: &Ident, errors: &Errors) -> syn::Result<()> {
        // The only one that may stand alone.
        self.0.debug.set(key, true, errors);
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, _errors: &Errors) -> syn::Result<()> {
        let message = "`#[test]` takes named arguments, such as `timeout = 60s` or `seed = 7`";
        Err(syn::Error::new_spanned(expression(input)?, message))
    }
}
