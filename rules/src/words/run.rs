//! The tokens between two delimiters.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenStream, TokenTree, token_stream};

use super::callee::Callee;
use super::signs::{DROPPED_FUTURE, IGNORED, OUTCOME_IN_LOOP, REPEATED};
use super::skim::Skim;
use crate::syntax::plain_name;

/// Where a run of tokens stands.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "none of them has to do with another")]
pub(super) struct Place {
    /// Its value may become that of a `let`.
    in_value: bool,
    in_loop: bool,
    /// In the body of a loop over `.iter()`, or over a variable that may hold such an iterator.
    pub(super) in_iteration: bool,
    /// Whether to name a variable there is to use it.
    uses: bool,
    /// How many variables there were in front of the macro around it: of those, every word and text there may be a use.
    in_front: usize,
}

impl Place {
    pub(super) const BODY: Self =
        Self { in_value: false, in_loop: false, in_iteration: false, uses: true, in_front: 0 };
}

pub(super) struct Run<'s, 'w> {
    skim: &'s mut Skim<'w>,
    tokens: Peekable<token_stream::IntoIter>,
    place: Place,
    last: Last,
    /// What is called if arguments follow.
    callee: Option<Callee>,
    ended: Ended,
    /// How many `<` of a turbofish are open.
    angles: usize,
    /// Whether the value of the tokens so far may be a guard.
    may_be_guard: bool,
    binding: Option<Binding>,
    statement: Statement,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    /// `if`, `while`
    Condition,
    Word,
    Punct(char),
    /// The `!` behind the name of a macro.
    Macro,
    Group,
}

/// What the tokens so far end in.
#[derive(Default)]
enum Ended {
    #[default]
    Otherwise,
    Call(Callee),
    /// In something that may be a call, or a future.
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

/// What was seen since the last `;`.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "none of them has to do with another")]
struct Statement {
    has_async: bool,
    has_loop: bool,
    has_iterator: bool,
    /// Whether the loop is one over `.iter()`.
    iterates: bool,
}

impl<'s, 'w> Run<'s, 'w> {
    pub(super) fn new(skim: &'s mut Skim<'w>, tokens: TokenStream, place: Place) -> Self {
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
            statement: Statement::default(),
        }
    }

    pub(super) fn walk(mut self) {
        while let Some(token) = self.tokens.next() {
            match token {
                TokenTree::Ident(ident) => self.word(&ident),
                TokenTree::Punct(punct) => self.punct(&punct),
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Literal(literal) => self.literal(&literal),
            }
        }
        self.end_value();
    }

    fn literal(&mut self, literal: &Literal) {
        if self.place.in_front > 0 {
            let text = literal.to_string();
            self.skim.mention(self.place.in_front, |name| text.contains(name));
        }
        (self.last, self.callee, self.ended) = (Last::Word, None, Ended::Otherwise);
    }

    fn word(&mut self, ident: &Ident) {
        let name = plain_name(ident);
        let is_condition = matches!(name.as_str(), "if" | "while");
        let before =
            std::mem::replace(&mut self.last, if is_condition { Last::Condition } else { Last::Word });
        self.ended = Ended::Otherwise;
        self.skim.words.add(name.as_bytes());
        if before == Last::Punct('.') {
            self.skim.words.add_method(&name);
        }
        self.skim.word(&name, self.place);
        self.note(&name);
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
        let first = if self.is_mention(before) { usize::MAX } else { self.place.in_front };
        self.skim.mention(first, |unused| unused == name);
        if self.angles == 0 {
            // A field of it, or what it was awaited for; a call tells what it is by itself.
            self.may_be_guard &= before != Last::Punct('.') || self.is_called();
            let path = self.callee.take().filter(|_| before == Last::Punct(':'));
            self.callee = Callee::of(name, before == Last::Punct('.'), path);
        }
    }

    /// What a word says of the statement at hand.
    fn note(&mut self, name: &str) {
        match name {
            "for" | "while" | "loop" => self.statement.has_loop = true,
            "iter" | "iter_mut" => {
                self.statement.has_iterator = true;
                self.statement.iterates |= self.statement.has_loop;
            }
            "async" => {
                self.statement.has_async = true;
                // Whatever is called there may be this function.
                let declares_function =
                    matches!(self.tokens.peek(), Some(TokenTree::Ident(word)) if word != "move");
                if declares_function {
                    self.skim.words.add_sign(DROPPED_FUTURE);
                }
            }
            "_" if self.is_assigned() => self.skim.words.add_sign(IGNORED),
            "Ok" | "Err" | "is_ok" | "is_err" if self.place.in_loop => {
                self.skim.words.add_sign(OUTCOME_IN_LOOP);
            }
            _ => {}
        }
    }

