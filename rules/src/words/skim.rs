//! The tokens of code, looked through once for words and signs.
//!
//! This is no parser. Where it cannot tell, it sees a sign: then the tokens are parsed, and the rules look for themselves.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree, token_stream};

use super::Words;
use super::callee::Callee;
use super::signs::{
    DROPPED_FUTURE, IGNORED, OUTCOME_IN_LOOP, REPEATED, SUSPENSIONS, UNFAMILIAR_LET, UNUSED_LET,
    WAITING_ITERATION,
};
use crate::syntax::plain_name;

/// What was seen so far.
#[expect(clippy::struct_excessive_bools, reason = "none of them has to do with another")]
pub(super) struct Skim<'w> {
    words: &'w mut Words,
    /// Whether the value of a `let` at hand has an unfamiliar call in it.
    unfamiliar: bool,
    /// Whether that of a `let` in front has.
    may_hold_guard: bool,
    unused: Vec<Unused>,
    /// Whether something may be a future for certain.
    sees_futures: bool,
    /// Whether a function may go by another name than its own, or is one of `tokio::fs`.
    sees_imports: bool,
}

/// A variable that was not mentioned so far.
struct Unused {
    name: String,
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
            unused: Vec::new(),
            sees_futures: false,
            sees_imports: false,
        };
        Run::new(&mut skim, tokens, Place::BODY).walk();
        if skim.unused.iter().any(|unused| skim.sees_futures || !unused.is_plain) {
            skim.words.add_sign(UNUSED_LET);
        }
    }

    fn mention(&mut self, is_it: impl Fn(&str) -> bool) {
        self.unused.retain(|unused| !is_it(&unused.name));
    }
}

/// Where a run of tokens stands.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "none of them has to do with another")]
struct Place {
    /// Its value may become that of a `let`.
    in_value: bool,
    in_loop: bool,
    /// In the body of a loop over `.iter()`.
    in_iteration: bool,
    in_macro: bool,
    /// Whether to name a variable there is to use it.
    uses: bool,
}

impl Place {
    const BODY: Self =
        Self { in_value: false, in_loop: false, in_iteration: false, in_macro: false, uses: true };
}

/// The tokens between two delimiters.
#[expect(clippy::struct_excessive_bools, reason = "none of them has to do with another")]
struct Run<'s, 'w> {
    skim: &'s mut Skim<'w>,
    tokens: Peekable<token_stream::IntoIter>,
    place: Place,
    last: Last,
    /// What is called if arguments follow.
    callee: Option<Callee>,
    /// What stands in front of the token at hand.
    ended: Ended,
    /// How many `<` of a turbofish are open.
    angles: usize,
    /// Whether what the tokens so far are the value of may be a guard.
    may_be_guard: bool,
    binding: Option<Binding>,
    /// Whether the statement at hand has an `async` block in it.
    has_async: bool,
    /// Whether the body of a loop follows.
    loop_ahead: bool,
    /// Whether it is one over `.iter()`.
    iterates: bool,
    /// Whether the arguments of `vec!` follow.
    vec_ahead: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    /// `if`, `while`
    Condition,
    Word,
    Punct(char),
    Group,
}

/// What an expression ends in.
#[derive(Default)]
enum Ended {
    #[default]
    Otherwise,
    Call(Callee),
    /// In something that may be a call.
    Perhaps,
}

/// A `let` that has not ended.
#[derive(Default)]
struct Binding {
    stage: Stage,
    /// The words of its pattern.
    names: Vec<String>,
    /// Whether its pattern has an inside.
    takes_apart: bool,
}

#[derive(Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Pattern,
    /// Behind the `:`.
    Type,
    Value,
}

impl<'s, 'w> Run<'s, 'w> {
    fn new(skim: &'s mut Skim<'w>, tokens: TokenStream, place: Place) -> Self {
        Self {
            skim,
            tokens: tokens.into_iter().peekable(),
            place,
            last: Last::Nothing,
            callee: None,
            ended: Ended::Otherwise,
            angles: 0,
            may_be_guard: false,
            binding: None,
            has_async: false,
            loop_ahead: false,
            iterates: false,
            vec_ahead: false,
        }
    }

    fn walk(mut self) {
        while let Some(token) = self.tokens.next() {
            match token {
                TokenTree::Ident(ident) => self.word(&ident),
                TokenTree::Punct(punct) => self.punct(&punct),
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Literal(literal) => {
                    if self.place.in_macro && !self.skim.unused.is_empty() {
                        let text = literal.to_string();
                        self.skim.mention(|name| text.contains(name));
                    }
                    (self.last, self.callee, self.ended) = (Last::Word, None, Ended::Otherwise);
                }
            }
        }
        // The last expression is the value of all.
        if self.binding.is_some() || self.place.in_value {
            self.end();
        }
    }

