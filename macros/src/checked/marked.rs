//! Whether a function or method has a mark, such as `#[blocking]`, in whatever crate it is.
//!
//! Beside a marked function stands a trait with its name, which is imported wherever the function is. It gives a
//! [`Probe`](twin) a method by value; the answer for all others has the same method by reference, which comes second. So
//! the function is imported once more, into a module where no other mark is in scope, and the answer stands there:
//!
//! ```text
//! mod marked {
//!     use super::other::load as _;
//!     use Unmarked as _;
//!     fn answer() { Probe::new().__steadfast_marked() }
//! }
//! ```
//!
//! `use .. as _` accepts whatever else may have the name: a module, a crate, a type, a variant.
//!
//! A marked method has a hidden one beside it, which is looked for behind up to three smart pointers of `std` and `tokio`:
//! what dereferences otherwise may have a method of that name itself.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use steadfast_rules::{FunctionMark, Question, QuestionKind, Subject};
use syn::Ident;

use super::reached::Reached;
use crate::marks::twin;

/// Whether the question is about a function, and not a method.
pub(super) fn is_function(question: &Question) -> bool {
    matches!((question.kind, &question.subject), (QuestionKind::Marked(_), Subject::Function(_)))
}

/// The answer, and what becomes of it. `react` is given the expression whose value is what the mark answers, or `No`, and
/// the path of what expansions name.
pub(super) fn answer(
    mark: FunctionMark,
    question: &Question,
    asked: &Ident,
    private: &TokenStream,
    react: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
) -> TokenStream {
    let name = question.name.as_deref().unwrap_or_default();
    if is_function(question) {
        return function(mark, name, private, react).unwrap_or_default();
    }
    react(&method(asked, &twin::method(mark, name), private), private)
}

/// `None` for what is no path, of which there is none.
fn function(
    mark: FunctionMark,
    path: &str,
    private: &TokenStream,
    react: impl Fn(&TokenStream, &TokenStream) -> TokenStream,
) -> Option<TokenStream> {
    let function = Reached::from_below(&path.parse().ok()?, "__steadfast_function");
    let private = Reached::from_below(private, "__steadfast_private");
    let (function_path, function_modules) = (&function.path, &function.modules);
    let (private_path, private_modules) = (&private.path, &private.modules);
    let span = Span::mixed_site();
    let answered = twin::answer(mark, private_path);
    let answer = quote_spanned! {span=>
        #private_path::question::Probe::<#answered>::new().__steadfast_marked()
    };
    let reaction = react(&answer, private_path);
    Some(quote_spanned! {span=>
        {
            mod marked {
                #function_modules
                #private_modules
                use #function_path as _;
                use #private_path::question::Unmarked as _;
                fn answer() {
                    #reaction
                }
            }
        }
    })
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
