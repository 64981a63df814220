//! `#[checked(deny(..), warn(..), allow(..))]`.

use std::sync::Arc;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use steadfast_rules::{Finding, Level, Levels, Options, Words, nearest};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Path, Token, parenthesized, parse_quote};

use super::is_ours;
use super::machine;
use crate::errors::Errors;
use crate::marks;
use crate::parse::crate_path::{self, CratePath};
use crate::parse::entries;

/// What an attribute says about how its item is checked.
#[derive(Clone, Default)]
pub(crate) struct Checked {
    levels: Levels,
    pub(crate) krate: Option<CratePath>,
    /// All arguments as they were written.
    written: TokenStream,
    /// For our own tests: every question at every possible place, and no finding.
    pub(crate) asks_everything: bool,
    /// For our own command line, which reads what rustc reports.
    is_for_machine: bool,
    /// What the configuration of a workspace adds, for the same.
    offloaders: Vec<String>,
    blocking: Vec<(String, String)>,
    /// The words of the function, if it was looked through already.
    pub(super) words: Option<Words>,
}

const NO_KEY: &str =
    "write `deny(..)`, `warn(..)` or `allow(..)` with names of rules, such as `allow(blocking_sleep)`";

const KEYS: [&str; 4] = ["deny", "warn", "allow", "crate"];

impl Checked {
    pub(crate) fn parse(arguments: TokenStream, errors: &Errors) -> Self {
        let mut checked = Self { written: arguments.clone(), ..Self::default() };
        let entries = |input: ParseStream<'_>| {
            entries::each(input, errors, |input| checked.entry(input, errors));
            Ok(())
        };
        errors.take(entries.parse2(arguments));
        checked
    }

    fn entry(&mut self, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
        let at = input.span();
        let key = input.call(Ident::parse_any).map_err(|_| syn::Error::new(at, NO_KEY))?;
        match key.to_string().as_str() {
            "deny" => self.rules(Level::Error, &key, input, errors)?,
            "warn" => self.rules(Level::Warn, &key, input, errors)?,
            "allow" => self.rules(Level::Off, &key, input, errors)?,
            "crate" => {
                input.parse::<Token![=]>()?;
                self.krate = Some(crate_path::parse(input)?);
            }
            "__ask_everything" => self.asks_everything = true,
            "__machine" => self.is_for_machine = true,
            "__offloaders" => self.offloaders = names(input)?,
            "__blocking" => self.blocking = paths(input)?,
            _ => return Err(unknown_key(&key)),
        }
        Ok(())
    }

    fn rules(
        &mut self,
        level: Level,
        key: &Ident,
        input: ParseStream<'_>,
        errors: &Errors,
    ) -> syn::Result<()> {
        if !input.peek(syn::token::Paren) {
            return Err(syn::Error::new(
                key.span(),
                format!("`{key}` takes names of rules: `{key}(blocking_sleep)`"),
            ));
        }
        let names;
        parenthesized!(names in input);
        if names.is_empty() {
            errors.at(key, format!("`{key}` without a rule changes nothing; name one, or remove it"));
        }
        for entry in Punctuated::<Entry, Token![,]>::parse_terminated(&names)? {
            let Entry::Rule(path) = entry else { continue };
            // `steadfast::blocking_sleep` and `blocking_sleep` are the same rule.
            let name = path.segments.last().map(|last| last.ident.unraw().to_string()).unwrap_or_default();
            if let Err(unknown) = self.levels.set(&name, level) {
                errors.at(path, unknown.to_string());
            }
        }
        Ok(())
    }

    /// The attribute with which a function in the item that has policies, and is checked by those, is checked as the
    /// item is. One with a `checked` of its own decides for itself.
    pub(super) fn inherited(&self, attributes: &[Attribute], prefix: Option<&str>) -> Option<Attribute> {
        let decides = attributes.iter().any(|attribute| is_ours(attribute, "checked", prefix));
        let (krate, arguments) = (crate_path::root(self.krate.as_ref()), &self.written);
        (!decides && !arguments.is_empty()).then(|| parse_quote!(#[#krate::checked(#arguments)]))
    }

    /// The findings as they are to be told.
    pub(super) fn spoken(&self, findings: Vec<Finding>) -> Vec<Finding> {
        if self.is_for_machine { machine::spoken(findings) } else { findings }
    }

    pub(crate) fn options(&self, crate_name: Option<String>) -> Options {
        let mut options = Options {
            levels: self.levels.clone(),
            offloaders: self.offloaders.clone(),
            blocking: self.blocking.clone(),
            asks_everything: self.asks_everything,
            marked: if self.asks_everything { Arc::new(marks::ANY) } else { marks::marked() },
            ..Options::for_macro()
        };
        options.crate_names.extend(crate_name);
        options
    }
}

/// `(name, ..)`
fn names(input: ParseStream<'_>) -> syn::Result<Vec<String>> {
    let names;
    parenthesized!(names in input);
    let names = Punctuated::<Ident, Token![,]>::parse_terminated(&names)?;
    Ok(names.iter().map(|name| name.unraw().to_string()).collect())
}

/// `("path" = "what to write instead", ..)`
fn paths(input: ParseStream<'_>) -> syn::Result<Vec<(String, String)>> {
    let paths;
    parenthesized!(paths in input);
    let path = |input: ParseStream<'_>| {
        let path: LitStr = input.parse()?;
        input.parse::<Token![=]>()?;
        let instead: LitStr = input.parse()?;
        Ok((path.value(), instead.value()))
    };
    Ok(paths.parse_terminated(path, Token![,])?.into_iter().collect())
}

/// What may stand in a list of rules.
enum Entry {
    Rule(Path),
    /// `reason = ".."`, as in the attribute of rustc.
    Reason,
}

impl syn::parse::Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path: Path = input.call(Path::parse_mod_style)?;
        if path.is_ident("reason") && input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            input.parse::<LitStr>()?;
            return Ok(Self::Reason);
        }
        Ok(Self::Rule(path))
    }
}

fn unknown_key(key: &Ident) -> syn::Error {
    let name = key.to_string();
    let message = if steadfast_rules::rule(&name).is_some() {
        format!("say what to do with it: `deny({name})`, `warn({name})` or `allow({name})`")
    } else {
        match nearest(&name, KEYS) {
            Some(near) => format!("there is no argument `{name}`; did you mean `{near}`?"),
            None => format!("there is no argument `{name}`; write `deny(..)`, `warn(..)` or `allow(..)`"),
        }
    };
    syn::Error::new(key.span(), message)
}

/// The span of the last name of a path.
pub(super) fn name_span(path: &Path) -> Span {
    path.segments.last().map_or_else(Span::call_site, |segment| segment.ident.span())
}

/// Whether an attribute's arguments say that its work is done.
pub(super) fn is_done(arguments: &impl ToTokens) -> bool {
    arguments.to_token_stream().to_string() == "__done"
}
