use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::Token;
use syn::ext::IdentExt;

use super::parse::{Pool, Settings};
use super::validate::ZERO_LIMIT;
use crate::expand::{captured, generated, located};
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
    let offload = located(&private, &generated!(offload), output.span, output.span);
    // What cannot go to another thread is one of the arguments.
    let arguments = Span::mixed_site().located_at(item.signature.paren_token.span.join());
    let (define, work) = (quote_spanned!(arguments=> let work = move ||), quote_spanned!(arguments=> work));
    // What it cannot return is said at the return type, and once: at one and the same place rustc drops a second message.
    let returned = Span::mixed_site().located_at(output.span);
    let call = quote_spanned!(returned=> #offload(&__STEADFAST_OFFLOAD, #work).await);
    item.signature.asyncness = Some(Token![async](item.signature.fn_token.span));
    item.take_out(inner_attributes);
    let mut head = TokenStream::new();
    item.head_to_tokens(&mut head);
    let body = generated! {
        #place
        #define #returns {
            #captured
            match () { () => #group }
        };
        #call
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
        Some(limit) if !limit.is_constant() => {
            let limit = &limit.written;
            (None, generated!(#private::Offload::limited(#name, #pool, #limit)))
        }
        // Only the compiler sees what it is.
        Some(limit) => {
            let written = &limit.written;
            let span = Span::mixed_site().located_at(first_span(written));
            let check = quote_spanned! {span=>
                const __STEADFAST_LIMIT: usize = #written;
                const _: () = ::core::assert!(__STEADFAST_LIMIT > 0, #ZERO_LIMIT);
            };
            (Some(check), generated!(#private::Offload::limited(#name, #pool, __STEADFAST_LIMIT)))
        }
    };
    generated! {
        #check
        static __STEADFAST_OFFLOAD: #private::Offload = #value;
    }
}
