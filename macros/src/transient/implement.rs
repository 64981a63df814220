//! The implementations that the derive writes.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::{Attribute, Expr, Fields, Member, Meta};

use super::{Case, ErrorType};
use crate::expand::generated;

/// `Transient` by the cases, or, where something was wrong with them, for nothing at all: then that is the only error.
pub(super) fn transient(input: &ErrorType<'_>, cases: &[Case<'_>], private: &TokenStream) -> TokenStream {
    let name = input.name;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let none = generated!(::core::option::Option::None);
    let transient = by_case(cases, &generated!(false), |case| Some(case.is_transient(private)));
    let hint = by_case(cases, &none, |case| case.hint(private));
    let policy = by_case(cases, &none, Case::policy);
    generated! {
        #[automatically_derived]
        impl #generics #private::Transient for #name #arguments #bounds {
            fn is_transient(&self) -> bool {
                #transient
            }

            fn retry_after(&self) -> ::core::option::Option<#private::Duration> {
                #hint
            }

            fn policy_error(&self) -> ::core::option::Option<&#private::PolicyError> {
                #policy
            }
        }
    }
}

/// A `match` with an arm for each case; `otherwise` for those that say nothing.
fn by_case<'a>(
    cases: &'a [Case<'a>],
    otherwise: &TokenStream,
    arm: impl Fn(&'a Case<'a>) -> Option<TokenStream>,
) -> TokenStream {
    let arms: Vec<_> = cases.iter().map(|case| (case, arm(case))).collect();
    if arms.iter().all(|(_, arm)| arm.is_none()) {
        return otherwise.clone();
    }
    let arms = arms.into_iter().map(|(case, arm)| {
        arm.unwrap_or_else(|| {
            let pattern = case.binds_none();
            generated!(#pattern => #otherwise,)
        })
    });
    generated!(match self { #(#arms)* })
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
            let pattern = self.binds_none();
            return generated! {
                #pattern => #private::Transient::policy_error(self).is_some_and(#private::Transient::is_transient),
            };
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
            let pattern = self.binds_none();
            return Some(generated! {
                #pattern => #private::Transient::policy_error(self).and_then(#private::Transient::retry_after),
            });
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
        let (member, field) = self.policy_field()?;
        let path = &self.path;
        Some(generated!(#path { #member: #field } => ::core::option::Option::Some(#field),))
    }

    /// Whether another derive, such as that of `thiserror`, writes the conversion: it goes by `#[from]` on the field.
    fn has_from(&self) -> bool {
        let is_from = |attribute: &Attribute| {
            attribute.path().is_ident("from") && matches!(attribute.meta, Meta::Path(_))
        };
        self.fields.iter().any(|field| field.attrs.iter().any(is_from))
    }

    /// The field that holds a `PolicyError`, and a variable for it that stands at the field's type: should that be
    /// another one, the message stands there.
    fn policy_field(&self) -> Option<(Member, Ident)> {
        let (field, member) = self.fields.iter().zip(self.fields.members()).next()?;
        let ty = &field.ty;
        let at = crate::parse::argument::first_span(&quote!(#ty));
        Some((member, Ident::new("policy", Span::mixed_site().located_at(at))))
    }
}

/// Puts `(*name)` for each name that stands alone.
fn dereferenced(tokens: TokenStream, names: &[Ident]) -> TokenStream {
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
                    // Parentheses of ours, so that no lint calls them unnecessary.
                    let span = Span::mixed_site().located_at(word.span());
                    quote_spanned!(span=> (*#word))
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

/// `From<PolicyError>` for the variant that is marked. One that is not right has an error already, and no other one should
/// follow from it where the function's policies need the conversion.
pub(super) fn from_policy(input: &ErrorType<'_>, cases: &[Case<'_>], private: &TokenStream) -> TokenStream {
    let Some(case) = cases.iter().find(|case| case.marks.policy.is_some()) else { return TokenStream::new() };
    if case.has_from() {
        return TokenStream::new();
    }
    let name = input.name;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let path = &case.path;
    let (policy, value) = match case.policy_field() {
        Some((member, policy)) if case.fields.len() == 1 => {
            (policy.clone(), generated!(#path { #member: #policy }))
        }
        _ => (Ident::new("_policy", Span::mixed_site()), generated!(::core::unreachable!())),
    };
    generated! {
        #[automatically_derived]
        impl #generics ::core::convert::From<#private::PolicyError> for #name #arguments #bounds {
            fn from(#policy: #private::PolicyError) -> Self {
                #value
            }
        }
    }
}
