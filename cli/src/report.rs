//! How findings are printed.

mod github;
mod human;
mod json;
mod sarif;

use crate::arguments::Format;
use crate::check::Outcome;
use crate::diagnostic::Diagnostic;
use crate::packages::Workspace;

/// What the printing depends on, beside the format.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) colors: bool,
    /// Whether the compiler was asked what depends on types.
    pub(crate) typed: bool,
    /// Whether cargo says at the end that it is done.
    pub(crate) before_cargo: bool,
}

pub(crate) fn text(format: Format, outcome: &Outcome, workspace: &Workspace, style: Style) -> String {
    match format {
        Format::Human => human::text(outcome, style),
        Format::Json => json::text(outcome, style),
        Format::Sarif => sarif::text(outcome),
        Format::Github => github::text(outcome, workspace, style),
    }
}

/// All that a report says, without the source.
fn plain(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message.clone();
    let mut line = |line: &str| {
        text.push('\n');
        text.push_str(line);
    };
    if !diagnostic.label.is_empty() {
        line(&format!("here: {}", diagnostic.label));
    }
    for (place, label) in &diagnostic.related {
        line(&format!("line {}: {label}", place.start.line));
    }
    if let Some(help) = &diagnostic.help {
        line(&format!("help: {help}"));
    }
    diagnostic.notes.iter().for_each(|note| line(&format!("note: {note}")));
    text
}