    /// Whether a `=` follows, and no `=>`.
    fn is_assigned(&self) -> bool {
        let mut ahead = self.tokens.clone();
        let mut follows =
            |sign| matches!(ahead.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
        follows('=') && !follows('>')
    }

    /// Whether the word at hand names a variable, if there is one of the name.
    fn is_mention(&mut self, before: Last) -> bool {
        let is_part = matches!(before, Last::Punct('.' | '\''));
        // The name of a field, of a module, or of a macro.
        let is_other = matches!(self.tokens.peek(), Some(TokenTree::Punct(punct))
            if punct.as_char() == ':' || punct.as_char() == '!' && punct.spacing() == Spacing::Alone);
        self.place.uses && !is_part && !is_other
    }

    /// Whether arguments or types follow.
    fn is_called(&mut self) -> bool {
        match self.tokens.peek() {
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
            Some(TokenTree::Punct(punct)) => punct.as_char() == ':',
            _ => false,
        }
    }

    fn punct(&mut self, punct: &Punct) {
        let sign = punct.as_char();
        match sign {
            ';' => self.end(),
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
        let before = std::mem::replace(&mut self.last, Last::Punct(sign));
        self.ended = Ended::Otherwise;
        match sign {
            '<' if self.angles > 0 || before == Last::Punct(':') && self.callee.is_some() => {
                self.angles += 1;
            }
            // Not that of `->` or `=>`.
            '>' if self.angles > 0 && !matches!(before, Last::Punct('-' | '=')) => {
                self.angles -= 1;
                self.callee.iter_mut().for_each(|callee| callee.has_types = true);
            }
            '!' if self.angles == 0 && before == Last::Word && self.callee.is_some() => {
                self.last = Last::Macro;
            }
            ':' => {}
            _ if self.angles > 0 => {}
            _ => self.callee = None,
        }
    }

    fn group(&mut self, group: &Group) {
        let before = std::mem::replace(&mut self.last, Last::Group);
        let is_value = matches!(self.binding, Some(Binding { stage: Stage::Value, .. }));
        let mut place = Place { in_value: self.place.in_value || is_value, ..self.place };
        if self.angles > 0 {
            // A type.
            return Run::new(self.skim, group.stream(), Place { in_value: false, ..place }).walk();
        }
        let callee = self.callee.take();
        self.ended = Ended::Otherwise;
        match (group.delimiter(), callee) {
            (_, Some(name)) if before == Last::Macro => {
                place = Place { in_value: false, in_front: self.skim.variables(), ..place };
                if name.name == "vec" && holds(group, ';') {
                    self.skim.words.add_sign(REPEATED);
                }
            }
            (Delimiter::Parenthesis, Some(callee)) => {
                if place.in_value && !callee.is_wrapper() {
                    self.may_be_guard = callee.may_return_guard(group);
                }
                place.in_value &= callee.is_constructor();
                place.uses &= callee.name != "drop";
                self.ended = Ended::Call(callee);
            }
            (Delimiter::Parenthesis, None) => self.ended = Ended::Perhaps,
            (Delimiter::Brace, _) => {
                place.in_loop |= self.statement.has_loop;
                let may_iterate = self.statement.has_loop && self.skim.holds_iterator;
                place.in_iteration |= self.statement.iterates || may_iterate;
                if !self.is_in_head() {
                    (self.statement.has_loop, self.statement.iterates) = (false, false);
                }
                if self.statement.has_async {
                    self.ended = Ended::Perhaps;
                }
            }
            // An attribute uses nothing.
            (Delimiter::Bracket, _) => {
                place = Place { in_value: false, uses: place.uses && before != Last::Punct('#'), ..place };
            }
            // What a macro was given may be the name of a function, or a call.
            (Delimiter::None, _) => {
                self.callee = Some(Callee::unknown());
                self.ended = Ended::Perhaps;
            }
        }
        self.note_pattern(group);
        Run::new(self.skim, group.stream(), place).walk();
    }

    /// Whether the braces that just ended are still in front of a body: `for x in unsafe { all() } {`.
    fn is_in_head(&mut self) -> bool {
        match self.tokens.peek() {
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
            Some(TokenTree::Punct(punct)) => !matches!(punct.as_char(), ';' | ',' | '#' | '*'),
            _ => false,
        }
    }

    /// A group in the pattern of a `let`.
    fn note_pattern(&mut self, group: &Group) {
        let Some(binding @ Binding { stage: Stage::Pattern, .. }) = &mut self.binding else { return };
        binding.takes_apart = true;
        // `(_)` is `_`.
        if group.stream().to_string() == "_" {
            self.skim.words.add_sign(IGNORED);
        }
    }

    /// What stands in front is a value, or a part of one.
    fn end_value(&mut self) {
        if std::mem::take(&mut self.may_be_guard) {
            self.skim.unfamiliar();
        }
    }

    /// Ends a statement.
    fn end(&mut self) {
        self.end_value();
        self.skim.end_let();
        let statement = std::mem::take(&mut self.statement);
        match (self.binding.take(), &self.ended) {
            (Some(binding), ended) => {
                if matches!(ended, Ended::Call(callee) if statement.has_iterator && callee.keeps_iterator()) {
                    self.skim.holds_iterator = true;
                }
                let is_plain = match ended {
                    Ended::Otherwise => return,
                    Ended::Call(callee) => !callee.may_return_future(),
                    Ended::Perhaps => false,
                };
                if let Some(name) = binding.sole_name() {
                    self.skim.variable(name, is_plain);
                }
            }
            (None, Ended::Call(callee)) => self.skim.drop_call(statement.has_async || callee.names_future()),
            (None, Ended::Otherwise) if !statement.has_async => {}
            (None, Ended::Otherwise | Ended::Perhaps) => self.skim.words.add_sign(DROPPED_FUTURE),
        }
    }
}

impl Binding {
    /// The variable, if it is one and gets all of the value.
    fn sole_name(self) -> Option<String> {
        let mut names = self.names.into_iter().filter(|name| !matches!(name.as_str(), "mut" | "ref"));
        let name = names.next()?;
        (names.next().is_none() && !self.takes_apart).then_some(name)
    }
}

fn holds(group: &Group, sign: char) -> bool {
    let mut tokens = group.stream().into_iter();
    tokens.any(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign))
}
