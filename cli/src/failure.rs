//! What keeps the command from doing its work.

use std::fmt::Display;
use std::io;
use std::path::Path;

use steadfast_rules::UnknownRule;

/// The text for the user. The command ends with the exit code of wrong usage.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl Failure {
    pub(crate) fn new(message: impl Display) -> Self {
        Self(format!("error: {message}"))
    }

    pub(crate) fn unknown_rule(unknown: &UnknownRule) -> Self {
        Self::new(format_args!("{unknown}\nhelp: {LISTED}"))
    }

    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self::new(format_args!("{}: {error}", path.display()))
    }
}

/// Where the names of the rules are.
pub(crate) const LISTED: &str = "`cargo steadfast rules` lists them";

/// What a command comes to: whether nothing was found.
pub(crate) type Done = Result<bool, Failure>;
