use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, ReturnType};

use super::Entry;
use super::parse::{Flavor, Leaks, Settings, Signals};
use crate::expand::{as_written, generated};
use crate::parse::Function;
use crate::parse::crate_path;

// Input:
//     #[main(grace = 10s)]
//     #[must_join]
//     async fn main() -> Result<(), Error> { BODY }
//
// Output:
//     fn main() -> ExitCode {
//         #[must_join]
//         async fn main() -> Result<(), Error> { BODY }
//         Main::multi_thread().grace(Duration::from_secs(10)).run(main())
//     }
pub(super) fn function(entry: Entry, settings: &Settings, item: &Function) -> TokenStream {
    let private = crate_path::private(settings.krate.get());
    let (outer, inner) = split_attributes(entry, item);
    let name = &item.signature.ident;
    let (visibility, keyword) = (&item.visibility, item.signature.fn_token);
    let mut wrapped = item.clone();
    wrapped.attributes = inner;
    // It is async because the attribute wants it so, whether it awaits something or not.
    wrapped.attributes.push(syn::parse_quote!(#[allow(clippy::unused_async)]));
    wrapped.visibility = syn::Visibility::Inherited;
    let wrapped = as_written(&wrapped);
    let (ty, builder) = match entry {
        Entry::Main => (quote!(-> ::std::process::ExitCode), main(settings, &private)),
        Entry::Test => (item.signature.output.to_token_stream(), test(settings, &private)),
    };
    let test = (entry == Entry::Test).then(|| quote!(#[::core::prelude::v1::test]));
    // What does not fit the exit code, or is no test's value, is said at the return type.
    let at = match &item.signature.output {
        ReturnType::Default => name.span(),
        ReturnType::Type(_, ty) => crate::parse::argument::first_span(&ty.to_token_stream()),
    };
    let run = quote_spanned!(proc_macro2::Span::mixed_site().located_at(at)=> .run(#name()));
    quote! {
        #(#outer)*
        #test
        #visibility #keyword #name() #ty {
            #wrapped
            #builder #run
        }
    }
}

/// After a mistake: a plain function, since an async one could be no `main`, and no test.
pub(super) fn without_async(entry: Entry, item: &Function) -> TokenStream {
    let (outer, _) = split_attributes(entry, item);
    let (name, visibility) = (&item.signature.ident, &item.visibility);
    let inner = as_written(item);
    quote! {
        #(#outer)*
        #[allow(dead_code)]
        #visibility fn #name() {
            #inner
        }
    }
}

/// What concerns the item that is called goes on the outer function, the rest on the user's.
fn split_attributes(entry: Entry, item: &Function) -> (Vec<Attribute>, Vec<Attribute>) {
    let outer = |attribute: &Attribute| {
        let names =
            ["doc", "cfg", "cfg_attr", "test", "should_panic", "ignore", "deprecated", "allow", "expect"];
        names.iter().any(|name| attribute.path().is_ident(name))
            || entry == Entry::Test
                && attribute.path().segments.last().is_some_and(|last| last.ident == "case")
    };
    // A lint level holds for what is written inside as well.
    item.attributes.iter().cloned().partition(outer)
}

fn main(settings: &Settings, private: &TokenStream) -> TokenStream {
    let mut builder = runtime(Entry::Main, settings, &generated!(#private::entry::Main));
    if let Some(grace) = settings.grace.get() {
        let grace = grace.tokens(private);
        builder = generated!(#builder.grace(#grace));
    }
    if let Some(grace) = settings.blocking_grace.get() {
        let grace = grace.tokens(private);
        builder = generated!(#builder.blocking_grace(#grace));
    }
    if settings.signals.get() == Some(&Signals::None) {
        builder = generated!(#builder.without_signals());
    }
    builder
}

fn test(settings: &Settings, private: &TokenStream) -> TokenStream {
    let mut builder = runtime(Entry::Test, settings, &generated!(#private::entry::Test));
    if let Some(timeout) = settings.timeout.get() {
        let timeout = timeout.tokens(private);
        builder = generated!(#builder.timeout(#timeout));
    }
    if let Some(seed) = settings.seed.get() {
        builder = generated!(#builder.seed(#seed));
    }
    if settings.leaks.get() == Some(&Leaks::Allow) {
        builder = generated!(#builder.allow_leaks());
    }
    builder
}

fn runtime(entry: Entry, settings: &Settings, ty: &TokenStream) -> TokenStream {
    let mut builder = match settings.flavor(entry) {
        Flavor::CurrentThread => generated!(#ty::current_thread()),
        Flavor::MultiThread => generated!(#ty::multi_thread()),
    };
    if let Some(debug) = settings.debug.get() {
        builder = generated!(#builder.debug(#debug));
    }
    if let Some(threads) = settings.worker_threads.get() {
        builder = generated!(#builder.worker_threads(#threads));
    }
    if let Some(paused) = settings.start_paused.get() {
        builder = generated!(#builder.start_paused(#paused));
    }
    builder
}
