//! `#[derive(Transient)]`.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, Fields, Generics, Ident, Index, Item, Member, Token, Variant};

use crate::errors::Errors;
use crate::parse::crate_path::{self, CratePath};
use crate::parse::entries::{Slot, unknown_key};

/// What the attributes of a variant say.
#[derive(Default)]
struct Marks {
    transient: Option<Transience>,
    policy: Option<Span>,
}

#[derive(Default)]
struct Transience {
    when: Slot<Expr>,
    after: Slot<Member>,
}

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
    // With mistakes the trait is implemented all the same, so that they are the only errors.
    let cases = if errors.is_empty() { cases } else { Vec::new() };
    let tokens = implement(&input, &cases, &private, &errors);
    let errors = errors.into_tokens();
    quote!(#errors #tokens)
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
                variants.iter().map(|variant| variant_case(variant, errors)).collect()
            }
            TypeKind::Struct(fields) => {
                let marks = marks(self.attributes, fields, errors);
                vec![Case { path: quote!(Self), name: self.name, fields, marks }]
            }
        }
    }
}

fn variant_case<'a>(variant: &'a Variant, errors: &Errors) -> Case<'a> {
    let name = &variant.ident;
    let marks = marks(&variant.attrs, &variant.fields, errors);
    if let Some(span) = marks.policy {
        if variant.fields.len() != 1 {
            errors.at_span(
                span,
                format!("`#[policy]` needs one field: write `{name}(steadfast::PolicyError)`"),
            );
        }
    }
    Case { path: quote!(Self::#name), name, fields: &variant.fields, marks }
}

fn marks(attributes: &[Attribute], fields: &Fields, errors: &Errors) -> Marks {
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
fn crate_path_of(attributes: &[Attribute], errors: &Errors) -> Option<CratePath> {
    let attribute = attributes
        .iter()
        .find(|attribute| attribute.path().is_ident("transient") && is_crate_only(attribute))?;
    errors.take(attribute.parse_args_with(|input: ParseStream<'_>| {
        input.parse::<Token![crate]>()?;
        input.parse::<Token![=]>()?;
        crate_path::parse(input)
    }))
}

fn implement(
    input: &ErrorType<'_>,
    cases: &[Case<'_>],
    private: &TokenStream,
    errors: &Errors,
) -> TokenStream {
    let name = input.name;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let transient = cases.iter().map(|case| case.is_transient(private));
    let hints = cases.iter().filter_map(|case| case.hint(private));
    let policies: Vec<_> = cases.iter().filter_map(Case::policy).collect();
    let from =
        if errors.is_empty() { from_policy(input, cases, private, errors) } else { TokenStream::new() };
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl #generics #private::Transient for #name #arguments #bounds {
            fn is_transient(&self) -> bool {
                match self {
                    #(#transient)*
                    #[allow(unreachable_patterns)]
                    _ => false,
                }
            }

            fn retry_after(&self) -> ::core::option::Option<#private::Duration> {
                match self {
                    #(#hints)*
                    #[allow(unreachable_patterns)]
                    _ => ::core::option::Option::None,
                }
            }

            fn policy_error(&self) -> ::core::option::Option<&#private::PolicyError> {
                match self {
                    #(#policies)*
                    #[allow(unreachable_patterns)]
                    _ => ::core::option::Option::None,
                }
            }
        }
        #from
    }
}

