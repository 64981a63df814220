//! The words of a source that rules wait for.

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

/// Which triggers of rules stand in a source. To look for them is far cheaper than to parse, and rules that wait for others
/// need not run.
#[derive(Debug)]
pub struct Words {
    /// The rules that have a trigger in the source, and those that need none.
    triggered: RuleSet,
    has_async: bool,
}

/// A bit for each rule, by its number.
type RuleSet = u128;

impl Words {
    /// The words of a text. Those in comments and strings count as well.
    pub(crate) fn of_source(source: &str) -> Self {
        let mut words = Self::none();
        let is_in_name = |byte: &u8| IN_NAMES[usize::from(*byte)];
        source.as_bytes().split(|byte| !is_in_name(byte)).for_each(|word| words.add(word));
        words
    }

    /// The words of an item, or of the parts of a function that are checked; `None` if no rule that is on can report
    /// anything there.
    #[must_use]
    pub fn that_matter(tokens: &TokenStream, options: &Options) -> Option<Self> {
        let words = Self::of_tokens(tokens);
        let is_on = |rule: &Rule| options.levels.of(rule) > Level::Off;
        let waits = |rule: &Rule| *rule != CONFIGURED_BLOCKING_CALL && is_on(rule);
        // What a configuration names may be anything.
        let matter = is_on(&CONFIGURED_BLOCKING_CALL) && !options.blocking.is_empty()
            || numbered().any(|(number, rule)| words.triggers(number) && waits(rule))
            || is_on(&BLOCKING_FN_CALL) && may_call_marked(tokens, &options.marked.blocking)
            || is_on(&CANCEL_UNSAFE_CALL)
                && may_drop(&words)
                && may_call_marked(tokens, &options.marked.cancel_unsafe);
        matter.then_some(words)
    }

    /// The words of tokens.
    pub(crate) fn of_tokens(tokens: &TokenStream) -> Self {
        let mut words = Self::none();
        words.add_tokens(tokens);
        words
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

    fn none() -> Self {
        Self { triggered: triggers().by_anything, has_async: false }
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

    fn add(&mut self, word: &[u8]) {
        let Some(bucket) = bucket(word) else { return };
        for (trigger, rules) in &triggers().by_word[bucket] {
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

/// What rules wait for.
struct Triggers {
    by_word: Vec<Vec<(&'static str, RuleSet)>>,
    /// The rules that wait for nothing.
    by_anything: RuleSet,
}

fn triggers() -> &'static Triggers {
    static TRIGGERS: OnceLock<Triggers> = OnceLock::new();
    TRIGGERS.get_or_init(|| {
        let mut triggers = Triggers { by_word: vec![Vec::new(); BUCKETS], by_anything: 0 };
        for (number, rule) in rules().enumerate() {
            if rule.triggers.is_empty() {
                triggers.by_anything |= bit(number);
            }
            for word in rule.triggers {
                let Some(bucket) = bucket(word.as_bytes()) else { continue };
                let known = &mut triggers.by_word[bucket];
                match known.iter_mut().find(|(known, _)| known == word) {
                    Some((_, rules)) => *rules |= bit(number),
                    None => known.push((word, bit(number))),
                }
            }
        }
        triggers
    })
}

#[cfg(test)]
mod tests {
    use super::{RuleSet, Words};
    use crate::registry::{rule, rules};

    #[test]
    fn there_is_a_bit_for_each_rule() {
        assert!(rules().count() <= RuleSet::BITS as usize);
    }

    #[test]
    fn finds_whole_words_anywhere() {
        let sleep = rule("blocking_sleep").unwrap();
        for (source, expected) in [
            ("thread::sleep(d)", true),
            ("use std::thread::{sleep as nap};", true),
            ("sleepy(d); my_sleep(d)", false),
            ("", false),
        ] {
            assert_eq!(Words::of_source(source).trigger(sleep), expected, "{source}");
            assert_eq!(Words::of_tokens(&source.parse().unwrap()).trigger(sleep), expected, "{source}");
        }
        assert!(Words::of_tokens(&"r#sleep".parse().unwrap()).trigger(sleep));
    }

    #[test]
    fn every_trigger_is_found() {
        for rule in rules() {
            for word in rule.triggers {
                assert!(Words::of_source(word).trigger(rule), "`{word}` of `{}`", rule.name);
            }
        }
    }
}
