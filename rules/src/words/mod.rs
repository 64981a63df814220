//! The words of a source that rules wait for.

mod callee;
mod run;
mod signs;
mod skim;

pub(crate) use signs::{
    DROPPED_FUTURE, IGNORED, OUTCOME_IN_LOOP, REPEATED, UNFAMILIAR_LET, UNUSED_LET, WAITING_ITERATION, joined,
};

use std::sync::OnceLock;

use proc_macro2::{TokenStream, TokenTree};

use crate::options::Options;
use crate::registry::{number, numbered, rules};
use crate::rule::{Level, Rule};
use crate::rules::blocking::{BLOCKING_FN_CALL, CONFIGURED_BLOCKING_CALL};
use crate::rules::cancellation::{CANCEL_UNSAFE_CALL, may_drop};
use crate::rules::marked::may_call_marked;
use crate::rules::meta::UNUSED_ALLOW;
use crate::syntax::plain_name;
use signs::SIGNS;
use skim::Skim;

/// Which triggers of rules stand in a source. To look for them is far cheaper than to parse, and rules that wait for others
/// need not run.
#[derive(Clone, Copy)]
pub struct Words {
    /// The rules that have a trigger in the source, and those that need none.
    triggered: RuleSet,
    has_async: bool,
    waiting: &'static Waiting,
}

/// A bit for each rule, by its number.
type RuleSet = u128;

impl Words {
    /// The words of a text. Those in comments and strings count as well.
    pub(crate) fn of_source(source: &str) -> Self {
        let mut words = Self::none(&triggers().in_texts);
        let is_in_name = |byte: &u8| IN_NAMES[usize::from(*byte)];
        source.as_bytes().split(|byte| !is_in_name(byte)).for_each(|word| words.add(word));
        words
    }

    /// The words and signs of the body of a function, or of an item as a whole, and the words of what stands in front.
    #[must_use]
    pub fn of(body: &TokenStream, front: &TokenStream) -> Self {
        let mut words = Self::none(&triggers().in_tokens);
        Skim::body(&mut words, body.clone());
        words.add_tokens(front);
        words
    }

    /// Whether a rule that is on can report anything in the body, or the item, which these words are of.
    #[must_use]
    pub fn matter(&self, body: &TokenStream, options: &Options) -> bool {
        let is_on = |rule: &Rule| options.levels.of(rule) > Level::Off;
        let waits = |rule: &Rule| *rule != CONFIGURED_BLOCKING_CALL && is_on(rule);
        // What a configuration names may be anything.
        is_on(&CONFIGURED_BLOCKING_CALL) && !options.blocking.is_empty()
            || numbered().any(|(number, rule)| self.triggers(number) && waits(rule))
            || is_on(&BLOCKING_FN_CALL) && may_call_marked(body, &options.marked.blocking)
            || is_on(&CANCEL_UNSAFE_CALL)
                && may_drop(self)
                && may_call_marked(body, &options.marked.cancel_unsafe)
    }

    /// Whether the rule has something to say about the source at all.
    pub(crate) fn trigger(&self, rule: &Rule) -> bool {
        number(rule).is_none_or(|number| self.triggers(number))
    }

    /// The same for the rule of this number.
    pub(crate) fn triggers(&self, number: usize) -> bool {
        self.triggered & bit(number) != 0
    }

    /// Whether a `#[steadfast::allow(..)]` can stand in the source.
    #[must_use]
    pub fn may_allow(&self) -> bool {
        self.trigger(&UNUSED_ALLOW)
    }

    /// Whether there can be `async` code in the source.
    pub(crate) fn has_async(&self) -> bool {
        self.has_async
    }

    fn none(waiting: &'static Waiting) -> Self {
        Self { triggered: triggers().by_anything, has_async: false, waiting }
    }

