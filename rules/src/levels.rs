//! Which rules apply, and how seriously.

use std::collections::HashMap;
use std::fmt;

use crate::nearest::nearest;
use crate::registry;
use crate::rule::{Level, Rule};

/// The levels of the rules, as configured.
#[derive(Clone, Default, Debug)]
pub struct Levels {
    configured: HashMap<&'static str, Level>,
}

impl Levels {
    /// The levels that the rules have by themselves.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the level of the rule of this name. A later setting replaces an earlier one.
    ///
    /// ```
    /// use steadfast_rules::{Level, Levels};
    ///
    /// let mut levels = Levels::new();
    /// levels.set("blocking_sleep", Level::Warn)?;
    /// let error = levels.set("blocking_slep", Level::Off).unwrap_err();
    /// assert_eq!(error.to_string(), "there is no rule `blocking_slep`; did you mean `blocking_sleep`?");
    /// # Ok::<(), steadfast_rules::UnknownRule>(())
    /// ```
    ///
    /// # Errors
    /// If there is no such rule. The error offers the nearest name.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), UnknownRule> {
        let rule = registry::rule(name).ok_or_else(|| UnknownRule::new(name))?;
        self.configured.insert(rule.name, level);
        Ok(())
    }

    /// The level of a rule.
    pub fn of(&self, rule: &Rule) -> Level {
        self.configured.get(rule.name).copied().unwrap_or(rule.level)
    }

    /// Whether the level of a rule was set.
    pub(crate) fn is_configured(&self, rule: &Rule) -> bool {
        self.configured.contains_key(rule.name)
    }
}

/// There is no rule of this name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownRule {
    /// The name as written.
    pub name: String,
    /// The rule that was probably meant.
    pub nearest: Option<&'static str>,
}

impl UnknownRule {
    pub(crate) fn new(name: &str) -> Self {
        let names = registry::rules().map(|rule| rule.name);
        Self { name: name.to_owned(), nearest: nearest(name, names) }
    }
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no rule `{}`", self.name)?;
        match self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownRule {}
