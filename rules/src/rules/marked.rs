//! Calls of functions and methods that are marked: in the sources at hand, or in another crate, where only the compiler
//! knows.
//!
//! What is asked must never break code that is right. The function is imported once more, from the module that the code
//! stands in, and that has to succeed: everything in front of the last name must be a module, and nothing that only the
//! block at hand knows.

use proc_macro2::{TokenStream, TokenTree};
use syn::{ExprMethodCall, Ident, Stmt};

use crate::marked::{FunctionMark, MarkedNames, is_primitive_type};
use crate::names::is_known_crate;
use crate::question::Question;
use crate::summary::Deed;
use crate::syntax::macros::MacroKind;
use crate::syntax::plain_name;
use crate::syntax::search::tokens_mention;
use crate::syntax::text::short;
use crate::walk::{Call, Cx, Parent};

/// Whether one of the names that may be marked stands in these tokens.
pub(crate) fn may_call_marked(tokens: &TokenStream, marked: &MarkedNames) -> bool {
    *marked != MarkedNames::None
        && tokens.clone().into_iter().any(|token| match token {
            TokenTree::Ident(name) => marked.contains(&plain_name(&name)),
            TokenTree::Group(group) => may_call_marked(&group.stream(), marked),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
}

/// A call of a function or method that is marked.
pub(crate) struct MarkedCall {
    /// What the function is called where it is called.
    pub(crate) name: String,
    /// `None` if the mark stands in the sources at hand.
    pub(crate) question: Option<Question>,
}

/// Whether a call is one of a function with this mark.
pub(crate) fn marked_call(cx: &mut Cx<'_>, mark: FunctionMark, call: &Call<'_>) -> Option<MarkedCall> {
    if let Some(path) = cx.names.absolute(call.path) {
        if let Some(Deed::Marked(found)) = cx.deed(&path) {
            return (found == mark).then(|| certain(&path));
        }
    }
    // Of a function in the source at hand the mark would be there, and of std and the crates that rules know none has one.
    if !is_asked(cx) || cx.names.own_function(call.path).is_some() || is_of_known_crate(cx, call) {
        return None;
    }
    let path = cx.names.in_module(call.path)?;
    if is_made_by_macro(cx, &plain_name(&call.path.segments.first()?.ident)) {
        return None;
    }
    let names = cx.options.marked.with(mark);
    let last = path.last()?;
    if !can_be_imported(&path) || !(names.contains(last) || names.contains(&declared_name(cx, call))) {
        return None;
    }
    let question = cx.ask_marked_function(mark, call, as_path(&path))?;
    Some(MarkedCall { name: short(call.path), question: Some(question) })
}

/// Whether a method call is one of a method with this mark.
pub(crate) fn marked_method(
    cx: &mut Cx<'_>,
    mark: FunctionMark,
    call: &ExprMethodCall,
) -> Option<MarkedCall> {
    if let Some(path) = cx.own_method(call) {
        if cx.deed(&path) == Some(Deed::Marked(mark)) {
            return Some(certain(&path));
        }
    }
    let name = plain_name(&call.method);
    // A type that rules know is none of a crate that marks.
    if !is_asked(cx)
        || !cx.options.marked.with(mark).contains(&name)
        || cx.names.type_of(&call.receiver).is_some()
    {
        return None;
    }
    let question = cx.ask_marked_method(mark, &call.receiver, name.clone())?;
    Some(MarkedCall { name, question: Some(question) })
}

fn certain(path: &str) -> MarkedCall {
    MarkedCall { name: path.strip_prefix("crate::").unwrap_or(path).to_owned(), question: None }
}

/// Whether there is a compiler to ask.
fn is_asked(cx: &Cx<'_>) -> bool {
    !cx.options.sees_module && cx.in_coroutine()
}

fn is_of_known_crate(cx: &Cx<'_>, call: &Call<'_>) -> bool {
    let is_known = |path: &str| path.split("::").next().is_some_and(is_known_crate);
    call.target(cx).known().is_some_and(is_known)
}

/// Whether a macro in one of the blocks around the call may declare something of this name: `bind!(load);`.
fn is_made_by_macro(cx: &Cx<'_>, name: &str) -> bool {
    let is_around = |stmt: &Stmt| {
        cx.ancestors().any(|parent| matches!(parent, Parent::Statement(around) if std::ptr::eq(around, stmt)))
    };
    cx.enclosing_statements().flatten().any(|stmt| {
        matches!(stmt, Stmt::Macro(called) if MacroKind::of(&called.mac) == MacroKind::Unknown
            && tokens_mention(&called.mac.tokens, name))
            && !is_around(stmt)
    })
}

/// The last name under which the function is declared, as far as the source at hand tells: behind `use db::load as get;`
/// that of `get` is `load`.
fn declared_name(cx: &Cx<'_>, call: &Call<'_>) -> String {
    let last = |path: &str| path.rsplit("::").next().map(str::to_owned);
    call.target(cx).path().and_then(last).unwrap_or_else(|| call.name())
}

/// Whether the path is one of modules that ends in a function, going by its names.
fn can_be_imported(path: &[String]) -> bool {
    let Some((last, parents)) = path.split_last() else { return false };
    let is_module = |name: &String| {
        let is_type = is_primitive_type(name) || name.starts_with("c_") || name.ends_with("_t");
        name.is_empty() || is_lower_case(name) && !is_type
    };
    is_lower_case(last) && (parents.is_empty() || parents.iter().all(is_module) && !is_constructor(last))
}

/// Names as they are written, where a keyword has to be marked as a name.
fn as_path(names: &[String]) -> String {
    let written = |(at, name): (usize, &String)| {
        let is_word = at + 1 < names.len() && matches!(name.as_str(), "" | "self" | "super" | "crate");
        if is_word || syn::parse_str::<Ident>(name).is_ok() { name.clone() } else { format!("r#{name}") }
    };
    names.iter().enumerate().map(written).collect::<Vec<_>>().join("::")
}

fn is_lower_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && !name.contains(char::is_uppercase)
}

/// What types have rather than modules, and the types of C are not written in capitals.
fn is_constructor(name: &str) -> bool {
    matches!(name, "new" | "default" | "from" | "try_from" | "zeroed" | "builder")
        || ["from_", "with_", "new_"].iter().any(|start| name.starts_with(start))
}
