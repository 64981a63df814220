//! The walk over the tokens of a body.

use std::cell::{Cell, RefCell};

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::Target;
use super::paths::{self, Found, Spawn};
use crate::errors::Errors;
use crate::expand::{generated, located};

pub(super) struct Rewriter<'a> {
    pub(super) target: &'a Target<'a>,
    pub(super) errors: &'a Errors,
    /// The names of the handles that the body binds.
    pub(super) handles: RefCell<Vec<Ident>>,
    /// Whether a task can end the call with its own error.
    pub(super) fails: Cell<bool>,
}

/// Words that begin an item, and whether braces end it; a `;` always does.
const ITEMS: [(&str, bool); 11] = [
    ("impl", true),
    ("trait", true),
    ("mod", true),
    ("struct", true),
    ("enum", true),
    ("union", true),
    ("macro_rules", true),
    ("use", false),
    ("type", false),
    ("static", false),
    ("extern", true),
];

impl<'a> Rewriter<'a> {
    pub(super) fn new(target: &'a Target<'a>, errors: &'a Errors) -> Self {
        Self { target, errors, handles: RefCell::default(), fails: Cell::new(false) }
    }

    pub(super) fn body(&self, tokens: TokenStream) -> TokenStream {
        let mut names = Vec::new();
        self.handles(&tokens.clone().into_iter().collect::<Vec<_>>(), &mut names);
        self.handles.replace(names);
        self.block(tokens)
    }

    /// Tokens in which statements may stand.
    pub(super) fn block(&self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rewritten = TokenStream::new();
        let (mut at, mut starts) = (0, true);
        while at < tokens.len() {
            let (taken, tokens) = self.next(&tokens, at, starts);
            rewritten.extend(tokens.clone());
            at += taken;
            starts = ends_statement(tokens);
        }
        rewritten
    }

    /// How many tokens are taken at `at`, and what becomes of them. `starts`: a statement may begin here.
    fn next(&self, tokens: &[TokenTree], at: usize, starts: bool) -> (usize, TokenStream) {
        let rest = &tokens[at..];
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        if let Some(length) = item_length(rest, starts) {
            return (length, rest[..length].iter().cloned().collect());
        }
        if starts {
            self.check_binding(rest);
        }
        if let Some(taken) = self.discarded(rest, before, starts) {
            return taken;
        }
        if let Some(taken) = self.macro_call(rest) {
            return taken;
        }
        if let Some(found) = paths::at_start(rest, before, self.target.extra) {
            return self.path(rest, &found);
        }
        self.check_handle_spawn(rest);
        match &rest[0] {
            TokenTree::Group(group) => (1, TokenTree::Group(self.group(group)).into()),
            TokenTree::Ident(word) => {
                self.no_yield(word);
                (1, rest[0].clone().into())
            }
            other => (1, other.clone().into()),
        }
    }

    pub(super) fn group(&self, group: &Group) -> Group {
        let mut rewritten = Group::new(group.delimiter(), self.block(group.stream()));
        rewritten.set_span(group.span());
        rewritten
    }

    /// `name!(..)`: the name, the sign and the arguments.
    fn macro_call(&self, rest: &[TokenTree]) -> Option<(usize, TokenStream)> {
        let [TokenTree::Ident(name), sign @ TokenTree::Punct(punct), TokenTree::Group(group), ..] = rest
        else {
            return None;
        };
        if punct.as_char() != '!' {
            return None;
        }
        let mut arguments = Group::new(group.delimiter(), self.arguments(name, group.stream()));
        arguments.set_span(group.span());
        let arguments = TokenTree::Group(arguments);
        Some((3, quote!(#name #sign #arguments)))
    }

    /// A path that spawns, forgets or starts a thread.
    fn path(&self, rest: &[TokenTree], found: &Found) -> (usize, TokenStream) {
        let written: TokenStream = rest[..found.length].iter().cloned().collect();
        let arguments = arguments_of(&rest[found.length..]);
        match found.spawn {
            Spawn::Thread => self.report_thread(found, arguments),
            Spawn::Forget => {
                if let Some(group) = arguments {
                    self.check_forgotten(found, group);
                }
            }
            Spawn::Async | Spawn::Blocking | Spawn::Local => {
                if let Some(scope) = &self.target.scope {
                    self.report_beside_scope(found, scope);
                } else {
                    return (found.length, self.replacement(found));
                }
            }
        }
        (found.length, written)
    }

    /// The path of our function, with the spans of the user's path, all of them the user's own: so the place of the call
    /// is where the task is spawned, and not where the attribute stands.
    pub(super) fn replacement(&self, found: &Found) -> TokenStream {
        let function = Ident::new(found.spawn.function(), Span::mixed_site());
        let path = located(self.target.private, &generated!(must_join::#function), found.start, found.end);
        let with_span = |mut token: TokenTree| {
            token.set_span(token.span().resolved_at(found.start));
            token
        };
        path.into_iter().map(with_span).collect()
    }
}

/// The parentheses of a call, behind generic arguments.
pub(super) fn arguments_of(tokens: &[TokenTree]) -> Option<&Group> {
    match tokens.get(paths::turbofish(tokens))? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group),
        _ => None,
    }
}

/// Whether what was written last ends a statement, so that another may begin.
fn ends_statement(tokens: TokenStream) -> bool {
    match tokens.into_iter().last() {
        Some(TokenTree::Punct(punct)) => matches!(punct.as_char(), ';'),
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        _ => false,
    }
}

/// How long the item is that begins here: what is nested has a contract of its own.
fn item_length(rest: &[TokenTree], starts: bool) -> Option<usize> {
    let TokenTree::Ident(word) = &rest[0] else { return None };
    if word == "fn" && matches!(rest.get(1), Some(TokenTree::Ident(_))) {
        return Some(through(rest, true));
    }
    let names = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Ident(_) | TokenTree::Punct(_)));
    let (_, braces) = ITEMS.iter().find(|(item, _)| starts && word == item)?;
    names(rest.get(1)).then(|| through(rest, *braces))
}

fn through(rest: &[TokenTree], braces: bool) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Group(group) => braces && group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    rest.iter().position(is_end).map_or(rest.len(), |end| end + 1)
}
