//! Borrows of a `RefCell`.

use super::super::families::BORROWS;
use super::{Spoken, Words, end, in_head, in_let, in_parameters};
use crate::rule::{Family, Level, Rule};
use crate::walk::Hook;
use crate::words::UNFAMILIAR_LET;

pub(crate) static REFCELL_BORROW_ACROSS_AWAIT: Rule = Rule {
    name: "refcell_borrow_across_await",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "a borrow of a `RefCell` lives across an await",
    explanation: "While the task waits, other tasks of its thread run. The first one that borrows the same cell panics.",
    blind_spots: "As in `guard_across_await`; functions of your own are asked about if their name has `borrow` in it.",
    bad: "async fn add(sum: &std::cell::RefCell<u32>) {\n    let mut sum = sum.borrow_mut();\n    *sum += fetch().await;\n}\nasync fn fetch() -> u32 {\n    1\n}\n",
    good: "async fn add(sum: &std::cell::RefCell<u32>) {\n    let more = fetch().await;\n    *sum.borrow_mut() += more;\n}\nasync fn fetch() -> u32 {\n    1\n}\n",
    triggers: &[UNFAMILIAR_LET, "borrow", "borrow_mut", "try_borrow", "try_borrow_mut", "Ref", "RefMut"],
    in_tests: false,
    eases: false,
    hooks: &[
        Hook::Statement(in_let::<Borrow>),
        Hook::Expression(in_head::<Borrow>),
        Hook::Function(in_parameters::<Borrow>),
    ],
};

enum Borrow {}

impl Spoken for Borrow {
    const WORDS: Words = Words {
        guards: &BORROWS,
        message: "the cell stays borrowed while other tasks of this thread run",
        what: "borrows the `RefCell`",
        help: end,
        why: "; a second borrow meanwhile panics",
    };
}
