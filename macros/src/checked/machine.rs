//! Findings for a program to read: `cargo steadfast check --typed` inserts `#[checked(__machine)]` and takes what rustc
//! reports apart again.
//!
//! All are warnings, so that the crates that depend on this one are compiled too. The fields are separated by
//! [`SEPARATOR`], in the order that `cli/src/typed/messages.rs` reads.

use proc_macro2::LineColumn;
use steadfast_rules::{Finding, Level, Place};

/// U+001F, the "unit separator".
const SEPARATOR: &str = "\u{1f}";

pub(super) fn spoken(findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().map(encoded).collect()
}

fn encoded(finding: Finding) -> Finding {
    let level = match finding.level {
        Level::Off => return finding,
        Level::Warn => "warn",
        Level::Error => "error",
    };
    let mut fields =
        vec![String::new(), "steadfast".to_owned(), finding.rule.name.to_owned(), level.to_owned()];
    fields.extend([range(finding.place), finding.message, finding.label]);
    fields.extend([finding.help.unwrap_or_default(), finding.note.unwrap_or_default()]);
    for (place, text) in finding.related {
        fields.extend([range(place), text]);
    }
    // What is added behind is cut off here.
    fields.push(SEPARATOR.to_owned());
    Finding {
        level: Level::Warn,
        message: fields.join(SEPARATOR),
        label: String::new(),
        help: None,
        note: None,
        related: Vec::new(),
        ..finding
    }
}

/// Lines count from 1, columns from 0, in characters.
fn range(place: Place) -> String {
    let LineColumn { line, column } = place.start.start();
    let end = place.end.end();
    format!("{line}:{column}:{}:{}", end.line, end.column)
}
