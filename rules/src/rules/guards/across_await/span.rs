//! Entered spans of `tracing`.

use super::super::families::SPANS;
use super::{Spoken, Words, in_let, in_parameters};
use crate::rule::{Family, Level, Rule};
use crate::walk::Hook;
use crate::words::UNFAMILIAR_LET;

pub(crate) static SPAN_GUARD_ACROSS_AWAIT: Rule = Rule {
    name: "span_guard_across_await",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "an entered `tracing` span lives across an await",
    explanation: "While the task waits, the span stays entered on the thread. Whatever other tasks log there is put into this span, and what this task logs on another thread is not.",
    blind_spots: "As in `guard_across_await`; functions of your own are asked about if their name has `span` in it.",
    bad: "async fn load(span: tracing::Span) {\n    let _entered = span.enter();\n    fetch().await;\n}\nasync fn fetch() {}\n",
    good: "async fn load(span: tracing::Span) {\n    use tracing::Instrument;\n    fetch().instrument(span).await;\n}\nasync fn fetch() {}\n",
    triggers: &[UNFAMILIAR_LET, "enter", "entered", "Entered", "EnteredSpan", "span"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(in_let::<SpanGuard>), Hook::Function(in_parameters::<SpanGuard>)],
};

enum SpanGuard {}

impl Spoken for SpanGuard {
    const WORDS: Words = Words {
        guards: &SPANS,
        message: "the span stays entered on this thread while other tasks log",
        what: "keeps the span entered",
        help: |_| {
            "instrument the future instead: `future.instrument(span).await`, or `#[tracing::instrument]` on the function".to_owned()
        },
        why: "",
    };
}
