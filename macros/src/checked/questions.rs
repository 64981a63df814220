//! What has to be asked, put into the code in two phases.
//!
//! A question is declared at the start of the coroutine's body, asked at its anchor in unreachable code, and answered at
//! the end of the body, where all types are known:
//!
//! ```text
//! let __steadfast_q0 = Question::new();
//! if true {
//!     let guard = lock.lock().unwrap();
//!     '__steadfast: {
//!         break '__steadfast;
//!         __steadfast_q0.ask(&guard);
//!     }
//!     other().await;
//! } else {
//!     // the answer
//!     loop {}
//! }
//! ```
//!
//! rustc type-checks unreachable code and drops it before borrow checking: nothing is borrowed, moved or held across an
//! await, and nothing runs. The `else` is a branch of its own, so that code which never gets to its end makes no
//! difference.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use steadfast_rules::{
    Anchor, BlockId, Finding, Question, QuestionKind, RootMut, Side, Subject, for_each_block_mut,
};
use syn::{Block, Expr, Stmt, Token};

use super::{answer, marked, wrap};

/// A subject at a place, and all that is asked about it.
struct Asked<'a> {
    name: Ident,
    anchor: Anchor,
    subject: &'a Subject,
    /// The path of the item that a function may be, from its crate.
    item: Option<&'static str>,
    /// The conditions under which the place is compiled.
    cfgs: &'a TokenStream,
    findings: Vec<&'a Finding>,
}

/// Puts the questions of all findings into the blocks of `root`. `accepts` is for our own tests: nothing is reported,
/// whatever the answer.
pub(super) fn insert(root: RootMut<'_>, findings: &[Finding], private: &TokenStream, accepts: bool) {
    let asked = collect(findings);
    if asked.is_empty() {
        return;
    }
    let mut put = vec![false; asked.len()];
    for_each_block_mut(root, &mut |id, block| {
        ask_in(block, id, &asked, &mut put, &|asked| asked.ask(private, accepts));
        answer_in(block, id, &asked, &put, private, accepts);
    });
}

/// One question for each subject at each place.
fn collect(findings: &[Finding]) -> Vec<Asked<'_>> {
    let mut asked: Vec<Asked<'_>> = Vec::new();
    let mut places: HashMap<(Anchor, String), usize> = HashMap::new();
    for finding in findings {
        let Some(question) = &finding.question else { continue };
        if !can_be_asked(question) {
            continue;
        }
        let key = (question.anchor, described(question));
        let at = *places.entry(key).or_insert_with(|| {
            let name = format_ident!("__steadfast_q{}", asked.len(), span = Span::mixed_site());
            let (anchor, subject, cfgs) = (question.anchor, &question.subject, &question.cfgs);
            let item = item_of(question);
            asked.push(Asked { name, anchor, subject, item, cfgs, findings: Vec::new() });
            asked.len() - 1
        });
        asked[at].findings.push(finding);
    }
    asked
}

fn described(question: &Question) -> String {
    let subject = match &question.subject {
        Subject::Binding(name) => name.to_string(),
        Subject::Expression(tokens) => format!("({tokens})"),
        // The same text may stand in the statement twice.
        Subject::Operand(tokens) | Subject::Function(tokens) => wrap::places(tokens),
        Subject::Value => String::new(),
    };
    match question.kind {
        QuestionKind::Same(item) => format!("{subject} = {item}"),
        QuestionKind::Marked(_) if marked::is_function(question) => format!("{subject} marked"),
        _ => subject,
    }
}

/// The path of the item to compare with, for a question about one.
fn item_of(question: &Question) -> Option<&'static str> {
    match question.kind {
        QuestionKind::Same(item) => Some(item).filter(|item| answer::is_nameable(item)),
        _ => None,
    }
}

/// Whether the question can be asked at all: about an item that every crate can name, or about a type.
fn can_be_asked(question: &Question) -> bool {
    let about_item = matches!(question.kind, QuestionKind::Same(_));
    marked::is_function(question)
        || about_item == matches!(question.subject, Subject::Function(_))
            && (!about_item || item_of(question).is_some())
}

