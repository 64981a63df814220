//! `#[derive(Transient)]`.

mod implement;
mod marks;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Attribute, Fields, Generics, Item, Variant};

use crate::errors::Errors;
use crate::parse::crate_path;
use marks::{Marks, crate_path_of, marks};

/// A variant of an enum, or a struct, which is like an enum of one.
struct Case<'a> {
    path: TokenStream,
    name: &'a Ident,
    fields: &'a Fields,
    marks: Marks,
}

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: Item = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let errors = Errors::new();
    let Some(input) = ErrorType::of(&input, &errors) else { return errors.into_tokens() };
    let krate = crate_path_of(input.attributes, &errors);
    let private = crate_path::private(krate.as_ref());
    let cases = input.cases(&errors);
    check_one_policy(&cases, &errors);
    let known = if errors.is_empty() { cases.as_slice() } else { &[] };
    let transient = implement::transient(&input, known, &private);
    let from_policy = implement::from_policy(&input, &cases, &private);
    let errors = errors.into_tokens();
    quote!(#errors #transient #from_policy)
}

fn check_one_policy(cases: &[Case<'_>], errors: &Errors) {
    let mut marked = cases.iter().filter_map(|case| case.marks.policy.map(|span| (case.name, span)));
    let Some((first, _)) = marked.next() else { return };
    for (name, span) in marked {
        errors.at_span(
            span,
            format!("`{first}` is `#[policy]` already, and one variant carries what policies raise; remove it from `{name}`"),
        );
    }
}

/// The type that the derive stands on.
struct ErrorType<'a> {
    name: &'a Ident,
    attributes: &'a [Attribute],
    generics: &'a Generics,
    kind: TypeKind<'a>,
}

enum TypeKind<'a> {
    Enum(Vec<&'a Variant>),
    Struct(&'a Fields),
}

impl<'a> ErrorType<'a> {
    fn of(item: &'a Item, errors: &Errors) -> Option<Self> {
        match item {
            Item::Enum(item) => Some(Self {
                name: &item.ident,
                attributes: &item.attrs,
                generics: &item.generics,
                kind: TypeKind::Enum(item.variants.iter().collect()),
            }),
            Item::Struct(item) => Some(Self {
                name: &item.ident,
                attributes: &item.attrs,
                generics: &item.generics,
                kind: TypeKind::Struct(&item.fields),
            }),
            Item::Union(item) => {
                errors.at(
                    item.union_token,
                    "`Transient` can be derived for an enum or a struct, not for a union",
                );
                None
            }
            _ => None,
        }
    }

    fn cases(&self, errors: &Errors) -> Vec<Case<'a>> {
        match &self.kind {
            TypeKind::Enum(variants) => {
                marks::check_none(self.attributes, "stands on each variant that it is about", errors);
                let case = |variant: &&'a Variant| {
                    let name = &variant.ident;
                    Case::of(quote!(Self::#name), name, &variant.attrs, &variant.fields, errors)
                };
                variants.iter().map(case).collect()
            }
            TypeKind::Struct(fields) => {
                vec![Case::of(quote!(Self), self.name, self.attributes, fields, errors)]
            }
        }
    }
}

impl<'a> Case<'a> {
    fn of(
        path: TokenStream,
        name: &'a Ident,
        attributes: &[Attribute],
        fields: &'a Fields,
        errors: &Errors,
    ) -> Self {
        let marks = marks(attributes, fields, errors);
        for field in fields {
            marks::check_none(&field.attrs, &format!("stands on `{name}` and not on its field"), errors);
        }
        if let Some(span) = marks.policy.filter(|_| fields.len() != 1) {
            let message = format!("`#[policy]` needs one field: write `{name}(steadfast::PolicyError)`");
            errors.at_span(span, message);
        }
        Self { path, name, fields, marks }
    }
}
