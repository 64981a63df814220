//! One finding, told where no span can lead.

use std::fmt::Write;

use proc_macro2::{Ident, LineColumn, Span, TokenStream};
use quote::{quote, quote_spanned};
use steadfast_rules::{Finding, Level, Place, Source};

use crate::checked::deprecated;

/// A finding as text.
pub(super) struct Report {
    rule: &'static str,
    level: Level,
    pub(super) text: String,
}

impl Report {
    pub(super) fn of(finding: &Finding, source: &Source) -> Self {
        let mut text = finding.message.clone();
        excerpt(&mut text, source, finding.place, &finding.label);
        for (place, label) in &finding.related {
            excerpt(&mut text, source, *place, label);
        }
        let help = finding.help.iter().map(|help| format!("help: {help}"));
        let note = finding.note.iter().map(|note| format!("note: {note}"));
        for line in help.chain(note).chain([finding.footer()]) {
            text.push('\n');
            text.push_str(&line);
        }
        Self { rule: finding.rule.name, level: finding.level, text }
    }

    pub(super) fn tokens(&self) -> TokenStream {
        let text = &self.text;
        if self.level == Level::Error {
            return quote!(::core::compile_error! { #text });
        }
        let name = Ident::new(self.rule, Span::mixed_site());
        deprecated(&name, text, &quote_spanned!(Span::mixed_site()=> steadfast::#name))
    }
}

/// File, line and the source line with the place underlined, as rustc shows them.
fn excerpt(text: &mut String, source: &Source, place: Place, label: &str) {
    let LineColumn { line, column } = place.start.start();
    let end = place.end.end();
    let content = source.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let length = content.chars().count();
    let width =
        if end.line == line { end.column.saturating_sub(column) } else { length.saturating_sub(column) };
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let indent: String =
        content.chars().take(column).map(|letter| if letter == '\t' { '\t' } else { ' ' }).collect();
    let carets = "^".repeat(width.max(1));
    let path = source.module.path.to_string_lossy();
    let _ = write!(
        text,
        "\n{margin}--> {path}:{line}:{}\n{margin} |\n{number} | {content}\n{margin} | {indent}{carets} {label}",
        column + 1
    );
    text.truncate(text.trim_end().len());
}
