//! Work on the blocking pool, which nothing can stop.

use syn::{Expr, ExprMethodCall};

use super::spawned::Spawn;
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::{peel_references, sole_ident};
use crate::walk::{Call, Cx, Hook};

pub(crate) static TIMEOUT_ON_SPAWN_BLOCKING: Rule = Rule {
    name: "timeout_on_spawn_blocking",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a timeout around `spawn_blocking`, which goes on",
    explanation: "A closure on the blocking pool cannot be interrupted. The timeout gives up the wait; the closure \
                  goes on, keeps its thread, and everything that it does after the timeout still happens. Where the \
                  caller tries again, two of them run at once.",
    blind_spots: "A closure that looks at a flag and ends by itself is reported too: allow it and say so. A handle \
                  that was bound in another function is not seen.",
    bad: "async fn hash(limit: std::time::Duration) {\n    \
          let _hash = tokio::time::timeout(limit, tokio::task::spawn_blocking(|| 1)).await.is_ok();\n}\n",
    good: "async fn hash() -> Option<i32> {\n    tokio::task::spawn_blocking(|| 1).await.ok()\n}\n",
    triggers: &["spawn_blocking"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check_timeout)],
};

pub(crate) static ABORT_SPAWN_BLOCKING: Rule = Rule {
    name: "abort_spawn_blocking",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "`abort` on a handle of `spawn_blocking`",
    explanation: "A closure on the blocking pool cannot be interrupted: `abort` takes it out of the queue if it has \
                  not begun, and has no effect once it runs.",
    blind_spots: "Only a handle that is bound in the same function is seen.",
    bad: "async fn stop() {\n    let scan = tokio::task::spawn_blocking(|| 1);\n    scan.abort();\n}\n",
    good: "async fn stop(flag: std::sync::Arc<std::sync::atomic::AtomicBool>) {\n    \
           let seen = flag.clone();\n    let scan = tokio::task::spawn_blocking(move || \
           while !seen.load(std::sync::atomic::Ordering::Relaxed) {});\n    \
           flag.store(true, std::sync::atomic::Ordering::Relaxed);\n    let _done = scan.await.is_ok();\n}\n",
    triggers: &["spawn_blocking"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Method(check_abort)],
};

fn check_timeout<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !matches!(call.name().as_str(), "timeout" | "timeout_at")
        || *call.target(cx) == crate::names::Target::Own
    {
        return;
    }
    let [_, future] = call.expr.args.iter().collect::<Vec<_>>()[..] else { return };
    if !is_blocking(cx, future) {
        return;
    }
    let draft = Draft::at(call.path, "the closure runs on after this timeout; nothing can stop it")
        .label("gives up the wait, not the work")
        .related(Place::of(future), "runs on the blocking pool until it returns")
        .help("let the closure look at a flag or a deadline, and set it when the time is up");
    cx.report(draft);
}

fn check_abort<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if call.method != "abort" || !call.args.is_empty() || !is_blocking(cx, &call.receiver) {
        return;
    }
    let draft =
        Draft::new(Place::from(call.method.span()), "once the closure has begun, `abort` has no effect")
            .label("the work goes on")
            .help("let the closure look at a flag, set it here, and await the handle");
    cx.report(draft);
}

/// Whether the expression is a handle of `spawn_blocking`: the call itself, or a variable that was bound to it.
///
/// The name is enough: every runtime and wrapper that has a function of that name runs a closure on a thread.
fn is_blocking<'a>(cx: &Cx<'a>, expr: &'a Expr) -> bool {
    let expr = peel_references(expr);
    let init = match sole_ident(expr) {
        Some(name) => cx.names.local(name).and_then(|local| local.init),
        None => Some(expr),
    };
    init.and_then(|init| Spawn::of(cx, init)).is_some_and(|spawn| spawn.name == "spawn_blocking")
}
