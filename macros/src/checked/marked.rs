//! Whether a function or method has a mark, such as `#[blocking]`, in whatever crate it is.
//!
//! Beside a marked function stands a trait with its name, which is in scope wherever the function is imported. It gives
//! a [`Probe`](twin), here `P`, a method by value; the answer for all others has the same method by reference, which comes second:
//!
//! ```text
//! { use Unmarked as _; P.__steadfast_marked().instead({ use other::load as _; P.__steadfast_marked() }) }
//! ```
//!
//! `use .. as _` accepts whatever else may have the name: a module, a crate, a type, a variant. A mark of that name that is
//! in scope without the import may be that of another function, so then there is no answer.
//!
//! A marked method has a hidden one beside it, which is looked for behind up to three smart pointers.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use steadfast_rules::{FunctionMark, Question, QuestionKind, Subject};
use syn::{Ident, Path, PathArguments};

use crate::marks::twin;

/// Whether the question is about a function, and not a method.
pub(super) fn is_function(question: &Question) -> bool {
    matches!((question.kind, &question.subject), (QuestionKind::Marked(_), Subject::Function(_)))
}

/// The expression whose value is what the mark answers, or `No`.
pub(super) fn answer(
    mark: FunctionMark,
    question: &Question,
    asked: &Ident,
    private: &TokenStream,
) -> TokenStream {
    let name = question.name.as_deref().unwrap_or_default();
    match &question.subject {
        Subject::Function(path) => function(path.clone(), twin::number(mark, name), private),
        _ => method(asked, &twin::method(mark, name), private),
    }
}

fn function(path: TokenStream, number: u64, private: &TokenStream) -> TokenStream {
    let span = Span::mixed_site();
    let ask = quote_spanned!(span=> #private::question::Probe::<#number>.__steadfast_marked());
    let import = syn::parse2::<Path>(path).ok().and_then(import);
    let instead = import.map(|import| quote_spanned!(span=> .instead({ #import #ask })));
    quote_spanned! {span=>
        {
            use #private::question::Unmarked as _;
            #ask #instead
        }
    }
}

/// What brings the mark into scope. The one of a function that is called by its name alone is.
fn import(mut path: Path) -> Option<TokenStream> {
    for segment in &mut path.segments {
        segment.arguments = PathArguments::None;
    }
    (path.segments.len() > 1).then(|| quote_spanned!(Span::mixed_site()=> use #path as _;))
}

fn method(asked: &Ident, mark: &str, private: &TokenStream) -> TokenStream {
    let span = Span::mixed_site();
    let mark = format_ident!("{mark}", span = span);
    quote_spanned! {span=>
        {
            use #private::question::dereferenced::*;
            trait Unmarked {
                fn #mark(&self) -> #private::question::No {
                    #private::question::No
                }
            }
            impl<T: ?::core::marker::Sized> Unmarked for T {}
            let __steadfast_0 = &#asked;
            let __steadfast_1 = &(&&__steadfast_0).target();
            let __steadfast_2 = &(&&__steadfast_1).target();
            let __steadfast_3 = &(&&__steadfast_2).target();
            __steadfast_0.value().#mark()
                .or(__steadfast_1.value().#mark())
                .or(__steadfast_2.value().#mark())
                .or(__steadfast_3.value().#mark())
        }
    }
}
