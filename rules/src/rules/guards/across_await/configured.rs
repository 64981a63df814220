//! Guards of your own.

use super::super::families::CONFIGURED;
use super::{Spoken, Words, end, in_let};
use crate::rule::{Family, Level, Rule};
use crate::walk::Hook;
use crate::words::UNFAMILIAR_LET;

pub(crate) static CONFIGURED_GUARD_ACROSS_AWAIT: Rule = Rule {
    name: "configured_guard_across_await",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "a guard of a type of your own lives across an await",
    explanation: "The type says of itself that it must not be held while a task waits.",
    blind_spots: "Only methods and free functions are asked about, not `Lease::new(..)`, and those whose names have one of these words in them: `guard`, `lock`, `lease`, `pin`, `hold`, `enter`, `borrow`, `scope`, `transaction`, `session`.",
    bad: "async fn write(files: Files) {\n    \
          let lease = files.lease();\n    \
          fetch().await;\n    \
          drop(lease);\n\
          }\n\
          async fn fetch() {}\n\
          struct Lease;\n\
          struct Files;\n\
          impl Files {\n    \
          fn lease(&self) -> Lease {\n        \
          Lease\n    \
          }\n\
          }\n",
    good: "async fn write(files: Files) {\n    \
           fetch().await;\n    \
           let lease = files.lease();\n    \
           drop(lease);\n\
           }\n\
           async fn fetch() {}\n\
           struct Lease;\n\
           struct Files;\n\
           impl Files {\n    \
           fn lease(&self) -> Lease {\n        \
           Lease\n    \
           }\n\
           }\n",
    triggers: &[UNFAMILIAR_LET],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(in_let::<Configured>)],
};

enum Configured {}

impl Spoken for Configured {
    const WORDS: Words = Words {
        guards: &CONFIGURED,
        message: "this must not be held while the task waits",
        what: "is a guard that its own type keeps from awaits",
        help: end,
        why: "",
    };
}
