//! What is called, by the tokens in front of the arguments.

use proc_macro2::{Group, TokenTree};

use crate::rules::futures::{may_name_future, names_future};
use crate::rules::guards::{keeps_iterator, may_name_guard, unwraps_guard};

/// A function or method.
pub(super) struct Callee {
    pub(super) name: String,
    is_method: bool,
    /// Whether its path leads through a type.
    is_associated: bool,
    /// Whether types stand behind its name.
    pub(super) has_types: bool,
}

/// Words that are no name of a function, and may stand in front of parentheses.
const KEYWORDS: [&str; 12] =
    ["as", "await", "break", "else", "if", "in", "match", "move", "mut", "return", "unsafe", "while"];

impl Callee {
    /// `path` is what stands in front of `::name`.
    pub(super) fn of(name: String, is_method: bool, path: Option<Self>) -> Option<Self> {
        if KEYWORDS.contains(&name.as_str()) {
            return None;
        }
        let is_associated =
            path.is_some_and(|path| path.is_associated || path.name != "Self" && path.is_upper_case());
        Some(Self { name, is_method, is_associated, has_types: false })
    }

    /// One that cannot be read.
    pub(super) fn unknown() -> Self {
        Self { name: String::new(), is_method: false, is_associated: false, has_types: false }
    }

    /// `Some`, a tuple struct.
    pub(super) fn is_constructor(&self) -> bool {
        self.name.is_empty() || self.is_upper_case()
    }

    fn is_upper_case(&self) -> bool {
        self.name.starts_with(char::is_uppercase)
    }

    /// Whether it may return a guard although its name does not say so.
    pub(super) fn may_return_guard(&self, arguments: &Group) -> bool {
        let most = if self.is_method { 1 } else { 2 };
        let is_type = self.is_associated || self.is_upper_case() && self.name != "Self";
        let is_collected = self.is_method && self.has_types;
        !is_type && !is_collected && may_name_guard(&self.name) && fewest(arguments) <= most
    }

    /// Whether its result may be the iterator of a map.
    pub(super) fn keeps_iterator(&self) -> bool {
        self.is_method && keeps_iterator(&self.name)
    }

    /// Whether it takes a guard out of a `Result` or `Option`.
    pub(super) fn is_wrapper(&self) -> bool {
        self.is_method && unwraps_guard(&self.name)
    }

    pub(super) fn may_return_future(&self) -> bool {
        may_name_future(&self.name)
    }

    /// Whether what has this name is known to return a future.
    pub(super) fn names_future(&self) -> bool {
        names_future(&self.name)
    }
}

/// How many arguments these are at least. A comma may be one of a closure's parameters, or of types.
fn fewest(arguments: &Group) -> usize {
    let mut count = 0;
    let mut is_between = true;
    for token in arguments.stream() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => is_between = true,
            TokenTree::Punct(punct) if matches!(punct.as_char(), '|' | '<') => return 0,
            _ => count += usize::from(std::mem::take(&mut is_between)),
        }
    }
    count
}
