//! Workflow commands: GitHub shows each as an annotation of the line.

use std::fmt::Write;
use std::path::PathBuf;

use super::{Style, human};
use crate::check::Outcome;
use crate::packages::Workspace;
use crate::source::shown;

pub(super) fn text(outcome: &Outcome, workspace: &Workspace, style: Style) -> String {
    // Paths count from the root of the repository, which may be further up than that of the workspace.
    let repository =
        std::env::var_os("GITHUB_WORKSPACE").map_or_else(|| workspace.root.clone(), PathBuf::from);
    let mut text = String::new();
    for diagnostic in &outcome.diagnostics {
        let place = &diagnostic.place;
        let _ = writeln!(
            text,
            "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            diagnostic.level_name(),
            property(&shown(&place.source.path, &repository)),
            place.start.line,
            place.end.line,
            place.start.column + 1,
            place.end.column + 1,
            property(diagnostic.rule.name),
            data(&super::plain(diagnostic)),
        );
    }
    text + &human::summary(outcome, style)
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
