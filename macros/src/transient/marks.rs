//! What the attributes of a type and its variants say.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, Fields, Member, Token};

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
    if matches!(attribute.meta, syn::Meta::Path(_)) {
        return transience;
    }
    errors.take(attribute.parse_args_with(|input: ParseStream<'_>| {
        while !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            match key.to_string().as_str() {
                "when" => {
                    input.parse::<Token![=]>()?;
                    transience.when.set(&key, input.parse()?, errors);
                }
                "after" => {
                    input.parse::<Token![=]>()?;
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

fn field(input: ParseStream<'_>, fields: &Fields) -> syn::Result<Member> {
    let member: Member = input.parse()?;
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
