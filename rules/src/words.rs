//! The words of a source that rules wait for.

use std::collections::HashSet;
use std::sync::OnceLock;

use proc_macro2::{TokenStream, TokenTree};

use crate::options::Options;
use crate::registry::rules;
use crate::rule::{Level, Rule};
use crate::rules::blocking::{BLOCKING_FN_CALL, CONFIGURED_BLOCKING_CALL, may_call_marked};
use crate::syntax::plain_name;

/// Which triggers of rules stand in a source. To look for them is far cheaper than to parse, and rules that wait for others
/// need not run.
#[derive(Debug)]
pub struct Words {
    /// The names of the rules that have a trigger in the source.
    triggered: HashSet<&'static str>,
    has_async: bool,
}

impl Words {
    /// The words of a text. Those in comments and strings count as well.
    pub(crate) fn of_source(source: &str) -> Self {
        let mut words = Self::none();
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
        source.as_bytes().split(|byte| !is_name(byte)).for_each(|word| words.add(word));
        words
    }

    /// The words of an item, or of the parts of a function that are checked; `None` if no rule that is on can report
    /// anything there.
    #[must_use]
    pub fn that_matter(tokens: &TokenStream, options: &Options) -> Option<Self> {
        let words = Self::of_tokens(tokens);
        let is_on = |rule: &Rule| options.levels.of(rule) > Level::Off;
        let mut waiting = rules().filter(|rule| **rule != CONFIGURED_BLOCKING_CALL);
        // What a configuration names may be anything.
        let matter = is_on(&CONFIGURED_BLOCKING_CALL) && !options.blocking.is_empty()
            || waiting.any(|rule| words.trigger(rule) && is_on(rule))
            || is_on(&BLOCKING_FN_CALL) && may_call_marked(tokens, &options.marked);
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
        rule.triggers.is_empty() || self.triggered.contains(rule.name)
    }

    /// Whether there can be `async` code in the source.
    pub(crate) fn has_async(&self) -> bool {
        self.has_async
    }

    fn none() -> Self {
        Self { triggered: HashSet::new(), has_async: false }
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
        self.has_async |=
            matches!(word, b"async" | b"poll" | b"stream" | b"try_stream") || word.starts_with(b"poll_");
        for (trigger, name) in &triggers()[bucket] {
            if trigger.as_bytes() == word {
                self.triggered.insert(name);
            }
        }
    }
}

const BUCKETS: usize = 256;

/// Most words are told from all triggers by their first two letters and their length.
fn bucket(word: &[u8]) -> Option<usize> {
    let (first, second) = (*word.first()?, word.get(1).copied().unwrap_or_default());
    Some((usize::from(first) * 31 + usize::from(second) * 7 + word.len()) % BUCKETS)
}

type Triggers = Vec<Vec<(&'static str, &'static str)>>;

/// The words that rules wait for, with the name of the rule.
fn triggers() -> &'static Triggers {
    static TRIGGERS: OnceLock<Triggers> = OnceLock::new();
    TRIGGERS.get_or_init(|| {
        let mut triggers: Triggers = vec![Vec::new(); BUCKETS];
        for rule in rules() {
            for word in rule.triggers {
                if let Some(bucket) = bucket(word.as_bytes()) {
                    triggers[bucket].push((word, rule.name));
                }
            }
        }
        triggers
    })
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::registry::{rule, rules};

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
