//! Calls of functions and methods that are marked: in the sources at hand, or in another crate, where only the compiler
//! knows.
//!
//! What is asked must never break code that is right. A single name needs no path: what marks a function comes into
//! scope with it. A longer path is imported once more, and that has to succeed: everything in front of the last name
//! must be a module.

use proc_macro2::{TokenStream, TokenTree};
use syn::{ExprMethodCall, Path, PathArguments};

use crate::marked::{FunctionMark, MarkedNames};
use crate::names::is_known_crate;
use crate::question::Question;
use crate::summary::Deed;
use crate::syntax::plain_name;
use crate::syntax::text::short;
use crate::walk::{Call, Cx};

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
    if !is_asked(cx) || !can_be_imported(call.path) {
        return None;
    }
    // Of std and the crates that rules know, none is marked.
    let declared = declared_name(cx, call)?;
    // Of a function in the source at hand the mark would be there.
    if !cx.options.marked.with(mark).contains(&declared) || cx.names.own_function(call.path).is_some() {
        return None;
    }
    let question = cx.ask_marked_function(mark, call, declared)?;
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

/// The last name under which the function is declared, as far as the source at hand tells: behind `use db::load as get;`
/// that of `get` is `load`. `None` for a variable, and for what is known not to be marked.
fn declared_name(cx: &Cx<'_>, call: &Call<'_>) -> Option<String> {
    let is_variable = call.path.get_ident().is_some_and(|name| cx.names.local(name).is_some());
    let is_known = |path: &str| path.split("::").next().is_some_and(is_known_crate);
    match call.target(cx).path() {
        _ if is_variable || call.target(cx).known().is_some_and(is_known) => None,
        Some(path) => path.rsplit("::").next().map(str::to_owned),
        None => Some(call.name()),
    }
}

/// Whether the path is one of modules that ends in a function, going by its names.
fn can_be_imported(path: &Path) -> bool {
    let mut names = path.segments.iter().rev();
    let Some(last) = names.next() else { return false };
    let last = plain_name(&last.ident);
    if !is_lower_case(&last) {
        return false;
    }
    let mut parents = names.peekable();
    if parents.peek().is_none() {
        return path.leading_colon.is_none();
    }
    let are_modules = parents.all(|parent| {
        let name = plain_name(&parent.ident);
        let is_type = PRIMITIVES.contains(&name.as_str()) || name.starts_with("c_") || name.ends_with("_t");
        matches!(parent.arguments, PathArguments::None) && is_lower_case(&name) && !is_type
    });
    are_modules && !is_constructor(&last)
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

/// Types that are written as modules are.
const PRIMITIVES: [&str; 17] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
    "u64", "u128", "usize",
];