    fn word(&mut self, ident: &Ident) {
        let name = plain_name(ident);
        self.skim.words.add(name.as_bytes());
        if self.last == Last::Punct('.') {
            self.skim.words.add_method(&name);
        }
        self.keyword(&name);
        let is_condition = matches!(name.as_str(), "if" | "while");
        let before =
            std::mem::replace(&mut self.last, if is_condition { Last::Condition } else { Last::Word });
        self.ended = Ended::Otherwise;
        // What `if let` binds is a guard only if the name of the method says so.
        if name == "let" && !matches!(before, Last::Condition | Last::Punct('&')) {
            self.binding = Some(Binding::default());
            return;
        }
        match &mut self.binding {
            Some(Binding { stage: Stage::Pattern, names, .. }) => return names.push(name),
            Some(Binding { stage: Stage::Type, .. }) => return,
            _ => {}
        }
        if self.is_mention(before) {
            self.skim.mention(|unused| unused == name);
        }
        if self.angles == 0 {
            // A field of it, or what it was awaited for; a call tells what it is by itself.
            self.may_be_guard &= before != Last::Punct('.') || self.is_called();
            let path = self.callee.take().filter(|_| before == Last::Punct(':'));
            self.callee = Callee::of(name, before == Last::Punct('.'), path);
        }
    }

    /// The signs that a word is, or is a part of.
    fn keyword(&mut self, name: &str) {
        match name {
            "for" | "while" | "loop" => self.loop_ahead = true,
            "tokio" | "tokio_util" => self.skim.sees_futures = true,
            "use" | "fs" => self.skim.sees_imports = true,
            "async" => {
                self.skim.sees_futures = true;
                self.has_async = true;
                // Whatever is called there may be this function.
                if self.declares_function() {
                    self.skim.words.add_sign(DROPPED_FUTURE);
                }
            }
            "_" if self.is_assigned() => self.skim.words.add_sign(IGNORED),
            "Ok" | "Err" | "is_ok" | "is_err" if self.place.in_loop => {
                self.skim.words.add_sign(OUTCOME_IN_LOOP);
            }
            "iter" | "iter_mut" => self.iterates |= self.loop_ahead,
            _ if (self.skim.may_hold_guard || self.place.in_iteration) && SUSPENSIONS.contains(&name) => {
                if self.skim.may_hold_guard {
                    self.skim.words.add_sign(UNFAMILIAR_LET);
                }
                if self.place.in_iteration {
                    self.skim.words.add_sign(WAITING_ITERATION);
                }
            }
            _ => {}
        }
    }

    /// Whether a function follows, and no block or closure.
    fn declares_function(&mut self) -> bool {
        matches!(self.tokens.peek(), Some(TokenTree::Ident(word)) if word != "move")
    }

