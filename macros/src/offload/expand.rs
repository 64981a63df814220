use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::ext::IdentExt;
use syn::{FnArg, Pat, Token};

use super::parse::{Pool, Settings};
use super::validate::ZERO_LIMIT;
use crate::expand::{generated, pattern_bindings};
use crate::parse::Function;
use crate::parse::argument::first_span;
use crate::parse::crate_path;
use crate::parse::function::Body;
use crate::shape::Shape;

// Input:
//     #[offload(limit = 4)]
//     fn load(path: PathBuf, mut depth: u8) -> io::Result<Config> { BODY }
//
// Output:
//     async fn load(path: PathBuf, mut depth: u8) -> io::Result<Config> {
//         static __STEADFAST_OFFLOAD: Offload = Offload::limited("load", Pool::Blocking, 4);
//         let work = move || -> io::Result<Config> {
//             let _ = &path;
//             let _ = &depth;
//             BODY
//         };
//         offload(&__STEADFAST_OFFLOAD, work).await
//     }
pub(super) fn function(settings: &Settings, item: &Function) -> TokenStream {
    let Body::Block { inner_attributes, group } = &item.body else {
        unreachable!("a function without a body is refused before")
    };
    let private = crate_path::private(settings.krate.get());
    let mut item = item.clone();
    let captured = captured(&mut item);
    let place = place(settings, &item, &private);
    let output = Shape::of(&item, group).output;
    // The closure's own `return` and `?` need to know their type before they are met.
    let returns = match (&item.signature.output, &output.edge) {
        (syn::ReturnType::Type(..), Some(ty)) => {
            let arrow = Span::mixed_site().located_at(output.span);
            quote_spanned!(arrow=> -> #ty)
        }
        _ => TokenStream::new(),
    };
    let at = Span::mixed_site().located_at(output.span);
    let offload = quote_spanned!(at=> #private::offload);
    item.signature.asyncness = Some(Token![async](item.signature.fn_token.span));
    for attribute in inner_attributes {
        let mut outer = attribute.clone();
        outer.style = syn::AttrStyle::Outer;
        item.attributes.push(outer);
    }
    let mut head = TokenStream::new();
    item.head_to_tokens(&mut head);
    let body = generated! {
        #place
        let work = move || #returns {
            #captured
            match () { () => #group }
        };
        #offload(&__STEADFAST_OFFLOAD, work).await
    };
    // The user's own braces: with others the whole item would count as somebody else's, and `dead_code` would be silent.
    let mut braces = proc_macro2::Group::new(proc_macro2::Delimiter::Brace, body);
    braces.set_span(group.span());
    quote::quote!(#head #braces)
}

fn place(settings: &Settings, item: &Function, private: &TokenStream) -> TokenStream {
    let name = item.signature.ident.unraw().to_string();
    let name = generated!(::core::concat!(::core::module_path!(), "::", #name));
    let pool = match settings.pool.get() {
        None | Some(Pool::Blocking) => generated!(#private::Pool::Blocking),
        Some(Pool::Cpu) => generated!(#private::Pool::Cpu),
    };
    let (check, value) = match settings.limit.get() {
        None => (None, generated!(#private::Offload::new(#name, #pool))),
        Some(limit) => {
            let written = &limit.written;
            let span = Span::mixed_site().located_at(first_span(written));
            let check = limit
                .is_constant()
                .then(|| quote_spanned!(span=> const _: () = ::core::assert!((#written) > 0, #ZERO_LIMIT);));
            (check, generated!(#private::Offload::limited(#name, #pool, #written)))
        }
    };
    generated! {
        #check
        static __STEADFAST_OFFLOAD: #private::Offload = #value;
    }
}

/// Makes the work take every argument whole, also one that the body does not name: what it holds, a permit or a lock, is
/// held until the work ends.
fn captured(item: &mut Function) -> TokenStream {
    let mut captured = TokenStream::new();
    for (at, argument) in item.signature.inputs.iter_mut().enumerate() {
        match argument {
            FnArg::Receiver(receiver) => {
                let name = Ident::new("self", receiver.self_token.span);
                captured.extend(generated!(let _ = &#name;));
            }
            FnArg::Typed(typed) => {
                if let Pat::Wild(wild) = &*typed.pat {
                    let span = Span::mixed_site().located_at(wild.underscore_token.span);
                    let name = format_ident!("_argument_{at}", span = span);
                    *typed.pat = syn::parse_quote!(#name);
                }
                let cfgs = typed.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
                let cfgs: Vec<_> = cfgs.collect();
                pattern_bindings(&typed.pat, &mut |binding| {
                    let name = &binding.ident;
                    captured.extend(generated! {
                        #(#cfgs)*
                        #[allow(clippy::used_underscore_binding)]
                        let _ = &#name;
                    });
                });
            }
        }
    }
    captured
}
