//! `block_on` in async code.

use syn::{Expr, ExprMethodCall};

use super::site::{self, Recognised};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, peel, plain_name};
use crate::walk::{Call, Cx, Hook};

pub(crate) static BLOCK_ON_IN_ASYNC: Rule = Rule {
    name: "block_on_in_async",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "`block_on` in async code",
    explanation: "`block_on` of a `tokio` runtime or handle panics on a thread of the runtime. Those of other crates park \
                  the thread, and if the future needs that thread to make progress, it waits forever.",
    blind_spots: "A function that blocks on a future for you is not seen. Inside `block_in_place` and `spawn_blocking` it \
                  is the documented way, and let pass.",
    bad: "async fn answer(handle: tokio::runtime::Handle) -> u32 {\n    handle.block_on(async { 42 })\n}\n",
    good: "async fn answer() -> u32 {\n    async { 42 }.await\n}\n",
    triggers: &["block_on", "block_on_stream"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Call(check_call), Hook::Method(check_method)],
};

pub(crate) static BLOCKING_LAZY_INIT: Rule = Rule {
    name: "blocking_lazy_init",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "`block_on` in the initializer of a cell, called from async code",
    explanation: "The first caller runs the initializer on its own thread, a thread of the runtime: `block_on` panics \
                  there, or parks the thread while others wait for the cell.",
    blind_spots: "The initializer of a `static` is not seen: nothing tells which thread is the first.",
    bad: "use std::sync::OnceLock;\nstatic ANSWER: OnceLock<u32> = OnceLock::new();\nasync fn answer() -> u32 {\n    \
          *ANSWER.get_or_init(|| futures::executor::block_on(async { 42 }))\n}\n",
    good: "use tokio::sync::OnceCell;\nstatic ANSWER: OnceCell<u32> = OnceCell::const_new();\nasync fn answer() -> u32 {\n    \
           *ANSWER.get_or_init(|| async { 42 }).await\n}\n",
    triggers: &["get_or_init", "get_or_try_init", "get_mut_or_init", "call_once"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Method(check_cell)],
};

/// Functions that park the thread until a future is ready.
const FUNCTIONS: [&str; 7] = [
    "futures::executor::block_on",
    "futures::executor::block_on_stream",
    "pollster::block_on",
    "smol::block_on",
    "async_std::task::block_on",
    "async_io::block_on",
    "futures_lite::future::block_on",
];

const RUNTIMES: [&str; 3] = ["tokio::runtime::Handle", "tokio::runtime::Runtime", "tokio::task::LocalSet"];

fn check_call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !site::is_watched_or_dropped(cx) {
        return;
    }
    if let Some(item) = call.target(cx).known().filter(|path| FUNCTIONS.contains(path)) {
        let draft = Draft::at(call.path, "the runtime's thread is parked until the future is ready")
            .label(format!("`{item}` blocks"))
            .help("write `.await`")
            .note("if the future needs this thread to make progress, it waits forever");
        site::report(cx, draft);
    }
}

fn check_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if call.method != "block_on" || !site::is_watched_or_dropped(cx) {
        return;
    }
    let Some(Recognised { item, question }) =
        site::receiver(cx, &call.receiver, &RUNTIMES, QuestionKind::Runtime)
    else {
        return;
    };
    let draft = Draft::new(Place::from(call.method.span()), "`block_on` panics on a thread of the runtime")
        .label(site::label(item, &call.method))
        .help("write `.await`")
        .ask(question);
    site::report(cx, draft);
}

fn check_cell<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    if !matches!(name.as_str(), "get_or_init" | "get_or_try_init" | "get_mut_or_init" | "call_once")
        || !site::is_watched(cx)
    {
        return;
    }
    let Some(Expr::Closure(closure)) = call.args.first().map(peel) else { return };
    let mut found = None;
    search::search(cx.macros, Within::Expr(&closure.body), &mut |piece| {
        let Piece::Expr(expr) = piece else { return Step::Into };
        match expr {
            Expr::Async(_) | Expr::Closure(_) => return Step::Over,
            Expr::MethodCall(inner) if inner.method == "block_on" => {
                found = Some(Place::from(inner.method.span()));
            }
            Expr::MethodCall(inner) if inner.method == "block_in_place" => return Step::Over,
            Expr::Call(inner) => {
                let called = callee(&inner.func);
                if called.is_some_and(|path| is_named(path, "block_in_place")) {
                    return Step::Over;
                }
                found = called.filter(|path| is_named(path, "block_on")).map(Place::of);
            }
            _ => {}
        }
        if found.is_some() { Step::Found } else { Step::Into }
    });
    let Some(place) = found else { return };
    let twin = cx.in_scope("tokio::sync::OnceCell");
    let draft = Draft::new(place, "whoever comes first runs this on a thread of the runtime")
        .label("`block_on` panics there, or parks the thread")
        .related(Place::from(call.method.span()), "the initializer runs in async code here")
        .help(format!("use `{twin}` and write `.{name}(|| async {{ .. }}).await`"));
    site::report(cx, draft);
}

fn is_named(path: &syn::Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| plain_name(&last.ident) == name)
}
