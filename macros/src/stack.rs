//! The policies of one function, whatever order they were written in.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Meta, Path};

use crate::errors::Errors;
use crate::parse::argument::readable;
use crate::parse::crate_path::{self, CratePath};
use crate::parse::entries::{Arguments as _, Slot};
use crate::parse::{Bounded, Function, MustJoin, Retry, Shield, Timeout};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Timeout,
    Retry,
    Bounded,
    Shield,
    MustJoin,
}

pub(crate) const KINDS: [Kind; 5] = [Kind::Timeout, Kind::Retry, Kind::Bounded, Kind::Shield, Kind::MustJoin];

impl Kind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Retry => "retry",
            Self::Bounded => "bounded",
            Self::Shield => "shield",
            Self::MustJoin => "must_join",
        }
    }
}

#[derive(Default)]
pub(crate) struct Stack {
    pub(crate) timeout: Option<Timeout>,
    pub(crate) retry: Option<Retry>,
    pub(crate) bounded: Option<Bounded>,
    pub(crate) shield: Option<Shield>,
    pub(crate) must_join: Option<MustJoin>,
    /// All arguments as they were written: a parameter that they name is needed beside the body.
    pub(crate) written: TokenStream,
    /// `crate = "path"` of `apply!`, which stands beside the policies.
    pub(crate) krate: Option<CratePath>,
}

impl Stack {
    /// Adds a policy, unless the function has one of its kind.
    pub(crate) fn add(&mut self, kind: Kind, at: Span, arguments: TokenStream, errors: &Errors) {
        let taken = match kind {
            Kind::Timeout => self.timeout.is_some(),
            Kind::Retry => self.retry.is_some(),
            Kind::Bounded => self.bounded.is_some(),
            Kind::Shield => self.shield.is_some(),
            Kind::MustJoin => self.must_join.is_some(),
        };
        if taken {
            let name = kind.name();
            errors.at_span(at, format!("`{name}` is given twice; one function has one of each policy"));
            return;
        }
        self.written.extend(arguments.clone());
        match kind {
            Kind::Timeout => self.timeout = Some(Timeout::parse(at, arguments, errors)),
            Kind::Retry => self.retry = Some(Retry::parse(arguments, errors)),
            Kind::Bounded => self.bounded = Some(Bounded::parse(at, arguments, errors)),
            Kind::Shield => self.shield = Some(Shield::read(arguments, errors)),
            Kind::MustJoin => self.must_join = Some(MustJoin::read(arguments, errors)),
        }
    }

