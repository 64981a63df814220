//! The lines of `cargo check --message-format json`, which editors read.

use std::fmt::Write;

use annotate_snippets::Renderer;
use serde_json::{Value, json};

use super::{Style, human};
use crate::check::Outcome;
use crate::diagnostic::Diagnostic;
use crate::source::Region;

/// One `compiler-message` for each report, a summary of our own, and the line with which cargo ends.
pub(super) fn text(outcome: &Outcome, style: Style) -> String {
    let mut text = String::new();
    let mut line = |value: Value| {
        let _ = writeln!(text, "{value}");
    };
    outcome.diagnostics.iter().for_each(|diagnostic| line(compiler_message(diagnostic)));
    line(json!({
        "reason": "steadfast-summary",
        "files": outcome.files,
        "lines": outcome.lines,
        "errors": outcome.errors(),
        "warnings": outcome.warnings(),
        "depends_on_types": if style.typed { 0 } else { outcome.questions },
        "not_understood": outcome.unparsed,
    }));
    if !style.before_cargo {
        line(json!({ "reason": "build-finished", "success": outcome.errors() == 0 }));
    }
    text
}

fn compiler_message(diagnostic: &Diagnostic) -> Value {
    let owner = &diagnostic.owner;
    json!({
        "reason": "compiler-message",
        "package_id": owner.package,
        "manifest_path": owner.manifest,
        "target": owner.target,
        "message": message(diagnostic),
    })
}

fn message(diagnostic: &Diagnostic) -> Value {
    let related = diagnostic.related.iter().map(|(place, label)| span(place, label, false));
    let spans: Vec<Value> =
        std::iter::once(span(&diagnostic.place, &diagnostic.label, true)).chain(related).collect();
    let help = diagnostic.help.iter().map(|help| child("help", help));
    let notes = diagnostic.notes.iter().map(|note| child("note", note));
    json!({
        "$message_type": "diagnostic",
        "message": diagnostic.message,
        "code": { "code": format!("steadfast::{}", diagnostic.rule.name), "explanation": diagnostic.rule.explanation },
        "level": diagnostic.level_name(),
        "spans": spans,
        "children": help.chain(notes).collect::<Vec<_>>(),
        "rendered": human::one(diagnostic, &Renderer::plain()) + "\n\n",
    })
}

fn child(level: &str, message: &str) -> Value {
    json!({ "message": message, "code": null, "level": level, "spans": [], "children": [], "rendered": null })
}

/// Columns count from 1 here.
fn span(place: &Region, label: &str, is_primary: bool) -> Value {
    let Region { source, start, end } = place;
    let text: Vec<Value> = (start.line..=end.line)
        .map(|line| {
            let text = source.line(line);
            let from = if line == start.line { start.column + 1 } else { 1 };
            let to = if line == end.line { end.column + 1 } else { text.chars().count() + 1 };
            json!({ "text": text, "highlight_start": from, "highlight_end": to })
        })
        .collect();
    json!({
        "file_name": source.name,
        "byte_start": start.byte,
        "byte_end": end.byte,
        "line_start": start.line,
        "line_end": end.line,
        "column_start": start.column + 1,
        "column_end": end.column + 1,
        "is_primary": is_primary,
        "text": text,
        "label": (!label.is_empty()).then_some(label),
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
    })
}
