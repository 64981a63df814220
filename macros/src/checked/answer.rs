//! What the compiler is told to do with its own answer.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use steadfast_rules::{Finding, Level, QuestionKind};

use super::reached::Reached;
use super::{marked, report};

/// How many references the method of an answer is called on: as many as the question with the most answers has.
const LEVELS: usize = 7;

/// The answer to the question `name`, as far as the finding needs it. `accepts`: it is demanded, and nothing follows.
pub(super) fn answer(finding: &Finding, name: &Ident, private: &TokenStream, accepts: bool) -> TokenStream {
    let Some(question) = &finding.question else { return TokenStream::new() };
    let react = |answer: &TokenStream, private: &TokenStream| match finding.level {
        _ if accepts => quote_spanned!(Span::mixed_site()=> let _ = #answer.found();),
        Level::Warn => warning(finding, answer, private),
        _ => error(finding, answer, private),
    };
    match question.kind {
        QuestionKind::Marked(mark) => marked::answer(mark, question, name, private, react),
        kind => react(&method(kind, name, private), private),
    }
}

/// The call whose value is `Yes` or `No`.
fn method(kind: QuestionKind, question: &Ident, private: &TokenStream) -> TokenStream {
    let span = Span::mixed_site();
    let Some(name) = kind.answer() else {
        return quote_spanned!(span=> { use #private::question::Differ as _; #question.same() });
    };
    let name = Ident::new(name, span);
    let references = quote_spanned!(span=> &).into_iter().cycle().take(LEVELS);
    let references: TokenStream = references.collect();
    quote_spanned!(span=> { use #private::question::answers::#name::*; (#references #question).#name() })
}

/// Whether a function can be compared with the item of this path. Only with what every crate can name: that of a crate which
/// the user's does not depend on would not compile.
pub(super) fn is_nameable(path: &str) -> bool {
    path.split("::").next().is_some_and(|krate| matches!(krate, "std" | "core" | "alloc"))
}

/// The path of such an item, behind the declaration of its crate: a crate without `std` has no `::std`.
pub(super) fn item(path: &str) -> (TokenStream, TokenStream) {
    let span = Span::mixed_site();
    let segments = path.split("::").skip(1).map(|segment| Ident::new(segment, span));
    let declared = quote_spanned!(span=> extern crate std as __steadfast_std;);
    (declared, quote_spanned!(span=> __steadfast_std #(::#segments)*))
}

/// An error, by a bound that nothing satisfies but `No`. The message is ours. All tokens of the call stand at the user's
/// tokens at fault, its receiver included: rustc would otherwise point at the attribute. The trait has a module of its own,
/// since one of the user's that is called `diagnostic` would go before rustc's.
fn error(finding: &Finding, answer: &TokenStream, private: &TokenStream) -> TokenStream {
    let span = Span::mixed_site();
    let (message, label) = (&finding.message, &finding.label);
    let notes = report::notes(finding);
    let (start, end) = (finding.place.start, finding.place.end);
    let name = Ident::new("__steadfast_answer", start);
    let label = (!label.is_empty()).then(|| quote_spanned!(span=> label = #label,));
    // rustc underlines the argument, from its first token to its last.
    let subject_of = quote_spanned!(start=> #name.);
    let method = quote_spanned!(end=> subject());
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#subject_of #method));
    arguments.set_span(end);
    let (accepted_path, answer_name) = (quote_spanned!(start=> Accepted::), quote_spanned!(end=> answer));
    let call = quote!(#accepted_path #answer_name);
    let Reached { path: private, modules } = Reached::from_below(private, "__steadfast_private");
    quote_spanned! {span=>
        {
            mod asked {
                #modules
                #[diagnostic::on_unimplemented(message = #message, #label #(note = #notes),*)]
                pub(super) trait Accepted: ::core::marker::Sized {
                    fn answer(self) {}
                }
                #[diagnostic::do_not_recommend]
                impl Accepted for #private::question::No {}
            }
            use asked::Accepted;
            let #name = #answer;
            #call #arguments;
        }
    }
}

/// A warning, by a method that is deprecated for `Yes` only.
fn warning(finding: &Finding, answer: &TokenStream, private: &TokenStream) -> TokenStream {
    let span = Span::mixed_site();
    let text = report::text(finding);
    let rule = Ident::new(finding.rule.name, span);
    let called = Ident::new(finding.rule.name, report::most_telling(finding.place));
    quote_spanned! {span=>
        {
            struct Rule<A>(A);
            impl Rule<#private::question::Found> {
                #[deprecated(note = #text)]
                fn #rule(self) {}
            }
            impl Rule<#private::question::Nothing> {
                fn #rule(self) {}
            }
            let __steadfast_answer = Rule(#answer.found());
            #[warn(warnings, deprecated)]
            __steadfast_answer.#called();
        }
    }
}
