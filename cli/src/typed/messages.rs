//! What the compiler says about the copy, brought back to the workspace.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cargo_metadata::diagnostic::{Diagnostic as Said, DiagnosticLevel};
use cargo_metadata::{CompilerMessage, Message};
use steadfast_rules::{Family, Level, rule};

use super::insert::Insertions;
use super::shadow::Shadow;
use crate::check::Outcome;
use crate::diagnostic::Diagnostic;
use crate::packages::{Crate, Workspace};
use crate::source::{Region, Source};

/// Separates the fields of an encoded finding, as `macros/src/checked/machine.rs` writes them.
const SEPARATOR: char = '\u{1f}';

/// What was said beside findings.
#[derive(Default)]
pub(super) struct Heard {
    /// The first error that is none of ours.
    pub(super) first_error: Option<String>,
}

/// Adds the findings in the messages of cargo to the outcome.
pub(super) fn read(output: &[u8], workspace: &Workspace, shadow: &Shadow, outcome: &mut Outcome) -> Heard {
    let mut heard = Heard::default();
    let mut reader = Reader {
        workspace,
        shadow,
        insertions: outcome
            .insertions
            .iter()
            .map(|insertions| (insertions.path.as_path(), insertions))
            .collect(),
        sources: HashMap::new(),
    };
    let mut found = Vec::new();
    for message in Message::parse_stream(output).flatten() {
        let Message::CompilerMessage(message) = message else { continue };
        if let Some(diagnostic) = reader.finding(&message) {
            found
                .extend(Some(diagnostic).filter(|diagnostic| workspace.wants(&diagnostic.place.source.path)));
        } else if matches!(message.message.level, DiagnosticLevel::Error | DiagnosticLevel::Ice) {
            let said = message.message;
            heard.first_error.get_or_insert(said.rendered.unwrap_or(said.message));
        }
    }
    outcome.diagnostics.extend(found);
    heard
}

struct Reader<'r> {
    workspace: &'r Workspace,
    shadow: &'r Shadow,
    insertions: HashMap<&'r Path, &'r Insertions>,
    sources: HashMap<PathBuf, Arc<Source>>,
}

impl Reader<'_> {
    fn finding(&mut self, message: &CompilerMessage) -> Option<Diagnostic> {
        let mut fields = message.message.message.split(SEPARATOR).skip(1);
        if fields.next()? != "steadfast" {
            return None;
        }
        let rule = rule(fields.next()?)?;
        // The rules about `allow` see more in the whole file than in one item.
        if rule.family == Family::Meta {
            return None;
        }
        let level = if fields.next()? == "error" { Level::Error } else { Level::Warn };
        let source = self.source(&message.message)?;
        let place = self.region(&source, fields.next()?)?;
        let mut text = || fields.next().map(str::to_owned);
        let (message_text, label) = (text()?, text()?);
        let (help, note) = (text()?, text()?);
        let mut related = Vec::new();
        while let (Some(place), Some(label)) =
            (fields.next().filter(|place| !place.is_empty()), fields.next())
        {
            related.push((self.region(&source, place)?, label.to_owned()));
        }
        let written = |text: String| (!text.is_empty()).then_some(text);
        Some(Diagnostic {
            owner: self.owner(message),
            rule,
            level,
            message: message_text,
            label,
            help: written(help),
            notes: written(note).into_iter().chain([rule.footer()]).collect(),
            place,
            related,
        })
    }

    /// The real file for the one that the message points to.
    fn source(&mut self, said: &Said) -> Option<Arc<Source>> {
        let span = said.spans.iter().find(|span| span.is_primary)?;
        let path = self.shadow.root.join(&span.file_name);
        let path = self.workspace.root.join(path.strip_prefix(&self.shadow.root).ok()?);
        if let Some(source) = self.sources.get(&path) {
            return Some(Arc::clone(source));
        }
        let text = std::fs::read_to_string(&path).ok()?;
        let source = Source::new(path.clone(), &self.workspace.root, text);
        self.sources.insert(path, Arc::clone(&source));
        Some(source)
    }

    /// `line:column:line:column` in the copy.
    fn region(&self, source: &Arc<Source>, written: &str) -> Option<Region> {
        let numbers: Vec<usize> = written.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
        let &[line, column, end_line, end_column] = numbers.as_slice() else { return None };
        let position = |line, column| {
            let insertions = self.insertions.get(source.path.as_path());
            let column = insertions.map_or(column, |insertions| insertions.column_before(line, column));
            source.position(line, column)
        };
        let start = position(line, column);
        Some(Region { source: Arc::clone(source), start, end: position(end_line, end_column).max(start) })
    }

    fn owner(&self, message: &CompilerMessage) -> Arc<Crate> {
        let same = |name: &str| self.workspace.chosen.iter().find(|package| package.name.as_str() == name);
        let package = same(package_name(message)).or_else(|| self.workspace.chosen.first());
        // The target of the copy has its own path; the one of the workspace has the same name and kind.
        let target = package.and_then(|package| {
            let is_it = |target: &&cargo_metadata::Target| {
                target.name == message.target.name && target.kind == message.target.kind
            };
            Some((package, package.targets.iter().find(is_it)?))
        });
        match target {
            Some((package, target)) => Arc::new(Crate::of(package, target)),
            None => Arc::new(Crate::foreign(message.package_id.clone(), message.target.clone())),
        }
    }
}

/// The name in `path+file:///folder#name@version` or `path+file:///name#version`.
fn package_name(message: &CompilerMessage) -> &str {
    let id = &message.package_id.repr;
    let (before, after) = id.rsplit_once('#').unwrap_or((id, ""));
    match after.split_once('@') {
        Some((name, _)) => name,
        None => before.rsplit('/').next().unwrap_or(before),
    }
}
