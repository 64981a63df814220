//! Attributes that run a function on a runtime: `#[tokio::main]`, `#[tokio::test]` and their like.

use proc_macro2::{TokenStream, TokenTree};
use syn::Attribute;

use crate::parse::Function;
use crate::shape::{Shape, Tail};

/// Whether such an attribute stands above, and has made a plain function of an `async` one.
pub(super) fn is_entered(item: &Function, shape: &Shape) -> bool {
    let is_entry = item.signature.ident == "main" || is_test(item);
    matches!(shape.tail, Tail::Plain) && is_entry && runs_a_runtime(shape.body.clone())
}

pub(super) fn too_low(policy: &str) -> String {
    format!(
        "`#[{policy}]` must be written above `#[main]` or `#[test]`, which has already made a plain function of this one\nhelp: move `#[{policy}]` to the first line"
    )
}

/// Whether an attribute above made a plain test: it leaves `#[::core::prelude::v1::test]`, which nobody writes by hand.
pub(super) fn is_test(item: &Function) -> bool {
    let is_left = |attribute: &Attribute| {
        let segments = &attribute.path().segments;
        segments.len() > 1 && segments.last().is_some_and(|last| last.ident == "test")
    };
    item.attributes.iter().any(is_left)
}

/// What `#[tokio::main]`, `#[tokio::test]` and our own leave behind.
pub(super) fn runs_a_runtime(body: TokenStream) -> bool {
    let mut words = Vec::new();
    collect_words(body, &mut words);
    words.iter().any(|word| word == "block_on")
        && words.iter().any(|word| word == "runtime" || word == "__private")
}

pub(super) fn collect_words(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => words.push(word.to_string()),
            TokenTree::Group(group) => collect_words(group.stream(), words),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
