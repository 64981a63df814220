//! Borrows of the value of a `watch` channel.

use super::super::families::WATCHES;
use super::{Spoken, Words, in_head, in_let, in_parameters};
use crate::rule::{Family, Level, Rule};
use crate::walk::Hook;

pub(crate) static WATCH_REF_ACROSS_AWAIT: Rule = Rule {
    name: "watch_ref_across_await",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "a borrow of a `watch` channel lives across an await",
    explanation: "The borrow is a read lock on the value of the channel. While the task waits, `send` blocks the thread of the sender; if that is the thread which would go on with this task, it is a deadlock.",
    blind_spots: "As in `guard_across_await`; functions of your own are not asked about.",
    bad: "async fn apply(rx: tokio::sync::watch::Receiver<String>) {\n    let config = rx.borrow();\n    load(&config).await;\n}\nasync fn load(_: &str) {}\n",
    good: "async fn apply(rx: tokio::sync::watch::Receiver<String>) {\n    let config = rx.borrow().clone();\n    load(&config).await;\n}\nasync fn load(_: &str) {}\n",
    triggers: &["borrow", "borrow_and_update", "Ref"],
    in_tests: false,
    eases: false,
    hooks: &[
        Hook::Statement(in_let::<WatchRef>),
        Hook::Expression(in_head::<WatchRef>),
        Hook::Function(in_parameters::<WatchRef>),
    ],
};

enum WatchRef {}

impl Spoken for WatchRef {
    const WORDS: Words = Words {
        guards: &WATCHES,
        message: "whoever sends into the channel blocks while the task waits",
        what: "borrows the value of the channel",
        help: |held| format!("take a copy: `let {} = {}.clone();`", held.name, held.value()),
        why: "",
    };
}