impl Case<'_> {
    /// A pattern that binds every field: a named one under its name, a numbered one as `_0`.
    fn binds_all(&self) -> TokenStream {
        let path = &self.path;
        match self.fields {
            Fields::Named(fields) => {
                let names = fields.named.iter().map(|field| &field.ident);
                quote!(#path { #(#names),* })
            }
            Fields::Unnamed(fields) => {
                let names = (0..fields.unnamed.len()).map(|at| format_ident!("_{at}"));
                quote!(#path(#(#names),*))
            }
            Fields::Unit => path.clone(),
        }
    }

    fn binds_none(&self) -> TokenStream {
        let path = &self.path;
        quote!(#path { .. })
    }

    fn is_transient(&self, private: &TokenStream) -> TokenStream {
        if self.marks.policy.is_some() {
            let (pattern, field) = self.first_field();
            return quote!(#pattern => #private::Transient::is_transient(#field),);
        }
        match &self.marks.transient {
            None => {
                let pattern = self.binds_none();
                quote!(#pattern => false,)
            }
            Some(transience) => match transience.when.get() {
                None => {
                    let pattern = self.binds_none();
                    quote!(#pattern => true,)
                }
                Some(when) => self.when(when),
            },
        }
    }

    /// The condition sees the fields by value where they are `Copy`, as `status >= 500` wants it: bound as references,
    /// and read through them.
    fn when(&self, when: &Expr) -> TokenStream {
        let pattern = self.binds_all();
        let names: Vec<Ident> = match self.fields {
            Fields::Named(fields) => fields.named.iter().filter_map(|field| field.ident.clone()).collect(),
            Fields::Unnamed(fields) => (0..fields.unnamed.len()).map(|at| format_ident!("_{at}")).collect(),
            Fields::Unit => Vec::new(),
        };
        let condition = dereferenced(quote!(#when), &names);
        let unused = names.iter();
        quote!(#pattern => { let _ = (#(#unused,)*); #condition })
    }

    fn hint(&self, private: &TokenStream) -> Option<TokenStream> {
        if self.marks.policy.is_some() {
            let (pattern, field) = self.first_field();
            return Some(quote!(#pattern => #private::Transient::retry_after(#field),));
        }
        let after = self.marks.transient.as_ref()?.after.get()?;
        let path = &self.path;
        let ty = self
            .fields
            .iter()
            .zip(self.fields.members())
            .find(|(_, member)| member == after)
            .map(|(field, _)| &field.ty);
        let span = ty.map_or_else(Span::call_site, |ty| crate::parse::argument::first_span(&quote!(#ty)));
        let hint = quote_spanned!(span=> #private::RetryAfter::retry_after(after));
        Some(quote!(#path { #after: after, .. } => #hint,))
    }

    fn policy(&self) -> Option<TokenStream> {
        self.marks.policy?;
        let (pattern, field) = self.first_field();
        Some(quote!(#pattern => ::core::option::Option::Some(#field),))
    }

    fn first_field(&self) -> (TokenStream, Ident) {
        let member = self.fields.members().next().unwrap_or(Member::Unnamed(Index::from(0)));
        let (path, field) = (&self.path, format_ident!("policy", span = Span::mixed_site()));
        (quote!(#path { #member: #field }), field)
    }
}

/// Puts `(*name)` for each name that stands alone.
fn dereferenced(tokens: TokenStream, names: &[Ident]) -> TokenStream {
    use proc_macro2::{Group, TokenTree};
    let mut after_dot = false;
    tokens
        .into_iter()
        .flat_map(|token| {
            let is_field = std::mem::replace(
                &mut after_dot,
                matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.'),
            );
            match token {
                TokenTree::Ident(word) if !is_field && names.contains(&word) => {
                    quote_spanned!(word.span()=> (*#word))
                }
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), dereferenced(group.stream(), names));
                    inner.set_span(group.span());
                    TokenTree::Group(inner).into()
                }
                other => other.into(),
            }
        })
        .collect()
}

/// `From<PolicyError>` for the one variant that is marked.
fn from_policy(
    input: &ErrorType<'_>,
    cases: &[Case<'_>],
    private: &TokenStream,
    errors: &Errors,
) -> TokenStream {
    let mut marked = cases.iter().filter_map(|case| case.marks.policy.map(|span| (case, span)));
    let Some((case, _)) = marked.next() else { return TokenStream::new() };
    if let Some((second, span)) = marked.next() {
        errors.at_span(
            span,
            format!(
                "`{}` is `#[policy]` already; one variant carries what policies raise, not `{}` too",
                case.name, second.name
            ),
        );
        return TokenStream::new();
    }
    let name = input.name;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let member = case.fields.members().next().unwrap_or(Member::Unnamed(Index::from(0)));
    let path = &case.path;
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl #generics ::core::convert::From<#private::PolicyError> for #name #arguments #bounds {
            fn from(policy: #private::PolicyError) -> Self {
                #path { #member: policy }
            }
        }
    }
}
