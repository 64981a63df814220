//! Which paths spawn a task. A macro cannot resolve names, so a bare `spawn` is not one of them unless it is said.

use proc_macro2::{Spacing, Span, TokenTree};
use syn::Path;

/// What a path of tokens means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spawn {
    /// `tokio::spawn` and its like.
    Async,
    /// `tokio::task::spawn_blocking`.
    Blocking,
    /// `tokio::task::spawn_local`.
    Local,
    /// `std::thread::spawn`.
    Thread,
    /// `drop` and `mem::forget`.
    Forget,
}

impl Spawn {
    /// The function of ours that takes its place.
    pub(super) fn function(self) -> &'static str {
        match self {
            Self::Blocking => "spawn_blocking",
            Self::Local => "spawn_local",
            Self::Async | Self::Thread | Self::Forget => "spawn",
        }
    }

    /// Whether it starts a task that the call can join.
    pub(super) fn is_joined(self) -> bool {
        matches!(self, Self::Async | Self::Blocking | Self::Local)
    }
}

const PATHS: [(&[&str], Spawn); 16] = [
    (&["tokio", "spawn"], Spawn::Async),
    (&["tokio", "task", "spawn"], Spawn::Async),
    (&["task", "spawn"], Spawn::Async),
    (&["tokio", "task", "spawn_blocking"], Spawn::Blocking),
    (&["task", "spawn_blocking"], Spawn::Blocking),
    (&["tokio", "task", "spawn_local"], Spawn::Local),
    (&["task", "spawn_local"], Spawn::Local),
    (&["std", "thread", "spawn"], Spawn::Thread),
    (&["thread", "spawn"], Spawn::Thread),
    (&["drop"], Spawn::Forget),
    (&["mem", "drop"], Spawn::Forget),
    (&["mem", "forget"], Spawn::Forget),
    (&["std", "mem", "drop"], Spawn::Forget),
    (&["std", "mem", "forget"], Spawn::Forget),
    (&["core", "mem", "drop"], Spawn::Forget),
    (&["core", "mem", "forget"], Spawn::Forget),
];

/// A path at the beginning of some tokens.
pub(super) struct Found {
    pub(super) spawn: Spawn,
    /// How many tokens the path has.
    pub(super) length: usize,
    /// As it was written.
    pub(super) written: String,
    pub(super) start: Span,
    pub(super) end: Span,
}

/// The path that `tokens` begin with, if it is one that matters. `before` is the token in front.
pub(super) fn at_start(tokens: &[TokenTree], before: Option<&TokenTree>, extra: &[Path]) -> Option<Found> {
    let is_punct =
        |token: Option<&TokenTree>, char| matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == char);
    if is_punct(before, '.') || is_punct(before, ':') || is_keyword(before, "fn") {
        return None;
    }
    let leading = colons(tokens);
    if leading > 0 && continues_path(before) {
        return None;
    }
    let (names, length, end) = names(&tokens[leading..])?;
    let spawn = extra
        .iter()
        .any(|path| names.iter().copied().eq(path.segments.iter().map(|segment| &segment.ident)))
        .then_some(Spawn::Async)
        .or_else(|| {
            let same =
                |path: &[&str]| names.len() == path.len() && names.iter().zip(path).all(|(a, b)| *a == b);
            PATHS.iter().find(|(path, _)| same(path)).map(|(_, spawn)| *spawn)
        })?;
    let written = names.iter().map(ToString::to_string).collect::<Vec<_>>().join("::");
    Some(Found { spawn, length: leading + length, written, start: tokens[0].span(), end })
}

/// Whether `::` behind this token goes on with a path instead of beginning one.
fn continues_path(before: Option<&TokenTree>) -> bool {
    match before {
        Some(TokenTree::Ident(word)) => {
            !["return", "in", "match", "if", "else", "move", "break"].iter().any(|keyword| word == keyword)
        }
        Some(TokenTree::Punct(punct)) => punct.as_char() == '>',
        _ => false,
    }
}

/// How many tokens of `::` come first.
fn colons(tokens: &[TokenTree]) -> usize {
    match tokens {
        [TokenTree::Punct(first), TokenTree::Punct(second), ..]
            if first.as_char() == ':' && first.spacing() == Spacing::Joint && second.as_char() == ':' =>
        {
            2
        }
        _ => 0,
    }
}

/// `a::b::c`, and how many tokens that takes. Generic arguments end the path.
fn names(tokens: &[TokenTree]) -> Option<(Vec<&proc_macro2::Ident>, usize, Span)> {
    let TokenTree::Ident(first) = tokens.first()? else { return None };
    let (mut names, mut length) = (vec![first], 1);
    while colons(&tokens[length..]) == 2 {
        let Some(TokenTree::Ident(name)) = tokens.get(length + 2) else { break };
        names.push(name);
        length += 3;
    }
    let end = names.last()?.span();
    Some((names, length, end))
}

fn is_keyword(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

/// How many tokens `::<..>` takes at the beginning of `tokens`.
pub(super) fn turbofish(tokens: &[TokenTree]) -> usize {
    let start = colons(tokens);
    if start == 0 || !matches!(tokens.get(2), Some(TokenTree::Punct(p)) if p.as_char() == '<') {
        return 0;
    }
    let (mut depth, mut arrow) = (0_usize, false);
    for (at, token) in tokens.iter().enumerate().skip(start) {
        let TokenTree::Punct(punct) = token else {
            arrow = false;
            continue;
        };
        match punct.as_char() {
            '<' => depth += 1,
            '>' if arrow => {}
            '>' if depth == 1 => return at + 1,
            '>' => depth -= 1,
            _ => {}
        }
        arrow = punct.as_char() == '-';
    }
    0
}
