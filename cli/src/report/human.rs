//! For people, in the style of rustc.

use std::borrow::Cow;
use std::fmt::Write;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Severity, Renderer, Snippet};

use super::Style;
use crate::check::Outcome;
use crate::diagnostic::Diagnostic;
use crate::source::Region;

/// All reports, and the summary.
pub(super) fn text(outcome: &Outcome, style: Style) -> String {
    let renderer = if style.colors { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in &outcome.diagnostics {
        text.push_str(&one(diagnostic, &renderer));
        text.push_str("\n\n");
    }
    text.push_str(&summary(outcome, style));
    text
}

/// One report, without an end of line.
pub(super) fn one(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let severity = if diagnostic.is_error() { Severity::ERROR } else { Severity::WARNING };
    let title = severity.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.name);
    let mut group: Group<'_> = title.elements(snippets(diagnostic));
    if let Some(help) = &diagnostic.help {
        group = group.element(Severity::HELP.message(help.as_str()));
    }
    for note in &diagnostic.notes {
        group = group.element(Severity::NOTE.message(note.as_str()));
    }
    renderer.render(&[group])
}

/// One snippet for each file: that of the finding first.
fn snippets(diagnostic: &Diagnostic) -> Vec<Snippet<'_, Annotation<'_>>> {
    let mut files: Vec<Vec<(&Region, &str, AnnotationKind)>> =
        vec![vec![(&diagnostic.place, &diagnostic.label, AnnotationKind::Primary)]];
    for (place, label) in &diagnostic.related {
        let entry = (place, label.as_str(), AnnotationKind::Context);
        match files.iter_mut().find(|file| file[0].0.source.path == place.source.path) {
            Some(file) => file.push(entry),
            None => files.push(vec![entry]),
        }
    }
    files.iter().map(|places| snippet(places)).collect()
}

/// Only the lines from the first to the last place: the whole file would be searched anew for each finding.
fn snippet<'d>(places: &[(&'d Region, &'d str, AnnotationKind)]) -> Snippet<'d, Annotation<'d>> {
    let source = &places[0].0.source;
    let first = places.iter().map(|(place, ..)| place.start.line).min().unwrap_or(1);
    let last = places.iter().map(|(place, ..)| place.end.line).max().unwrap_or(first);
    let start = source.line_start(first);
    let lines = &source.text[start..source.line_start(last + 1)];
    let annotations = places.iter().map(|(place, label, kind)| {
        let annotation = kind.span(place.start.byte - start..place.end.byte - start);
        if label.is_empty() { annotation } else { annotation.label(*label) }
    });
    Snippet::source(Cow::Borrowed(lines))
        .line_start(first)
        .path(source.name.as_str())
        .annotations(annotations)
}

/// What was found in how much, and what was not looked at.
pub(super) fn summary(outcome: &Outcome, style: Style) -> String {
    let found = match (outcome.errors(), outcome.warnings()) {
        (0, 0) => "nothing found".to_owned(),
        (0, warnings) => count(warnings, "warning"),
        (errors, 0) => count(errors, "error"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    };
    let mut text =
        format!("steadfast: {found} in {}, {}\n", count(outcome.files, "file"), count(outcome.lines, "line"));
    if outcome.questions > 0 && !style.typed {
        let depend = if outcome.questions == 1 {
            "1 more place depends"
        } else {
            &format!("{} more places depend", outcome.questions)
        };
        let _ = writeln!(text, "{depend} on types: run with `--typed` to let the compiler decide");
    }
    if !outcome.unparsed.is_empty() {
        let _ = writeln!(text, "{} not understood, so not checked:", count(outcome.unparsed.len(), "file"));
        for file in &outcome.unparsed {
            let _ = writeln!(text, "  {file}");
        }
    }
    text
}

fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}
