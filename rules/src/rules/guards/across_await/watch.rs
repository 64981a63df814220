//! Borrows of the value of a `watch` channel.

use syn::{Block, Expr, Signature};

use super::super::families::WATCHES;
use super::{Words, expression, function, statement};
use crate::rule::{Family, Level, Rule};
use crate::walk::{Cx, Hook, Statement};

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
    hooks: &[Hook::Statement(in_let), Hook::Expression(in_head), Hook::Function(in_parameters)],
};

static WORDS: Words = Words {
    guards: &WATCHES,
    message: "whoever sends into the channel blocks while the task waits",
    what: "borrows the value of the channel",
    help: |held| format!("take a copy: `let {} = {}.clone();`", held.name, held.value()),
    why: "",
};

fn in_let<'a>(cx: &mut Cx<'a>, let_statement: &Statement<'a>) {
    statement(cx, let_statement, &WORDS);
}

fn in_head<'a>(cx: &mut Cx<'a>, head: &'a Expr) {
    expression(cx, head, &WORDS);
}

fn in_parameters<'a>(cx: &mut Cx<'a>, sig: &'a Signature, block: &'a Block) {
    function(cx, sig, block, &WORDS);
}