    /// Whether a `=` follows, and no `=>`.
    fn is_assigned(&self) -> bool {
        let mut ahead = self.tokens.clone();
        let is_equals = |token: Option<TokenTree>| matches!(&token, Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
        let is_arrow = |token: Option<TokenTree>| matches!(&token, Some(TokenTree::Punct(punct)) if punct.as_char() == '>');
        is_equals(ahead.next()) && !is_arrow(ahead.next())
    }

    /// Whether the word at hand names a variable, if there is one of the name.
    fn is_mention(&mut self, before: Last) -> bool {
        if self.place.in_macro {
            return true;
        }
        let is_part = matches!(before, Last::Punct('.' | '\''));
        let is_other = match self.tokens.peek() {
            // The name of a field or of a module, or of a macro.
            Some(TokenTree::Punct(punct)) => {
                punct.as_char() == ':' || punct.as_char() == '!' && punct.spacing() == Spacing::Alone
            }
            _ => false,
        };
        self.place.uses && !is_part && !is_other
    }

    fn punct(&mut self, punct: &Punct) {
        let sign = punct.as_char();
        match sign {
            ';' => {
                self.end();
                self.has_async = false;
            }
            ',' if self.angles == 0 => self.end_value(),
            _ => {}
        }
        if let Some(binding) = &mut self.binding {
            match (sign, &binding.stage) {
                ('=', Stage::Pattern | Stage::Type) => binding.stage = Stage::Value,
                (':', Stage::Pattern) => binding.stage = Stage::Type,
                _ => {}
            }
        }
        self.vec_ahead = sign == '!' && self.callee.as_ref().is_some_and(|callee| callee.name == "vec");
        let is_arrow = matches!(self.last, Last::Punct('-' | '='));
        match sign {
            '<' if self.angles > 0 || self.last == Last::Punct(':') && self.callee.is_some() => {
                self.angles += 1;
            }
            '>' if self.angles > 0 && !is_arrow => {
                self.angles -= 1;
                self.callee.iter_mut().for_each(|callee| callee.has_types = true);
            }
            ':' => {}
            _ if self.angles > 0 => {}
            _ => self.callee = None,
        }
        (self.last, self.ended) = (Last::Punct(sign), Ended::Otherwise);
    }

    fn group(&mut self, group: &Group) {
        let is_value = matches!(self.binding, Some(Binding { stage: Stage::Value, .. }));
        let mut place = Place { in_value: self.place.in_value || is_value, ..self.place };
        let is_macro = self.last == Last::Punct('!');
        let callee = self.callee.take();
        self.ended = Ended::Otherwise;
        match group.delimiter() {
            _ if is_macro => {
                place = Place { in_value: false, in_macro: true, ..place };
                if std::mem::take(&mut self.vec_ahead) && holds(group, ';') {
                    self.skim.words.add_sign(REPEATED);
                }
            }
            Delimiter::Parenthesis => match callee {
                Some(callee) => {
                    if place.in_value && !callee.is_wrapper() {
                        self.may_be_guard = callee.may_return_guard(group);
                    }
                    place.in_value &= callee.is_constructor();
                    place.uses &= callee.name != "drop";
                    self.ended = Ended::Call(callee);
                }
                None => self.ended = Ended::Perhaps,
            },
            Delimiter::Brace => {
                place.in_loop |= std::mem::take(&mut self.loop_ahead);
                place.in_iteration |= std::mem::take(&mut self.iterates);
                if self.has_async {
                    self.ended = Ended::Perhaps;
                }
            }
            // An attribute uses nothing.
            Delimiter::Bracket => {
                place = Place { in_value: false, uses: place.uses && self.last != Last::Punct('#'), ..place };
            }
            // What a macro was given may be the name of a function, or a call.
            Delimiter::None => {
                self.callee = Some(Callee::unknown());
                self.ended = Ended::Perhaps;
            }
        }
        if let Some(binding) = self.binding.as_mut().filter(|binding| binding.stage == Stage::Pattern) {
            binding.takes_apart = true;
            // `(_)` is `_`.
            if group.stream().to_string() == "_" {
                self.skim.words.add_sign(IGNORED);
            }
        }
        self.last = Last::Group;
        let uses = place.uses || group.delimiter() == Delimiter::Brace && self.place.uses;
        Run::new(self.skim, group.stream(), Place { uses, ..place }).walk();
    }

    /// Whether arguments or types follow.
    fn is_called(&mut self) -> bool {
        match self.tokens.peek() {
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
            Some(TokenTree::Punct(punct)) => punct.as_char() == ':',
            _ => false,
        }
    }

    fn end_value(&mut self) {
        self.skim.unfamiliar |= std::mem::take(&mut self.may_be_guard);
    }

    /// Ends a statement.
    fn end(&mut self) {
        self.end_value();
        self.skim.may_hold_guard |= std::mem::take(&mut self.skim.unfamiliar);
        let Some(binding) = self.binding.take() else { return self.drop_value() };
        let names = binding.names.iter().filter(|name| !matches!(name.as_str(), "mut" | "ref"));
        let [name] = names.collect::<Vec<_>>()[..] else { return };
        if binding.takes_apart {
            return;
        }
        let is_plain = match &self.ended {
            Ended::Otherwise => return,
            Ended::Call(callee) => !callee.may_return_future(),
            Ended::Perhaps => false,
        };
        self.skim.unused.push(Unused { name: name.clone(), is_plain });
    }

    /// Ends a statement that keeps nothing.
    fn drop_value(&mut self) {
        let is_future = match &self.ended {
            Ended::Otherwise => self.has_async,
            Ended::Call(callee) => self.has_async || self.skim.sees_imports || callee.names_future(),
            Ended::Perhaps => true,
        };
        if is_future {
            self.skim.words.add_sign(DROPPED_FUTURE);
        }
    }
}

fn holds(group: &Group, sign: char) -> bool {
    let mut tokens = group.stream().into_iter();
    tokens.any(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign))
}
