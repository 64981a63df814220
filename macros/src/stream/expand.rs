use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{ReturnType, Type};

use super::parse::{Guards, Settings};
use super::validate::is_refused;
use super::walk::Walk;
use crate::errors::Errors;
use crate::expand::{captured, generated};
use crate::parse::Function;
use crate::parse::crate_path;
use crate::parse::function::Body;
use crate::shape::Shape;

// Input:
//     #[stream]
//     async fn pages(client: Client) -> Result<Page, Error> {
//         loop {
//             yield_!(Ok(client.next().await?));
//         }
//     }
//
// Output:
//     fn pages(client: Client) -> impl Stream<Item = Result<Page, Error>> {
//         async_stream::<Result<Page, Error>, _, _>(move |yielder| async move {
//             let _ = &client;
//             let end = async {
//                 let _end: () = loop {
//                     yielder.y({ let item: Result<Page, Error> = Ok(client.next().await?); item }).await;
//                 };
//                 Ok(())
//             };
//             if let Some(error) = <Result<Page, Error> as StreamItem>::last(end.await) {
//                 yielder.y(error).await;
//             }
//         })
//     }
pub(super) fn function(settings: &Settings, item: &Function, errors: &Errors) -> TokenStream {
    let private = crate_path::private(settings.krate.get());
    let Body::Block { group, .. } = &item.body else { return head(&private, item, &quote!(;)) };
    let mut item = item.clone();
    let captured = captured(&mut item);
    let output = Shape::of(&item, group).output;
    let edge = output.edge.unwrap_or_else(|| generated!(_));
    let yielder = generated!(yielder);
    let tries = is_result(&item.signature.output);
    let allows_guards = settings.guards.get() == Some(&Guards::Allow);
    let walk = Walk { errors, yielder: &yielder, item: &edge, tries, allows_guards };
    let ends_itself = tries && ends_with_ok(group);
    let body = walk.body(group);
    let at = Span::mixed_site().located_at(output.span);
    let run = if tries {
        let named = with_units(edge.clone());
        let end = quote_spanned!(at=> <#named as #private::StreamItem>::End);
        let last = quote_spanned!(at=> <#edge as #private::StreamItem>::last);
        let body = if ends_itself {
            generated!(match () { () => #body })
        } else {
            // The other arm keeps what follows reachable where the body loops for ever.
            generated! {
                let _end: () = match true { true => #body, false => {} };
                ::core::result::Result::Ok(())
            }
        };
        generated! {
            let end = async {
                if let ::core::option::Option::Some(end) = ::core::option::Option::None::<#end> {
                    return end;
                }
                #body
            };
            if let ::core::option::Option::Some(error) = #last(end.await) {
                #yielder.y(error).await;
            }
        }
    } else {
        generated! {
            let _end: () = match () { () => #body };
        }
    };
    let stream = generated! {
        #private::async_stream::<#edge, _, _>(move |#yielder| async move {
            #captured
            #run
        })
    };
    // The user's own braces: with others the whole item would count as somebody else's, and `dead_code` would be silent.
    let mut braces = Group::new(proc_macro2::Delimiter::Brace, stream);
    braces.set_span(group.span());
    head(&private, &item, &braces.to_token_stream())
}

/// After a mistake: what callers see of it.
pub(super) fn without_body(settings: &Settings, item: &Function) -> TokenStream {
    let private = crate_path::private(settings.krate.get());
    let Body::Block { group, .. } = &item.body else { return head(&private, item, &quote!(;)) };
    let mut item = item.clone();
    // Told already: what they say of a plain function would be about nothing that the user wrote. They stay in a finished
    // form, so that their imports stay used.
    for attribute in item.attributes.iter_mut().filter(|attribute| is_refused(attribute)) {
        let path = attribute.path().clone();
        attribute.meta = syn::parse_quote!(#path(__done));
    }
    let captured = captured(&mut item);
    let edge = Shape::of(&item, group).output.edge.unwrap_or_else(|| generated!(()));
    let body = generated! {{
        #private::async_stream::<#edge, _, _>(move |_| async move {
            #captured
            ::core::unreachable!()
        })
    }};
    head(&private, &item, &body)
}

fn head(private: &TokenStream, item: &Function, body: &TokenStream) -> TokenStream {
    let mut item = item.clone();
    item.signature.asyncness = None;
    let yields = match &item.signature.output {
        ReturnType::Default => generated!(()),
        ReturnType::Type(_, ty) if names_a_stream(ty) => return with_body(&item, body),
        ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_)) => generated!(()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    };
    // `impl` is of this crate's edition, so that it captures every lifetime in the user's, too.
    let returns: TokenStream = generated!(impl #private::Stream<Item = #yields>);
    item.signature.output =
        ReturnType::Type(syn::token::RArrow(Span::mixed_site()), Box::new(Type::Verbatim(returns)));
    with_body(&item, body)
}

fn with_body(item: &Function, body: &TokenStream) -> TokenStream {
    let mut item = item.clone();
    if let Body::Block { inner_attributes, .. } = &item.body {
        for attribute in inner_attributes {
            let mut outer = attribute.clone();
            outer.style = syn::AttrStyle::Outer;
            item.attributes.push(outer);
        }
    }
    let mut tokens = TokenStream::new();
    item.head_to_tokens(&mut tokens);
    quote!(#tokens #body)
}

/// The user wrote the stream itself, which has been told.
fn names_a_stream(ty: &Type) -> bool {
    ty.to_token_stream().to_string().contains("Stream < Item =")
}

/// By name: `Result<T, E>`, and aliases such as `io::Result<T>`.
fn is_result(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return false };
    let Type::Path(path) = &**ty else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident.to_string().ends_with("Result"))
}

/// The error's type does not depend on an item that has no name, and `()` stands for it.
fn with_units(edge: TokenStream) -> TokenStream {
    edge.into_iter()
        .map(|token| match token {
            TokenTree::Ident(word) if word == "_" => {
                TokenTree::Group(Group::new(proc_macro2::Delimiter::Parenthesis, TokenStream::new()))
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), with_units(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        })
        .collect()
}

/// `Ok(())`, as a function with `?` is used to end.
fn ends_with_ok(body: &Group) -> bool {
    let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
    let [before @ .., TokenTree::Ident(ok), TokenTree::Group(unit)] = tokens.as_slice() else { return false };
    let begins = match before.last() {
        None => true,
        Some(TokenTree::Punct(end)) => end.as_char() == ';',
        Some(TokenTree::Group(block)) => block.delimiter() == proc_macro2::Delimiter::Brace,
        Some(_) => false,
    };
    begins && ok == "Ok" && unit.stream().to_string() == "()"
}
