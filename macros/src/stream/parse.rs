//! `#[stream(guards = allow)]`

use proc_macro2::Ident;
use syn::parse::ParseStream;

use crate::errors::Errors;
use crate::parse::crate_path::{self, CratePath};
use crate::parse::entries::{self, Arguments, Form, Slot, expression, one_of_quoted};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guards {
    Deny,
    Allow,
}

#[derive(Default)]
pub(super) struct Settings {
    pub(super) guards: Slot<Guards>,
    pub(super) krate: Slot<CratePath>,
}

impl Arguments for Settings {
    const ATTRIBUTE: &'static str = "stream";
    const KEYS: &'static [(&'static str, Form, &'static str)] =
        &[("guards", Form::Value, "guards = allow"), ("crate", Form::Value, "crate = \"path\"")];
    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] =
        &[(&["item", "yields", "ty"], "-> Item")];

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        match key.to_string().as_str() {
            "crate" => self.krate.set(key, crate_path::parse(input)?, errors),
            "guards" => {
                let known = [("deny", Guards::Deny), ("allow", Guards::Allow)];
                self.guards.set(key, one_of_quoted(input, "guards", &known)?, errors);
            }
            _ => return Err(entries::unknown::<Self>(key)),
        }
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, _errors: &Errors) -> syn::Result<()> {
        let message = "`#[stream]` takes named arguments, such as `guards = allow`\nhelp: what it yields is the function's return type";
        Err(syn::Error::new_spanned(expression(input)?, message))
    }
}
