//! Guards of locks that block the thread.

use super::super::families::{LOCK_GUARDS, LOCKS};
use super::{Spoken, Words, end, in_head, in_let, in_parameters};
use crate::rule::{Family, Level, Rule};
use crate::walk::Hook;
use crate::words::{UNFAMILIAR_LET, joined};

pub(crate) static GUARD_ACROSS_AWAIT: Rule = Rule {
    name: "guard_across_await",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "the guard of a blocking lock lives across an await",
    explanation: "While the task waits, the lock stays taken. Whoever wants it next blocks its thread, not only its \
                  task; on the thread that would go on with the first task, that is a deadlock.",
    blind_spots: "Asked about are variables that come from `.lock()`, `.read()`, `.write()` and their kin, from an \
                  unfamiliar function with at most one argument beside `self`, and parameters whose written type ends \
                  in the name of a guard. A guard in a field, and one that an awaited function returns, is not seen. \
                  `drop(guard)` in front of the await is enough here, but the compiler may still take the future for \
                  not `Send`.",
    bad: "async fn add(sum: &std::sync::Mutex<u32>) {\n    let mut sum = sum.lock().unwrap();\n    *sum += fetch().await;\n}\n\
          async fn fetch() -> u32 {\n    1\n}\n",
    good: "async fn add(sum: &std::sync::Mutex<u32>) {\n    let more = fetch().await;\n    *sum.lock().unwrap() += more;\n}\n\
           async fn fetch() -> u32 {\n    1\n}\n",
    triggers: &TRIGGERS,
    in_tests: false,
    eases: false,
    hooks: &[
        Hook::Statement(in_let::<Lock>),
        Hook::Expression(in_head::<Lock>),
        Hook::Function(in_parameters::<Lock>),
    ],
};

const TRIGGERS: [&str; 1 + LOCK_METHODS.len() + LOCK_GUARDS.len()] =
    joined(&[&[UNFAMILIAR_LET], &LOCK_METHODS, &LOCK_GUARDS]);

/// The methods that take such a guard.
const LOCK_METHODS: [&str; 18] = [
    "lock",
    "try_lock",
    "try_lock_for",
    "try_lock_until",
    "lock_arc",
    "try_lock_arc",
    "read",
    "try_read",
    "try_read_for",
    "read_recursive",
    "read_arc",
    "write",
    "try_write",
    "try_write_for",
    "write_arc",
    "upgradable_read",
    "try_upgradable_read",
    "upgradeable_read",
];

enum Lock {}

impl Spoken for Lock {
    const WORDS: Words = Words {
        guards: &LOCKS,
        message: "the lock stays taken while the task waits",
        what: "holds a lock that blocks whole threads",
        help: end,
        why: "",
    };
}

#[cfg(test)]
#[test]
fn every_method_that_takes_a_guard_is_waited_for() {
    let methods = LOCKS.sources.iter().flat_map(|source| source.methods);
    assert!(methods.into_iter().all(|method| LOCK_METHODS.contains(method)));
}
