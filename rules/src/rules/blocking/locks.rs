//! Taking a lock of `std`.

use syn::ExprMethodCall;

use super::site;
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::plain_name;
use crate::walk::{Cx, Hook};

pub(crate) static STD_LOCK_IN_ASYNC: Rule = Rule {
    name: "std_lock_in_async",
    family: Family::Blocking,
    level: Level::Off,
    since: "0.2.0",
    summary: "taking a lock that blocks the thread, in async code",
    explanation: "If somebody else has the lock, the thread waits, and with it every task that the runtime has put on it. \
                  It is off by itself: for data that is locked for a moment, `tokio` recommends this very lock. Turn it \
                  on where locks are held for long.",
    blind_spots: "A lock that is taken by a method of your own is not seen.",
    bad: "use std::sync::Mutex;\nasync fn add(total: &Mutex<u32>) {\n    *total.lock().unwrap() += 1;\n}\n",
    good: "use tokio::sync::Mutex;\nasync fn add(total: &Mutex<u32>) {\n    *total.lock().await += 1;\n}\n",
    triggers: &["lock", "read", "write"],
    in_tests: false,
    eases: true,
    hooks: &[Hook::Method(check)],
};

const LOCKS: [(&str, &[&str]); 4] = [
    ("std::sync::Mutex", &["lock"]),
    ("std::sync::RwLock", &["read", "write"]),
    ("parking_lot::Mutex", &["lock"]),
    ("parking_lot::RwLock", &["read", "write"]),
];

fn check<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    if !matches!(name.as_str(), "lock" | "read" | "write") || !call.args.is_empty() || !site::is_watched(cx) {
        return;
    }
    let (item, question) = match cx.names.type_of(&call.receiver) {
        Some(ty) => {
            match LOCKS.iter().find(|(lock, methods)| *lock == ty && methods.contains(&name.as_str())) {
                Some((lock, _)) => (Some(*lock), None),
                None => return,
            }
        }
        None => match cx.ask_operand(QuestionKind::LockGuard, call) {
            Some(question) => (None, Some(question)),
            None => return,
        },
    };
    let draft = Draft::new(
        Place::from(call.method.span()),
        "the runtime's thread waits while somebody else has the lock",
    )
    .label(site::label(item, &call.method))
    .help(format!(
        "lock it in a short synchronous function, or use a lock of `tokio` and write `.{name}().await`"
    ))
    .ask(question);
    site::report(cx, draft);
}
