//! `#[shield]`.

use proc_macro2::Ident;
use syn::parse::ParseStream;

use super::crate_path::{self, CratePath};
use super::entries::{Arguments, Form, Slot, expression};
use crate::errors::Errors;

#[derive(Default)]
pub(crate) struct Shield {
    pub(crate) krate: Slot<CratePath>,
}

impl Arguments for Shield {
    const ATTRIBUTE: &'static str = "shield";
    const KEYS: &'static [(&'static str, Form, &'static str)] = &[("crate", Form::Value, "crate = \"path\"")];

    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = &[(
        &["timeout", "limit", "grace", "deadline"],
        "#[timeout(attempt = 2s)]` inside of the body, with `steadfast::apply!",
    )];

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        self.krate.set(key, crate_path::parse(input)?, errors);
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, _errors: &Errors) -> syn::Result<()> {
        let expr = expression(input)?;
        Err(syn::Error::new_spanned(expr, "`#[shield]` takes no arguments: what it wraps runs to its end"))
    }
}