    /// Takes the policies that stand below the one that is being expanded, so that there is one expansion for the
    /// function. They stay on the item in a finished form, so that imports stay used and editors find them.
    pub(crate) fn claim(&mut self, function: &mut Function, errors: &Errors) {
        let prefix = self.crate_name().or_else(|| function.attributes.iter().find_map(crate_name_in));
        for attribute in &mut function.attributes {
            let Some(kind) = recognised(attribute.path(), prefix.as_deref()) else { continue };
            let at =
                attribute.path().segments.last().map_or_else(Span::call_site, |segment| segment.ident.span());
            let path = attribute.path().clone();
            if let Some(arguments) = arguments_of(attribute, errors) {
                self.add(kind, at, arguments, errors);
            }
            attribute.meta = syn::parse_quote!(#path(__done));
        }
    }

    /// Constants that only the function itself knows are values of a call.
    pub(crate) fn demote_generic_constants(&mut self, generics: &syn::Generics) {
        let names: Vec<_> = generics
            .params
            .iter()
            .filter_map(|parameter| match parameter {
                syn::GenericParam::Type(parameter) => Some(parameter.ident.clone()),
                syn::GenericParam::Const(parameter) => Some(parameter.ident.clone()),
                syn::GenericParam::Lifetime(_) => None,
            })
            .collect();
        self.timeout.iter_mut().for_each(|timeout| timeout.demote(&names));
        self.retry.iter_mut().for_each(|retry| retry.demote(&names));
        self.bounded.iter_mut().for_each(|bounded| bounded.demote(&names));
        self.must_join.iter_mut().for_each(|must_join| must_join.demote(&names));
    }

    pub(crate) fn crate_path(&self) -> Option<&CratePath> {
        let slots = [
            self.timeout.as_ref().map(|timeout| &timeout.krate),
            self.retry.as_ref().map(|retry| &retry.krate),
            self.bounded.as_ref().map(|bounded| &bounded.krate),
            self.shield.as_ref().map(|shield| &shield.krate),
            self.must_join.as_ref().map(|must_join| &must_join.krate),
        ];
        self.krate.as_ref().or_else(|| slots.into_iter().flatten().find_map(Slot::get))
    }

    /// The name of the crate in front of an attribute, if it is not `steadfast`.
    pub(crate) fn crate_name(&self) -> Option<String> {
        self.crate_path().and_then(CratePath::last_name)
    }

    /// Whether there is anything to put around a body.
    pub(crate) fn has_policy(&self) -> bool {
        let outer = self.timeout.is_some() || self.retry.is_some() || self.bounded.is_some();
        outer || self.shield.is_some() || self.must_join.is_some()
    }

    /// The path of what the expansion names.
    pub(crate) fn private(&self) -> TokenStream {
        crate_path::private(self.crate_path())
    }

    /// Whether the attempt's own limit is there beside a limit for all attempts.
    pub(crate) fn attempt_limit(&self) -> Option<&crate::parse::argument::DurationArgument> {
        self.timeout.as_ref()?.attempt.get()
    }

    pub(crate) fn total_limit(&self) -> Option<&crate::parse::argument::DurationArgument> {
        self.timeout.as_ref()?.total()
    }
}

/// The last name of `crate = ".."` among an attribute's arguments.
fn crate_name_in(attribute: &Attribute) -> Option<String> {
    let last = attribute.path().segments.last()?;
    if !KINDS.into_iter().any(|kind| last.ident == kind.name()) {
        return None;
    }
    let Meta::List(arguments) = &attribute.meta else { return None };
    let mut tokens = arguments.tokens.clone().into_iter();
    tokens.find(|token| matches!(token, proc_macro2::TokenTree::Ident(word) if word == "crate"))?;
    tokens.next()?;
    let path: TokenStream = tokens.take_while(|token| token.to_string() != ",").collect();
    syn::parse::Parser::parse2(crate_path::parse, path).ok()?.last_name()
}

/// What an absorbed attribute says when it is expanded itself.
pub(crate) fn is_done(arguments: &TokenStream) -> bool {
    arguments.to_string() == "__done"
}

/// By name, with no path or with the path of this crate: a macro cannot resolve names. One that is imported under
/// another name reports itself when it finds the body already expanded.
fn recognised(path: &Path, prefix: Option<&str>) -> Option<Kind> {
    KINDS.into_iter().find(|kind| is_attribute(path, kind.name(), prefix))
}

/// Whether the path is that of our attribute of this name.
pub(crate) fn is_attribute(path: &Path, name: &str, prefix: Option<&str>) -> bool {
    let mut words = path.segments.iter().rev();
    words.next().is_some_and(|last| last.ident == name)
        && words.next().is_none_or(|before| {
            before.ident == "steadfast" || Some(before.ident.to_string().as_str()) == prefix
        })
}

pub(crate) fn arguments_of(attribute: &Attribute, errors: &Errors) -> Option<TokenStream> {
    match &attribute.meta {
        Meta::Path(_) => Some(TokenStream::new()),
        Meta::List(list) => (!is_done(&list.tokens)).then(|| list.tokens.clone()),
        Meta::NameValue(pair) => {
            let name = readable(&pair.path.to_token_stream());
            errors.at(pair, format!("write the arguments in parentheses, as in `#[{name}(..)]`"));
            None
        }
    }
}
