//! `#[bounded(8)]`, `#[bounded(8, queue = 100, max_wait = 500ms)]`, `#[bounded(2, key = user.id)]`,
//! `#[bounded(by = self.limit)]`.

use proc_macro2::{Ident, Span, TokenStream};
use syn::Expr;
use syn::parse::ParseStream;

use super::argument::{self, BareNumber, Count, DurationArgument};
use super::crate_path::{self, CratePath};
use super::entries::{self, Arguments, Form, Slot, expression};
use crate::errors::Errors;

pub(crate) struct Bounded {
    pub(crate) limit: Option<Count>,
    pub(crate) by: Slot<Expr>,
    pub(crate) queue: Slot<Count>,
    pub(crate) max_wait: Slot<DurationArgument>,
    pub(crate) reject: Slot<()>,
    pub(crate) key: Slot<Expr>,
    pub(crate) max_keys: Slot<Count>,
    pub(crate) idle: Slot<DurationArgument>,
    pub(crate) map_err: Slot<Expr>,
    pub(crate) krate: Slot<CratePath>,
}

impl Bounded {
    pub(crate) fn parse(at: Span, arguments: TokenStream, errors: &Errors) -> Self {
        let mut bounded = Self {
            limit: None,
            by: Slot::default(),
            queue: Slot::default(),
            max_wait: Slot::default(),
            reject: Slot::default(),
            key: Slot::default(),
            max_keys: Slot::default(),
            idle: Slot::default(),
            map_err: Slot::default(),
            krate: Slot::default(),
        };
        let before = errors.len();
        entries::parse(&mut bounded, arguments, errors);
        if bounded.limit.is_none() && !bounded.by.is_set() && errors.len() == before {
            errors.at_span(at, "`#[bounded]` needs a limit: write `#[bounded(8)]`");
        }
        bounded
    }

    /// Not the numbers that all keys share: they stand in a static, and rustc says what is wrong with them.
    pub(crate) fn demote(&mut self, generics: &[Ident]) {
        if !self.key.is_set() {
            self.limit.iter_mut().for_each(|limit| limit.demote(generics));
        }
        self.queue.get_mut().into_iter().for_each(|queue| queue.demote(generics));
        self.max_wait.get_mut().into_iter().for_each(|max_wait| max_wait.demote(generics));
    }

    /// Whether a call may be refused instead of waiting.
    pub(crate) fn can_refuse(&self) -> bool {
        self.queue.is_set() || self.max_wait.is_set() || self.reject.is_set()
    }
}

impl Arguments for Bounded {
    const ATTRIBUTE: &'static str = "bounded";
    const KEYS: &'static [(&'static str, Form, &'static str)] = &[
        ("by", Form::Value, "by = self.limit"),
        ("queue", Form::Value, "queue = 100"),
        ("max_wait", Form::Value, "max_wait = 500ms"),
        ("reject", Form::Flag, "reject"),
        ("key", Form::Value, "key = user.id"),
        ("max_keys", Form::Value, "max_keys = 10_000"),
        ("idle", Form::Value, "idle = 60s"),
        ("map_err", Form::Value, "map_err = path"),
        ("crate", Form::Value, "crate = \"path\""),
    ];

    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = &[
        (
            &["limit", "max", "n", "permits", "concurrency", "max_concurrent", "max_concurrency", "value"],
            "#[bounded(8)]",
        ),
        (&["timeout", "max_wait_duration", "wait"], "max_wait = 500ms"),
        (&["capacity", "max_queue", "queue_size", "waiters", "max_waiters"], "queue = 100"),
        (&["semaphore", "bulkhead", "with"], "by = self.limit"),
    ];

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        if key == "crate" {
            self.krate.set(key, crate_path::parse(input)?, errors);
            return Ok(());
        }
        let expr = expression(input)?;
        match key.to_string().as_str() {
            "by" => self.by.set(key, expr, errors),
            "queue" => self.queue.set(key, argument::count(expr, "queue length")?, errors),
            "max_wait" => self.max_wait.set(key, argument::duration(expr, BareNumber::Refused)?, errors),
            "key" => self.key.set(key, expr, errors),
            "max_keys" => self.max_keys.set(key, argument::count(expr, "number of keys")?, errors),
            "idle" => self.idle.set(key, argument::duration(expr, BareNumber::Refused)?, errors),
            "map_err" => {
                self.map_err.set(key, argument::callable(expr, key, "fn(PolicyError) -> Error")?, errors);
            }
            _ => return Err(entries::unknown::<Self>(key)),
        }
        Ok(())
    }

    fn flag(&mut self, key: &Ident, errors: &Errors) -> syn::Result<()> {
        self.reject.set(key, (), errors);
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        let expr = expression(input)?;
        if self.limit.is_some() {
            errors.at(expr, "two limits: `#[bounded]` takes one");
            return Ok(());
        }
        self.limit = Some(argument::count(expr, "limit")?);
        Ok(())
    }
}
