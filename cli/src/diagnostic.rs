//! What is reported, as plain data that may go from one thread to another.

use std::sync::Arc;

use steadfast_rules::{Finding, Level, Rule};

use crate::packages::Crate;
use crate::source::{Region, Source};

/// One report.
#[derive(Clone, Debug)]
pub(crate) struct Diagnostic {
    /// The first crate in which the file was found.
    pub(crate) owner: Arc<Crate>,
    pub(crate) rule: &'static Rule,
    /// [`Level::Warn`] or [`Level::Error`].
    pub(crate) level: Level,
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) place: Region,
    pub(crate) related: Vec<(Region, String)>,
}

impl Diagnostic {
    /// A certain finding in this file. Must be called on the thread that parsed it.
    pub(crate) fn of(finding: &Finding, source: &Arc<Source>, owner: &Arc<Crate>) -> Self {
        let related = finding.related.iter().map(|(place, text)| (Region::of(source, *place), text.clone()));
        Self {
            owner: Arc::clone(owner),
            rule: finding.rule,
            level: finding.level,
            message: finding.message.clone(),
            label: finding.label.clone(),
            help: finding.help.clone(),
            notes: finding.note.iter().cloned().chain([finding.footer()]).collect(),
            place: Region::of(source, finding.place),
            related: related.collect(),
        }
    }

    /// What makes two reports the same one, and the order in which reports come.
    pub(crate) fn key(&self) -> (&str, usize, usize, &str) {
        (&self.place.source.name, self.place.start.byte, self.place.end.byte, self.rule.name)
    }

    pub(crate) fn is_error(&self) -> bool {
        self.level == Level::Error
    }

    pub(crate) fn level_name(&self) -> &'static str {
        if self.is_error() { "error" } else { "warning" }
    }
}

/// Sorts reports by place and leaves out those that are there twice.
pub(crate) fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| a.key().cmp(&b.key()));
    diagnostics.dedup_by(|a, b| a.key() == b.key());
}
