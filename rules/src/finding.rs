//! What a rule reports.

use proc_macro2::{Span, TokenTree};
use quote::ToTokens;

use crate::question::Question;
use crate::rule::{Level, Rule};

/// One mistake at one place.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that reports it.
    pub rule: &'static Rule,
    /// How serious it is here, after configuration and context. Never [`Level::Off`].
    pub level: Level,
    /// The tokens at fault.
    pub place: Place,
    /// What happens at run time.
    pub message: String,
    /// What is said at the tokens at fault.
    pub label: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Why the rule thinks so.
    pub note: Option<String>,
    /// Other places that belong to it, with what is to be said there.
    pub related: Vec<(Place, String)>,
    /// What the compiler has to be asked before this may be reported; `None` if it is certain.
    pub question: Option<Question>,
}

impl Finding {
    /// Whether syntax alone is enough to report it.
    pub fn is_certain(&self) -> bool {
        self.question.is_none()
    }

    /// The last line of every report: the rule's name and how to allow it.
    pub fn footer(&self) -> String {
        self.rule.footer()
    }
}

/// A run of tokens. Stable Rust cannot join spans in a procedural macro, so both ends are kept.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The first token.
    pub start: Span,
    /// The last token; the same as `start` for a single token.
    pub end: Span,
}

impl Place {
    /// The place of all tokens of a node.
    pub fn of(tokens: &impl ToTokens) -> Self {
        let mut tokens = tokens.to_token_stream().into_iter();
        let Some(first) = tokens.next() else { return Self::from(Span::call_site()) };
        let end = tokens.last().map_or_else(|| end_of(&first), |last| end_of(&last));
        let start = match &first {
            TokenTree::Group(group) => group.span_open(),
            other => other.span(),
        };
        Self { start, end }
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self { start: span, end: span }
    }
}

fn end_of(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) => group.span_close(),
        other => other.span(),
    }
}

/// What a rule says about a place; the engine adds the rule and its level.
pub(crate) struct Draft {
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) related: Vec<(Place, String)>,
    pub(crate) question: Option<Question>,
    /// Whether it is reported one level lower than the rule's.
    pub(crate) is_unsure: bool,
}

impl Draft {
    pub(crate) fn at(tokens: &impl ToTokens, message: impl Into<String>) -> Self {
        Self::new(Place::of(tokens), message)
    }

    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            place,
            message,
            label: String::new(),
            help: None,
            note: None,
            related: Vec::new(),
            question: None,
            is_unsure: false,
        }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub(crate) fn related(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push((place, text.into()));
        self
    }

    pub(crate) fn ask(mut self, question: Option<Question>) -> Self {
        self.question = question;
        self
    }

    /// Reports it one level lower: it is likely a mistake, and something out of sight can make it none.
    pub(crate) fn unsure(mut self) -> Self {
        self.is_unsure = true;
        self
    }
}
