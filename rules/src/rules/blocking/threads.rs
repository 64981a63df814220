//! Waiting for other threads.

use syn::ExprMethodCall;

use super::site::{self, Recognised};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::plain_name;
use crate::walk::{Call, Cx, Hook};

pub(crate) static BLOCKING_THREAD_JOIN: Rule = Rule {
    name: "blocking_thread_join",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "joining a thread in async code",
    explanation: "The runtime's thread waits until the other thread ends, and with it every task that the runtime has put \
                  on it.",
    blind_spots: "A handle that comes out of a collection is known to the compiler only.",
    bad: "async fn work() -> u32 {\n    let handle = std::thread::spawn(|| 42);\n    handle.join().unwrap()\n}\n",
    good: "async fn work() -> u32 {\n    tokio::task::spawn_blocking(|| 42).await.unwrap()\n}\n",
    triggers: &["join"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Method(check_join)],
};

pub(crate) static BLOCKING_SYNC_WAIT: Rule = Rule {
    name: "blocking_sync_wait",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "waiting at a `Condvar` or `Barrier` of `std`, or parking, in async code",
    explanation: "The thread waits until another one wakes it. If the code that would do so is a task on the same thread, \
                  it waits forever.",
    blind_spots: "A `Condvar` of another crate is known by its path only.",
    bad: "use std::sync::Barrier;\nasync fn meet(barrier: &Barrier) {\n    barrier.wait();\n}\n",
    good: "use tokio::sync::Barrier;\nasync fn meet(barrier: &Barrier) {\n    barrier.wait().await;\n}\n",
    triggers: &["wait", "wait_while", "wait_timeout", "wait_timeout_while", "wait_for", "wait_until", "park"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Method(check_wait), Hook::Call(check_park)],
};

const HANDLES: [&str; 2] = ["std::thread::JoinHandle", "std::thread::ScopedJoinHandle"];

const CONDVARS: [&str; 2] = ["std::sync::Condvar", "parking_lot::Condvar"];

const BARRIERS: [&str; 1] = ["std::sync::Barrier"];

fn check_join<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if call.method != "join" || !call.args.is_empty() || !site::is_watched(cx) {
        return;
    }
    let Some(Recognised { item, question }) =
        site::receiver(cx, &call.receiver, &HANDLES, QuestionKind::ThreadHandle)
    else {
        return;
    };
    let spawn = cx.in_scope("tokio::task::spawn_blocking");
    let draft = Draft::new(
        Place::from(call.method.span()),
        "the runtime's thread waits for the other thread to end, and all its tasks with it",
    )
    .label(site::label(item, &call.method))
    .help(format!("start the work with `{spawn}(..)` and await its handle"))
    .ask(question);
    site::report(cx, draft);
}

const WAITS: &str = "the runtime's thread waits to be woken by another thread";

fn check_wait<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    let (types, twin): (&[&str], _) = match (name.as_str(), call.args.len()) {
        ("wait", 0) => (&BARRIERS, "tokio::sync::Barrier"),
        ("wait", 1)
        | ("wait_while" | "wait_timeout" | "wait_for" | "wait_until", 2)
        | ("wait_timeout_while", 3) => (&CONDVARS, "tokio::sync::Notify"),
        _ => return,
    };
    if !site::is_watched(cx) {
        return;
    }
    let Some(Recognised { item, question }) =
        site::receiver(cx, &call.receiver, types, QuestionKind::BlockingChannel)
    else {
        return;
    };
    let twin = cx.in_scope(twin);
    let draft = Draft::new(Place::from(call.method.span()), WAITS)
        .label(site::label(item, &call.method))
        .help(format!("use `{twin}` and await it"))
        .ask(question);
    site::report(cx, draft);
}

fn check_park<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !site::is_watched(cx) {
        return;
    }
    let Some(Recognised { question, .. }) = site::called(cx, call, &["std::thread::park"], None) else {
        return;
    };
    let notify = cx.in_scope("tokio::sync::Notify");
    let draft = Draft::at(call.path, WAITS)
        .label("`std::thread::park` blocks")
        .help(format!("use `{notify}` and write `.notified().await`"))
        .ask(question);
    site::report(cx, draft);
}