/// The questions whose place is in this block.
fn ask_in(
    block: &mut Block,
    id: BlockId,
    asked: &[Asked<'_>],
    put: &mut [bool],
    ask: &dyn Fn(&Asked<'_>) -> TokenStream,
) {
    let mut here: Vec<usize> = (0..asked.len()).filter(|at| asked[*at].anchor.block == id).collect();
    // From the last statement to the first, so that the numbers stay right. At one statement, what is wrapped comes first,
    // and of that the longest, which the shorter ones are a part of; then what stands behind it.
    here.sort_by_key(|at| std::cmp::Reverse(asked[*at].order()));
    for at in here {
        let Asked { anchor, .. } = &asked[at];
        let ask = ask(&asked[at]);
        put[at] = match anchor.side {
            Side::Before => insert_at(block, anchor.statement, ask),
            Side::After => insert_at(block, anchor.statement + 1, ask),
            Side::Around => {
                block.stmts.get_mut(anchor.statement).is_some_and(|statement| match asked[at].subject {
                    Subject::Operand(operand) | Subject::Function(operand) => {
                        wrap::operand(statement, operand, &ask)
                    }
                    _ => wrap::value(statement, &ask),
                })
            }
        };
    }
}

fn insert_at(block: &mut Block, index: usize, statement: TokenStream) -> bool {
    let fits = index <= block.stmts.len();
    if fits {
        block.stmts.insert(index, Stmt::Expr(Expr::Verbatim(statement), None));
    }
    fits
}

impl Asked<'_> {
    fn order(&self) -> (usize, u8, usize) {
        let length = match self.subject {
            Subject::Operand(tokens) | Subject::Function(tokens) => wrap::length(tokens.clone()),
            _ => 0,
        };
        let side = match self.anchor.side {
            Side::Before => 0,
            Side::After => 1,
            Side::Around => 2,
        };
        (self.anchor.statement, side, length)
    }

    /// Whether it is answered where it is asked.
    fn is_answered_in_place(&self) -> bool {
        self.findings.iter().filter_map(|finding| finding.question.as_ref()).any(marked::is_function)
    }

    /// The question, in code that is never reached.
    fn ask(&self, private: &TokenStream, accepts: bool) -> TokenStream {
        let span = Span::mixed_site();
        let (name, cfgs) = (&self.name, self.cfgs);
        let ask = match self.subject {
            Subject::Function(_) if self.is_answered_in_place() => self
                .findings
                .iter()
                .map(|finding| answer::answer(finding, &self.name, private, accepts))
                .collect(),
            Subject::Binding(binding) => quote_spanned!(span=> #name.ask(&#binding);),
            Subject::Expression(expression) => quote_spanned!(span=> #name.ask(&(#expression));),
            Subject::Function(_) => {
                let (declared, item) = self.item.map(answer::item).unwrap_or_default();
                quote_spanned!(span=> #declared #name.ask(&__steadfast_value, &#item);)
            }
            Subject::Value | Subject::Operand(_) => quote_spanned!(span=> #name.ask(&__steadfast_value);),
        };
        let lints =
            quote_spanned!(span=> unreachable_code, deprecated, unused, clippy::all, clippy::pedantic);
        quote_spanned! {span=>
            #cfgs
            #[allow(#lints, clippy::nursery, clippy::restriction)]
            '__steadfast: {
                break '__steadfast;
                #ask
            }
        }
    }

    fn declare(&self, private: &TokenStream) -> TokenStream {
        let (name, cfgs) = (&self.name, self.cfgs);
        let of = if self.item.is_some() { quote!(Same) } else { quote!(Question) };
        quote_spanned!(Span::mixed_site()=> #cfgs let #name = #private::question::#of::new();)
    }

    /// What becomes of each of its findings.
    fn answers(&self, private: &TokenStream, accepts: bool) -> TokenStream {
        let answers =
            self.findings.iter().map(|finding| answer::answer(finding, &self.name, private, accepts));
        let answers = quote!(#(#answers)*);
        if self.cfgs.is_empty() {
            return answers;
        }
        let cfgs = self.cfgs;
        quote_spanned!(Span::mixed_site()=> #cfgs { #answers })
    }
}

/// The answers of the questions of this coroutine.
fn answer_in(
    block: &mut Block,
    id: BlockId,
    asked: &[Asked<'_>],
    put: &[bool],
    private: &TokenStream,
    accepts: bool,
) {
    let own = || {
        asked
            .iter()
            .zip(put)
            .filter(|(asked, put)| **put && asked.anchor.coroutine == id && !asked.is_answered_in_place())
            .map(|(asked, _)| asked)
    };
    if own().next().is_none() {
        return;
    }
    let declared = own().map(|asked| asked.declare(private));
    let answers = own().map(|asked| asked.answers(private, accepts));
    let statements = &block.stmts;
    let span = Span::mixed_site();
    let body = quote!(#(#statements)*);
    let mut braces = proc_macro2::Group::new(proc_macro2::Delimiter::Brace, body);
    braces.set_span(block.brace_token.span.join());
    let whole = quote_spanned! {span=>
        #(#declared)*
        if true #braces else {
            #(#answers)*
            loop {}
        }
    };
    block.stmts = vec![Stmt::Expr(Expr::Verbatim(whole), None::<Token![;]>)];
}