    fn add_tokens(&mut self, tokens: &TokenStream) {
        for token in tokens.clone() {
            match token {
                TokenTree::Ident(ident) => self.add(plain_name(&ident).as_bytes()),
                TokenTree::Group(group) => self.add_tokens(&group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// The name behind a `.`.
    fn add_method(&mut self, name: &str) {
        let methods = &triggers().by_method;
        if let Some((_, rules)) = methods.iter().find(|(method, _)| method.strip_prefix('.') == Some(name)) {
            self.triggered |= rules;
        }
    }

    fn add_sign(&mut self, sign: &'static str) {
        for (known, rules) in &triggers().by_sign {
            if *known == sign {
                self.triggered |= rules;
            }
        }
    }

    fn add(&mut self, word: &[u8]) {
        let Some(bucket) = bucket(word) else { return };
        for (trigger, rules) in &self.waiting[bucket] {
            if trigger.as_bytes() == word {
                self.triggered |= rules;
            }
        }
        self.has_async |= ASYNC.contains(&word) || word.starts_with(b"poll_");
    }
}

/// Words without which nothing in a source runs on a runtime, beside the names of functions that poll.
const ASYNC: [&[u8]; 4] = [b"async", b"poll", b"stream", b"try_stream"];

/// Whether a byte may be one of a name. All of those beyond ASCII count.
const IN_NAMES: [bool; 256] = {
    let mut in_names = [false; 256];
    let mut byte = 0_u8;
    loop {
        in_names[byte as usize] = !byte.is_ascii() || byte.is_ascii_alphanumeric() || byte == b'_';
        if byte == u8::MAX {
            break in_names;
        }
        byte += 1;
    }
};

fn bit(number: usize) -> RuleSet {
    1 << number
}

const BUCKETS: usize = 256;

/// Most words are told from all triggers by their first two letters and their length.
fn bucket(word: &[u8]) -> Option<usize> {
    let (first, second) = (*word.first()?, word.get(1).copied().unwrap_or_default());
    Some((usize::from(first) * 31 + usize::from(second) * 7 + word.len()) % BUCKETS)
}

/// The rules that wait for a word, by its bucket.
type Waiting = Vec<Vec<(&'static str, RuleSet)>>;

/// What rules wait for.
struct Triggers {
    /// In tokens, where signs are seen for themselves.
    in_tokens: Waiting,
    /// In a text, where words stand for signs.
    in_texts: Waiting,
    by_sign: Vec<(&'static str, RuleSet)>,
    /// By `.name`, which in a text is a word like any other.
    by_method: Vec<(&'static str, RuleSet)>,
    /// The rules that wait for nothing.
    by_anything: RuleSet,
}

fn triggers() -> &'static Triggers {
    static TRIGGERS: OnceLock<Triggers> = OnceLock::new();
    TRIGGERS.get_or_init(|| {
        let mut triggers = Triggers {
            in_tokens: vec![Vec::new(); BUCKETS],
            in_texts: vec![Vec::new(); BUCKETS],
            by_sign: Vec::new(),
            by_method: Vec::new(),
            by_anything: 0,
        };
        for (number, rule) in rules().enumerate() {
            if rule.triggers.is_empty() {
                triggers.by_anything |= bit(number);
            }
            for trigger in rule.triggers {
                triggers.add(trigger, bit(number));
            }
        }
        triggers
    })
}

impl Triggers {
    fn add(&mut self, trigger: &'static str, rule: RuleSet) {
        if let Some((sign, words)) = SIGNS.iter().find(|(sign, _)| *sign == trigger) {
            add(&mut self.by_sign, sign, rule);
            words.iter().for_each(|word| add_word(&mut self.in_texts, word, rule));
        } else if let Some(method) = trigger.strip_prefix('.') {
            add(&mut self.by_method, trigger, rule);
            add_word(&mut self.in_texts, method, rule);
        } else {
            add_word(&mut self.in_tokens, trigger, rule);
            add_word(&mut self.in_texts, trigger, rule);
        }
    }
}

fn add_word(waiting: &mut Waiting, word: &'static str, rule: RuleSet) {
    if let Some(bucket) = bucket(word.as_bytes()) {
        add(&mut waiting[bucket], word, rule);
    }
}

fn add(waiting: &mut Vec<(&'static str, RuleSet)>, trigger: &'static str, rule: RuleSet) {
    match waiting.iter_mut().find(|(known, _)| *known == trigger) {
        Some((_, rules)) => *rules |= rule,
        None => waiting.push((trigger, rule)),
    }
}

#[cfg(test)]
mod tests;
