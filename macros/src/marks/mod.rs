//! Attributes that say something about a function to those who call it, and leave it as it is.

mod blocking;
mod cancel_unsafe;
mod names;
mod packages;
mod parse;
pub(crate) mod twin;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use steadfast_rules::FunctionMark;

use crate::errors::Errors;
use crate::expand::as_written;
use crate::parse::Function;
use crate::parse::entries::Arguments as _;
use crate::shape;
use crate::stack;
pub(crate) use blocking::Blocking;
pub(crate) use cancel_unsafe::{CancelUnsafe, OFFLOADED};
pub(crate) use names::{ANY, marked};
use parse::Settings;

/// One of the attributes.
pub(crate) trait Marks: Default {
    const MARK: FunctionMark;
    /// Its name.
    const NAME: &'static str = Self::MARK.attribute();
    /// What other arguments are called that somebody may look for here, and how they are written.
    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)];
    /// What is said of an argument without a key.
    const POSITIONAL: &'static str;

    /// Whether the function can be what the mark says.
    fn check(item: &Function, errors: &Errors);
}

/// Expands the attribute. Whatever is wrong, the item comes out again.
pub(crate) fn expand<M: Marks>(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if stack::is_done(&arguments) {
        return item;
    }
    let Ok(mut function) = Function::of(item.clone()) else {
        let span = item.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
        let message = format!("`#[{}]` goes on a function", M::NAME);
        let error = syn::Error::new(span, message).to_compile_error();
        return quote!(#error #item);
    };
    let errors = Errors::new();
    let settings = Settings::<M>::read(arguments, &errors);
    if !has_another::<M>(&mut function, &errors) {
        M::check(&function, &errors);
    }
    let twin = (errors.is_empty() && !settings.is_local()).then(|| twin::of(&settings, &function));
    let item = as_written(&function);
    let errors = errors.into_tokens();
    quote!(#errors #item #twin)
}

/// Reports a mark of another kind below this one, which is then told and has nothing to say itself.
fn has_another<M: Marks>(function: &mut Function, errors: &Errors) -> bool {
    let is_async =
        function.signature.asyncness.is_some() || shape::returns_future(&function.signature.output);
    let away = if is_async { FunctionMark::Blocking } else { FunctionMark::CancelUnsafe };
    let is_other = |path: &syn::Path| {
        let mut others = FunctionMark::ALL.into_iter().filter(|mark| *mark != M::MARK);
        others.any(|mark| stack::is_attribute(path, mark.attribute(), None))
    };
    let Some(other) = function.attributes.iter_mut().find(|attribute| is_other(attribute.path())) else {
        return false;
    };
    let at = if away == M::MARK {
        Ident::new(M::NAME, Span::call_site()).into_token_stream()
    } else {
        other.to_token_stream()
    };
    errors.at(
        at,
        format!(
            "`#[blocking]` is for a function that blocks its caller, `#[cancel_unsafe]` for one that returns a future: no function is both\nhelp: remove `#[{}]`",
            away.attribute()
        ),
    );
    let path = other.path().clone();
    other.meta = syn::parse_quote!(#path(__done));
    true
}
