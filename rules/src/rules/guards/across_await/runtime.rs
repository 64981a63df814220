//! Guards of an entered runtime.

use super::super::families::RUNTIMES;
use super::{Spoken, Words, in_let, in_parameters};
use crate::rule::{Family, Level, Rule};
use crate::walk::Hook;

pub(crate) static RUNTIME_ENTER_GUARD_ACROSS_AWAIT: Rule = Rule {
    name: "runtime_enter_guard_across_await",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "the guard of `Handle::enter` lives across an await",
    explanation: "The guard belongs to the thread that entered the runtime. While the task waits, other tasks of the thread spawn into the wrong runtime; guards that are dropped out of order panic.",
    blind_spots: "As in `guard_across_await`; functions of your own are not asked about.",
    bad: "async fn load(other: tokio::runtime::Handle) {\n    let _guard = other.enter();\n    fetch().await;\n}\nasync fn fetch() {}\n",
    good: "async fn load(other: tokio::runtime::Handle) {\n    other.spawn(fetch()).await.unwrap();\n}\nasync fn fetch() {}\n",
    triggers: &["enter", "EnterGuard"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(in_let::<RuntimeGuard>), Hook::Function(in_parameters::<RuntimeGuard>)],
};

enum RuntimeGuard {}

impl Spoken for RuntimeGuard {
    const WORDS: Words = Words {
        guards: &RUNTIMES,
        message: "the thread stays in another runtime while other tasks use it",
        what: "keeps the runtime entered",
        help: |_| "run the work there instead: `handle.spawn(future).await`".to_owned(),
        why: "",
    };
}
