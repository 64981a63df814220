//! The tokens of code, looked through once for words and signs.
//!
//! This is no parser. Where it cannot tell, it sees a sign: then the tokens are parsed, and the rules look for themselves.

use proc_macro2::TokenStream;

use super::Words;
use super::run::{Place, Run};
use super::signs::{DROPPED_FUTURE, SUSPENSIONS, UNFAMILIAR_LET, UNUSED_LET, WAITING_ITERATION};

/// What was seen so far.
#[expect(clippy::struct_excessive_bools, reason = "none of them has to do with another")]
pub(super) struct Skim<'w> {
    pub(super) words: &'w mut Words,
    /// Whether the value of the `let` at hand has an unfamiliar call in it.
    unfamiliar: bool,
    /// Whether that of a `let` in front has.
    may_hold_guard: bool,
    /// Whether a `let` in front may hold the iterator of a map.
    pub(super) holds_iterator: bool,
    unused: Vec<Unused>,
    /// How many variables there were.
    variables: usize,
    /// Whether something may be a future for certain.
    sees_futures: bool,
    /// Whether a function may go by another name than its own, or is one of `tokio::fs`.
    sees_imports: bool,
}

/// A variable that was not mentioned so far.
struct Unused {
    name: String,
    /// How many variables come before it.
    number: usize,
    /// Whether its value says by its name that it is no future.
    is_plain: bool,
}

impl<'w> Skim<'w> {
    /// Looks through the body of a function, or through an item.
    pub(super) fn body(words: &'w mut Words, tokens: TokenStream) {
        let mut skim = Self {
            words,
            unfamiliar: false,
            may_hold_guard: false,
            holds_iterator: false,
            unused: Vec::new(),
            variables: 0,
            sees_futures: false,
            sees_imports: false,
        };
        Run::new(&mut skim, tokens, Place::BODY).walk();
        if skim.unused.iter().any(|unused| skim.sees_futures || !unused.is_plain) {
            skim.words.add_sign(UNUSED_LET);
        }
    }

    /// What a word says of all the code.
    pub(super) fn word(&mut self, name: &str, place: Place) {
        match name {
            "async" | "tokio" | "tokio_util" => self.sees_futures = true,
            "use" | "fs" => self.sees_imports = true,
            _ if (self.may_hold_guard || place.in_iteration) && SUSPENSIONS.contains(&name) => {
                if self.may_hold_guard {
                    self.words.add_sign(UNFAMILIAR_LET);
                }
                if place.in_iteration {
                    self.words.add_sign(WAITING_ITERATION);
                }
            }
            _ => {}
        }
    }

    /// A part of the value of a `let` may be a guard.
    pub(super) fn unfamiliar(&mut self) {
        self.unfamiliar = true;
    }

    /// The `let` is over.
    pub(super) fn end_let(&mut self) {
        self.may_hold_guard |= std::mem::take(&mut self.unfamiliar);
    }

    /// How many variables there are so far.
    pub(super) fn variables(&self) -> usize {
        self.variables
    }

    pub(super) fn variable(&mut self, name: String, is_plain: bool) {
        self.unused.push(Unused { name, number: self.variables, is_plain });
        self.variables += 1;
    }

    /// Something mentions the variables that it is for, out of the first ones.
    pub(super) fn mention(&mut self, first: usize, is_for: impl Fn(&str) -> bool) {
        self.unused.retain(|unused| unused.number >= first || !is_for(&unused.name));
    }

    /// A statement ends in a call that keeps nothing.
    pub(super) fn drop_call(&mut self, names_future: bool) {
        if names_future || self.sees_imports {
            self.words.add_sign(DROPPED_FUTURE);
        }
    }
}
