//! `#[blocking(inherent, local)]`, and the same for the other marks.

use std::marker::PhantomData;

use proc_macro2::Ident;
use syn::parse::ParseStream;

use super::Marks;
use crate::errors::Errors;
use crate::parse::crate_path::{self, CratePath};
use crate::parse::entries::{Arguments, Form, Slot, expression};

#[derive(Default)]
pub(super) struct Settings<M> {
    inherent: Slot<()>,
    local: Slot<()>,
    pub(super) krate: Slot<CratePath>,
    mark: PhantomData<M>,
}

impl<M> Settings<M> {
    /// Whether it was said that the function belongs to an `impl` of a type, and not of a trait.
    pub(super) fn is_inherent(&self) -> bool {
        self.inherent.is_set()
    }

    /// Whether other crates are not to know.
    pub(super) fn is_local(&self) -> bool {
        self.local.is_set()
    }
}

impl<M: Marks> Arguments for Settings<M> {
    const ATTRIBUTE: &'static str = M::NAME;
    const KEYS: &'static [(&'static str, Form, &'static str)] = &[
        ("inherent", Form::Flag, "inherent"),
        ("local", Form::Flag, "local"),
        ("crate", Form::Value, "crate = \"path\""),
    ];
    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = M::ELSEWHERE;

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        self.krate.set(key, crate_path::parse(input)?, errors);
        Ok(())
    }

    fn flag(&mut self, key: &Ident, errors: &Errors) -> syn::Result<()> {
        let slot = if key == "local" { &mut self.local } else { &mut self.inherent };
        slot.set(key, (), errors);
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, _errors: &Errors) -> syn::Result<()> {
        Err(syn::Error::new_spanned(expression(input)?, M::POSITIONAL))
    }
}
