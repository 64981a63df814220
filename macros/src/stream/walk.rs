//! The body of a stream: each `yield_!` becomes a wait of the stream's own, and where there can be none it is an error.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;

use super::guards;
use crate::errors::Errors;
use crate::expand::generated;

/// Whose code the tokens are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Stream,
    Closure,
    AsyncBlock,
    Item,
    Scope,
    Timeout,
    Policy,
}

pub(super) struct Walk<'a> {
    pub(super) errors: &'a Errors,
    /// The variable that takes what is yielded.
    pub(super) yielder: &'a TokenStream,
    /// The type of what is yielded.
    pub(super) item: &'a TokenStream,
    /// Whether the body gives a `Result`, so that a bare `return` has to.
    pub(super) tries: bool,
    pub(super) allows_guards: bool,
}

/// What encloses the tokens of one level.
#[derive(Clone)]
struct Surroundings {
    place: Place,
    /// The function or macro whose arguments they are.
    callee: Option<String>,
    /// Guards that are alive.
    held: Vec<Ident>,
}

impl Walk<'_> {
    /// The user's braces, rewritten.
    pub(super) fn body(&self, group: &Group) -> Group {
        let outermost = Surroundings { place: Place::Stream, callee: None, held: Vec::new() };
        self.group(group, &outermost)
    }

    fn group(&self, group: &Group, around: &Surroundings) -> Group {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let inside = if group.delimiter() == Delimiter::Brace {
            self.statements(&tokens, around)
        } else {
            self.level(&tokens, around)
        };
        let mut walked = Group::new(group.delimiter(), inside);
        walked.set_span(group.span());
        walked
    }

    /// What stands in braces: guards live to their end.
    fn statements(&self, tokens: &[TokenTree], around: &Surroundings) -> TokenStream {
        let mut around = Surroundings { callee: None, ..around.clone() };
        let mut walked = TokenStream::new();
        let mut rest = tokens;
        while !rest.is_empty() {
            let (statement, after) = rest.split_at(statement_len(rest));
            walked.extend(self.level(statement, &around));
            let bare = match statement {
                [bare @ .., TokenTree::Punct(end)] if end.as_char() == ';' => bare,
                all => all,
            };
            if let Some(name) = guards::dropped(bare) {
                around.held.retain(|held| *held != name);
            }
            around.held.extend(guards::bound(bare));
            rest = after;
        }
        walked
    }

    /// Tokens of one level, with what stands in groups.
    fn level(&self, tokens: &[TokenTree], around: &Surroundings) -> TokenStream {
        let mut walked = TokenStream::new();
        let mut at = 0;
        while at < tokens.len() {
            let (taken, replaced) = self.step(tokens, at, around);
            walked.extend(replaced);
            at += taken;
        }
        walked
    }

    /// How many tokens are read, and what comes in their place.
    fn step(&self, tokens: &[TokenTree], at: usize, around: &Surroundings) -> (usize, TokenStream) {
        match &tokens[at..] {
            [TokenTree::Ident(word), TokenTree::Punct(bang), TokenTree::Group(value), ..]
                if word == "yield_" && bang.as_char() == '!' =>
            {
                (3, self.yielded(word, value, around))
            }
            [TokenTree::Ident(word), rest @ ..] if word == "yield" => {
                self.errors.at(word, "`yield` is not Rust yet\nhelp: write `yield_!(..)`");
                (1, if rest.is_empty() { generated!(()) } else { TokenStream::new() })
            }
            [TokenTree::Ident(word), rest @ ..]
                if word == "return" && self.tries && around.place == Place::Stream && ends(rest) =>
            {
                let span = Span::mixed_site().located_at(word.span());
                (1, quote_spanned!(span=> #word ::core::result::Result::Ok(())))
            }
            [
                TokenTree::Ident(word),
                TokenTree::Punct(bang),
                TokenTree::Ident(_),
                TokenTree::Group(_),
                ..,
            ] if word == "macro_rules" && bang.as_char() == '!' => {
                (4, tokens[at..at + 4].iter().cloned().collect())
            }
            [TokenTree::Ident(word), TokenTree::Ident(_), ..] if word == "fn" => {
                self.until_braces(tokens, at, &around.within(Place::Item))
            }
            [TokenTree::Ident(word), ..]
                if at == 0 && ["impl", "trait", "mod"].iter().any(|item| word == item) =>
            {
                self.until_braces(tokens, at, &around.within(Place::Item))
            }
            [TokenTree::Ident(word), TokenTree::Group(block), ..]
                if word == "const" && block.delimiter() == Delimiter::Brace =>
            {
                self.until_braces(tokens, at, &around.within(Place::Item))
            }
            [TokenTree::Ident(word), rest @ ..] if word == "async" && starts_block(rest) => {
                self.until_braces(tokens, at, &around.within(around.entered(Place::AsyncBlock)))
            }
            [TokenTree::Punct(bar), ..] if bar.as_char() == '|' && starts_closure(tokens, at) => {
                self.closure(tokens, at, around)
            }
            [TokenTree::Group(group), ..] => {
                let inside = Surroundings { callee: callee(&tokens[..at]), ..around.clone() };
                let inside = match inside.callee.as_deref() {
                    Some("apply!") => inside.within(Place::Policy),
                    _ => inside,
                };
                (1, TokenTree::Group(self.group(group, &inside)).into())
            }
            [token, ..] => (1, token.clone().into()),
            [] => (1, TokenStream::new()),
        }
    }

    /// Up to and with the next braces of this level, which belong to somebody else.
    fn until_braces(&self, tokens: &[TokenTree], at: usize, inside: &Surroundings) -> (usize, TokenStream) {
        let rest = &tokens[at..];
        let braces = rest.iter().position(
            |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace),
        );
        let Some(braces) = braces else { return (1, rest[0].clone().into()) };
        let mut walked: TokenStream = rest[..braces].iter().cloned().collect();
        if let TokenTree::Group(group) = &rest[braces] {
            walked.extend([TokenTree::Group(self.group(group, inside))]);
        }
        (braces + 1, walked)
    }

    /// Parameters and body, which ends where an argument or a statement does.
    fn closure(&self, tokens: &[TokenTree], at: usize, around: &Surroundings) -> (usize, TokenStream) {
        let Some(bar) = closing_bar(tokens, at) else { return (1, tokens[at].clone().into()) };
        let is_end = |token: &TokenTree| is_punct(token, ',') || is_punct(token, ';');
        let length = tokens[bar + 1..].iter().position(is_end).unwrap_or(tokens.len() - bar - 1);
        let inside = around.within(around.entered(Place::Closure));
        let mut walked: TokenStream = tokens[at..=bar].iter().cloned().collect();
        walked.extend(self.level(&tokens[bar + 1..bar + 1 + length], &inside));
        (bar + 1 + length - at, walked)
    }

    fn yielded(&self, word: &Ident, value: &Group, around: &Surroundings) -> TokenStream {
        let inner: Vec<TokenTree> = value.stream().into_iter().collect();
        let inner = if inner.is_empty() { generated!(()) } else { self.level(&inner, around) };
        if let Some(message) = refusal(around.place) {
            self.errors.at(word, message);
            // So that nothing else is said about the place, or about what the value needs.
            return generated!({ let _ = #inner; });
        }
        if let Some(guard) = around.held.first().filter(|_| !self.allows_guards) {
            self.errors.at(
                word,
                format!(
                    "`yield_!` while `{guard}` is held: it would stay so for as long as nobody asks for the next item\nhelp: let it go before with `drop({guard})` or with braces around its use; if it is meant, write `#[stream(guards = allow)]`"
                ),
            );
        }
        let span = Span::mixed_site().located_at(word.span());
        let (yielder, item) = (self.yielder, self.item);
        // Named, so that a value of another type is told to be one, and why.
        let value = generated! {{
            let item: #item = #inner;
            item
        }};
        quote_spanned!(span=> #yielder.y(#value).await)
    }
}

impl Surroundings {
    /// Inside of something that is not the stream's own code; the outermost of such places is named.
    fn within(&self, place: Place) -> Self {
        let place = if self.place == Place::Stream { place } else { self.place };
        Self { place, callee: None, held: self.held.clone() }
    }

    /// A closure or a block by what it is handed to.
    fn entered(&self, otherwise: Place) -> Place {
        match self.callee.as_deref() {
            Some("scope" | "join_scope") => Place::Scope,
            Some("timeout" | "timeout_at" | "from_sync") => Place::Timeout,
            _ => otherwise,
        }
    }
}

fn refusal(place: Place) -> Option<&'static str> {
    Some(match place {
        Place::Stream => return None,
        Place::Closure => {
            "`yield_!` in a closure: only the body of the `#[stream]` function itself can yield\nhelp: write a loop in the place of the closure"
        }
        Place::AsyncBlock => {
            "`yield_!` in an `async` block: it may run later and elsewhere, and only the body of the `#[stream]` function itself can yield\nhelp: await the block, and yield what it gives"
        }
        Place::Item => {
            "`yield_!` in an item of its own: only the body of the `#[stream]` function itself can yield\nhelp: make it a `#[stream]` function, and yield what comes out of it"
        }
        Place::Scope => {
            "`yield_!` in a scope: its tasks would run on while the stream stands still, for as long as nobody asks for the next item\nhelp: yield after the scope, or let its tasks send into a channel that is read outside of it"
        }
        Place::Timeout => {
            "`yield_!` under a timeout: the time would run on while nobody asks for the next item\nhelp: put the timeout around what is awaited, and yield after it"
        }
        Place::Policy => {
            "`yield_!` under a policy: it would go on while the stream stands still, for as long as nobody asks for the next item\nhelp: put the policy around what is awaited, and yield after it"
        }
    })
}

/// Up to and with the semicolon, or with the braces of an expression that is a statement.
fn statement_len(tokens: &[TokenTree]) -> usize {
    let is_let = matches!(tokens.first(), Some(TokenTree::Ident(word)) if word == "let");
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => return at + 1,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !is_let => {
                // `else`, `.await`, `?` and operators go on with it.
                let goes_on = match tokens.get(at + 1) {
                    Some(TokenTree::Punct(punct)) => punct.as_char() != '#' && punct.as_char() != '\'',
                    Some(TokenTree::Ident(word)) => word == "else",
                    _ => false,
                };
                if !goes_on {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// The end of what a keyword may stand before.
fn ends(rest: &[TokenTree]) -> bool {
    rest.first().is_none_or(|token| is_punct(token, ';') || is_punct(token, ','))
}

/// Behind `async`: the braces of a block, and not a closure or a function.
fn starts_block(rest: &[TokenTree]) -> bool {
    match rest {
        [TokenTree::Ident(word), TokenTree::Group(group), ..] if word == "move" => {
            group.delimiter() == Delimiter::Brace
        }
        [TokenTree::Group(group), ..] => group.delimiter() == Delimiter::Brace,
        _ => false,
    }
}

/// Whether the bar stands where an expression begins: else it is an operator, or between patterns.
fn starts_closure(tokens: &[TokenTree], at: usize) -> bool {
    let begins = match &tokens[..at] {
        [] => true,
        [.., TokenTree::Punct(equals), TokenTree::Punct(arrow)] if arrow.as_char() == '>' => {
            equals.as_char() == '='
        }
        [.., TokenTree::Punct(punct)] => !matches!(punct.as_char(), '>' | '?' | '|'),
        [.., TokenTree::Ident(word)] => {
            ["move", "async", "static", "return", "break", "else", "in", "match", "if", "while"]
                .iter()
                .any(|keyword| word == keyword)
        }
        _ => false,
    };
    let Some(bar) = closing_bar(tokens, at).filter(|_| begins) else { return false };
    // The alternatives of an arm may begin with a bar.
    let is_end = |token: &TokenTree| is_punct(token, ',') || is_punct(token, ';');
    let rest: Vec<&TokenTree> = tokens[bar + 1..].iter().take_while(|token| !is_end(token)).collect();
    !rest.windows(2).any(|pair| is_punct(pair[0], '=') && is_punct(pair[1], '>'))
}

fn closing_bar(tokens: &[TokenTree], at: usize) -> Option<usize> {
    tokens[at + 1..].iter().position(|token| is_punct(token, '|')).map(|found| at + 1 + found)
}

/// The last name before a group: `timeout` of `tokio::time::timeout(..)`, `apply!` of `apply!(..)`.
fn callee(before: &[TokenTree]) -> Option<String> {
    match before {
        [.., TokenTree::Ident(name), TokenTree::Punct(bang)] if bang.as_char() == '!' => {
            Some(format!("{name}!"))
        }
        [.., TokenTree::Ident(name)] => Some(name.to_string()),
        _ => None,
    }
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}
