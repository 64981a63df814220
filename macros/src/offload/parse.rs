//! `#[offload(pool = "cpu", limit = 4)]`

use proc_macro2::Ident;
use syn::parse::ParseStream;

use crate::errors::Errors;
use crate::parse::argument::{self, Count};
use crate::parse::crate_path::{self, CratePath};
use crate::parse::entries::{self, Arguments, Form, Slot, expression, one_of_quoted};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pool {
    Blocking,
    Cpu,
}

#[derive(Default)]
pub(super) struct Settings {
    pub(super) pool: Slot<Pool>,
    pub(super) limit: Slot<Count>,
    pub(super) krate: Slot<CratePath>,
}

impl Arguments for Settings {
    const ATTRIBUTE: &'static str = "offload";
    const KEYS: &'static [(&'static str, Form, &'static str)] = &[
        ("pool", Form::Value, "pool = \"cpu\""),
        ("limit", Form::Value, "limit = 4"),
        ("crate", Form::Value, "crate = \"path\""),
    ];
    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)] = &[
        (
            &["max", "n", "permits", "concurrency", "max_concurrent", "max_concurrency", "bounded"],
            "limit = 4",
        ),
        (&["on", "threads", "runtime", "executor", "rayon", "cpu"], "pool = \"cpu\""),
    ];

    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        match key.to_string().as_str() {
            "crate" => self.krate.set(key, crate_path::parse(input)?, errors),
            "pool" => {
                let known = [("blocking", Pool::Blocking), ("cpu", Pool::Cpu)];
                self.pool.set(key, one_of_quoted(input, "pool", &known)?, errors);
            }
            "limit" => self.limit.set(key, argument::count(expression(input)?, "limit")?, errors),
            _ => return Err(entries::unknown::<Self>(key)),
        }
        Ok(())
    }

    fn positional(&mut self, input: ParseStream<'_>, _errors: &Errors) -> syn::Result<()> {
        let expr = expression(input)?;
        let message = match argument::count(expr.clone(), "limit") {
            Ok(count) if count.literal().is_some() => {
                let count = &count.written;
                format!("a limit is named here: write `#[offload(limit = {count})]`")
            }
            _ if is_pool_name(&expr) => "a pool is named here: write `#[offload(pool = \"cpu\")]`".to_owned(),
            _ => "`#[offload]` takes named arguments, such as `pool = \"cpu\"` or `limit = 4`".to_owned(),
        };
        Err(syn::Error::new_spanned(expr, message))
    }
}

fn is_pool_name(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Path(path) => path.path.is_ident("cpu"),
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => text.value() == "cpu",
        _ => false,
    }
}
