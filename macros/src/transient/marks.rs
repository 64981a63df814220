//! What the attributes of a type and its variants say.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, Fields, Member, Meta, Token};

use crate::errors::Errors;
use crate::parse::crate_path::{self, CratePath};
use crate::parse::entries::{Slot, unknown_key};

/// What the attributes of a variant say.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) transient: Option<Transience>,
    pub(super) policy: Option<Span>,
}

#[derive(Default)]
pub(super) struct Transience {
    pub(super) when: Slot<Expr>,
    pub(super) after: Slot<Member>,
}

pub(super) fn marks(attributes: &[Attribute], fields: &Fields, errors: &Errors) -> Marks {
    let mut marks = Marks::default();
    for attribute in attributes {
        if attribute.path().is_ident("policy") {
            if marks.policy.is_some() {
                errors.at(attribute, "`#[policy]` is given twice");
            }
            if !matches!(attribute.meta, Meta::Path(_)) {
                errors.at(attribute, "`#[policy]` takes no arguments");
            }
            marks.policy = Some(attribute.path().get_ident().map_or_else(Span::call_site, Ident::span));
        } else if attribute.path().is_ident("transient") && !is_crate_only(attribute) {
            if marks.transient.is_some() {
                errors.at(attribute, "`#[transient]` is given twice; its arguments go into one list");
            }
            marks.transient = Some(transience(attribute, fields, errors));
        }
    }
    if let (Some(_), Some(span)) = (&marks.transient, marks.policy) {
        errors
            .at_span(span, "a `#[policy]` variant knows by itself what is transient; remove `#[transient]`");
    }
    marks
}

fn transience(attribute: &Attribute, fields: &Fields, errors: &Errors) -> Transience {
    let mut transience = Transience::default();
    match &attribute.meta {
        Meta::Path(_) => return transience,
        Meta::NameValue(pair) => {
            errors.at(
                pair,
                "write `#[transient]`, or `#[transient(when = ..)]` with a condition over the fields",
            );
            return transience;
        }
        Meta::List(_) => {}
    }
    errors.take(attribute.parse_args_with(|input: ParseStream<'_>| {
        while !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            match key.to_string().as_str() {
                "when" => {
                    equals(&key, "when = status >= 500", input)?;
                    transience.when.set(&key, input.parse()?, errors);
                }
                "after" => {
                    equals(&key, "after = 0", input)?;
                    transience.after.set(&key, field(input, fields)?, errors);
                }
                _ => return Err(unknown_key(&key, "#[transient]", ["when", "after"].into_iter())),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }));
    transience
}

fn equals(key: &Ident, usage: &str, input: ParseStream<'_>) -> syn::Result<()> {
    let given = input.parse::<Option<Token![=]>>()?.is_some() && !input.is_empty() && !input.peek(Token![,]);
    if given {
        return Ok(());
    }
    Err(syn::Error::new(key.span(), format!("`{key}` needs a value: write `{usage}`")))
}

/// Attributes of ours where they say nothing.
pub(super) fn check_none(attributes: &[Attribute], says: &str, errors: &Errors) {
    for attribute in attributes.iter().filter(|attribute| !is_crate_only(attribute)) {
        for name in ["transient", "policy"] {
            if attribute.path().is_ident(name) {
                errors.at(attribute, format!("`#[{name}]` {says}"));
            }
        }
    }
}

fn field(input: ParseStream<'_>, fields: &Fields) -> syn::Result<Member> {
    let at = input.span();
    let member: Member = input.parse().map_err(|_| {
        syn::Error::new(at, "`after` names the field that says how long to wait: write `after = 0`")
    })?;
    if fields.members().any(|known| known == member) {
        return Ok(member);
    }
    let all =
        fields.members().map(|known| format!("`{}`", member_text(&known))).collect::<Vec<_>>().join(", ");
    let has = if all.is_empty() { "there are none".to_owned() } else { format!("there are {all}") };
    Err(syn::Error::new_spanned(&member, format!("no field `{}`; {has}", member_text(&member))))
}

fn member_text(member: &Member) -> String {
    match member {
        Member::Named(name) => name.to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

fn is_crate_only(attribute: &Attribute) -> bool {
    attribute
        .parse_args_with(|input: ParseStream<'_>| {
            Ok(input.peek(Token![crate]) && input.parse::<TokenStream>().is_ok())
        })
        .unwrap_or(false)
}

/// `#[transient(crate = "path")]` on the type.
pub(super) fn crate_path_of(attributes: &[Attribute], errors: &Errors) -> Option<CratePath> {
    let attribute = attributes
        .iter()
        .find(|attribute| attribute.path().is_ident("transient") && is_crate_only(attribute))?;
    errors.take(attribute.parse_args_with(|input: ParseStream<'_>| {
        input.parse::<Token![crate]>()?;
        input.parse::<Token![=]>()?;
        crate_path::parse(input)
    }))
}
