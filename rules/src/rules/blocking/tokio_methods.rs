//! Methods and functions of `tokio` that are made for other threads than those of the runtime.

use syn::ExprMethodCall;

use super::site;
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::text::arguments;
use crate::syntax::{attributes, plain_name};
use crate::walk::{Call, Cx, Hook};

pub(crate) static TOKIO_BLOCKING_METHOD: Rule = Rule {
    name: "tokio_blocking_method",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "`blocking_lock`, `blocking_send`, `blocking_recv` and their kin in async code",
    explanation: "These methods are for threads of your own. On a thread of the runtime they panic, at the first call \
                  that comes by.",
    blind_spots: "They are known by their names, which nothing else has.",
    bad: "async fn add(total: &tokio::sync::Mutex<u32>) {\n    *total.blocking_lock() += 1;\n}\n",
    good: "async fn add(total: &tokio::sync::Mutex<u32>) {\n    *total.lock().await += 1;\n}\n",
    triggers: &METHODS,
    in_tests: true,
    eases: false,
    hooks: &[Hook::Method(check_method)],
};

pub(crate) static BLOCK_IN_PLACE_CURRENT_THREAD: Rule = Rule {
    name: "block_in_place_current_thread",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "`block_in_place` on a runtime with one thread",
    explanation: "`block_in_place` hands the other tasks to another thread. A runtime with one thread has none, and the \
                  call panics. `#[tokio::test]` makes such a runtime unless it is told otherwise.",
    blind_spots: "Only the function that the attribute stands on is looked at, not what it calls.",
    bad: "#[tokio::test]\nasync fn computes() {\n    tokio::task::block_in_place(|| 42);\n}\n",
    good: "#[tokio::test(flavor = \"multi_thread\")]\nasync fn computes() {\n    tokio::task::block_in_place(|| 42);\n}\n",
    triggers: &["block_in_place"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Call(check_in_place)],
};

pub(super) const METHODS: [&str; 11] = [
    "blocking_lock",
    "blocking_lock_owned",
    "blocking_read",
    "blocking_read_owned",
    "blocking_write",
    "blocking_write_owned",
    "blocking_recv",
    "blocking_recv_many",
    "blocking_send",
    "blocking_acquire",
    "blocking_acquire_owned",
];

fn check_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    if !METHODS.contains(&name.as_str()) || !site::is_watched_or_dropped(cx) {
        return;
    }
    let is_known_otherwise = cx.names.type_of(&call.receiver).is_some_and(|ty| !ty.starts_with("tokio::"));
    if is_known_otherwise {
        return;
    }
    let awaited = name.strip_prefix("blocking_").unwrap_or(&name);
    let draft = Draft::new(Place::from(call.method.span()), "this panics on a thread of the runtime")
        .label(format!("`{name}` is for other threads"))
        .help(format!("write `.{awaited}({}).await`", arguments(&call.args)));
    site::report(cx, draft);
}

fn check_in_place<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let is_it = match call.target(cx).known() {
        Some(path) => path == "tokio::task::block_in_place",
        None => call.which(cx, &["tokio::task::block_in_place"]).is_some(),
    };
    if !is_it || !cx.on_runtime() {
        return;
    }
    let Some(attribute) = cx.function.and_then(|function| attributes::single_threaded(function.attrs)) else {
        return;
    };
    let draft = Draft::at(call.path, "`block_in_place` panics on a runtime with one thread")
        .label("there is no other thread to take the tasks")
        .related(Place::of(attribute), "this runtime has one thread")
        .help("write `flavor = \"multi_thread\"` in that attribute, or use `spawn_blocking`");
    cx.report(draft);
}
