//! What a certain finding becomes.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use steadfast_rules::{Finding, Level, Place};

/// The tokens with which rustc reports certain findings.
#[derive(Default)]
pub(super) struct Reports {
    /// Items that stand beside the one that was checked.
    pub(super) errors: TokenStream,
    /// Items that stand beside it, or at the start of the function if there is no beside.
    pub(super) warnings: TokenStream,
}

impl Reports {
    pub(super) fn add(&mut self, finding: &Finding) {
        match finding.level {
            Level::Off => {}
            Level::Warn => self.warnings.extend(warning(finding)),
            Level::Error => self.errors.extend(error(finding)),
        }
    }
}

/// All that is said about a finding, line by line.
pub(super) fn text(finding: &Finding) -> String {
    let mut lines = vec![finding.message.clone()];
    if !finding.label.is_empty() {
        lines.push(format!("here: {}", finding.label));
    }
    lines.extend(below(finding));
    lines.join("\n")
}

/// What is said below the message and its label, where rustc puts `note:` in front of each line.
pub(super) fn notes(finding: &Finding) -> Vec<String> {
    let lines = below(finding).into_iter();
    lines.map(|line| line.strip_prefix("note: ").map_or(line.clone(), str::to_owned)).collect()
}

/// What is said below the message and its label.
fn below(finding: &Finding) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, text) in &finding.related {
        lines.push(format!("{}: {text}", described(place)));
    }
    lines.extend(finding.help.as_ref().map(|help| format!("help: {help}")));
    lines.extend(finding.note.as_ref().map(|note| format!("note: {note}")));
    lines.push(finding.footer());
    lines
}

/// Where a place is, as far as a macro can say: it cannot underline two places in one report.
fn described(place: &Place) -> String {
    match place.start.start().line {
        0 => "elsewhere".to_owned(),
        line => format!("line {line}"),
    }
}

fn error(finding: &Finding) -> TokenStream {
    let text = text(finding);
    let Place { start, end } = finding.place;
    let head = quote_spanned!(start=> ::core::compile_error!);
    let mut message = Group::new(Delimiter::Brace, quote_spanned!(end=> #text));
    message.set_span(end);
    quote!(#head #message)
}

/// Everything that a procedural macro on stable Rust can make rustc warn about is a use of something deprecated. The
/// levels are set so that it stays a warning, whatever the user's crate says about warnings.
fn warning(finding: &Finding) -> TokenStream {
    let text = text(finding);
    let span = Span::mixed_site();
    let name = Ident::new(finding.rule.name, span);
    deprecated(&name, &text, &underlined(&name, finding.place))
}

/// An item that has `text` as its deprecation, and the path by which it is used.
pub(crate) fn deprecated(name: &Ident, text: &str, used: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=>
        #[warn(warnings, deprecated)]
        const _: () = {
            mod steadfast {
                #[deprecated(note = #text)]
                #[allow(non_upper_case_globals)]
                pub(super) const #name: () = ();
            }
            #used
        };
    }
}

/// `steadfast::name` at the place.
fn underlined(name: &Ident, place: Place) -> TokenStream {
    let at = most_telling(place);
    let name = Ident::new(&name.to_string(), at);
    quote_spanned!(at=> steadfast::#name)
}

/// The one token of a place at which a warning stands. rustc underlines only the last name of a path: a path ends in what
/// says most, and everything that ends in a closing bracket begins with it.
pub(super) fn most_telling(place: Place) -> Span {
    let is_bracket = |text: String| matches!(text.as_str(), ")" | "]" | "}" | ";");
    if place.end.source_text().is_some_and(is_bracket) { place.start } else { place.end }
}
