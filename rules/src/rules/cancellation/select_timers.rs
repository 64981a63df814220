//! Timers that begin anew in every round.

use syn::{Expr, ExprMethodCall};

use super::lossy::is_item;
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, peel, plain_name, text};
use crate::walk::{Cx, Hook, Select};

pub(crate) static SELECT_TIMER_RECREATED: Rule = Rule {
    name: "select_timer_recreated",
    family: Family::Cancellation,
    level: Level::Off,
    since: "0.2.0",
    summary: "a `sleep` in a `select!` that every round starts again",
    explanation: "When another branch is ready first, the sleep is dropped and the next round starts a new one. If the \
                  other branches are ready often enough, this one never is.",
    blind_spots: "Off by default: as an idle timeout the restart is what one wants, and syntax cannot tell the two \
                  apart.",
    bad: "async fn run(mut orders: tokio::sync::mpsc::Receiver<u8>) {\n    \
          loop {\n        \
          tokio::select! {\n            \
          _ = tokio::time::sleep(std::time::Duration::from_secs(5)) => println!(\"flush\"),\n            \
          order = orders.recv() => println!(\"{order:?}\"),\n        \
          }\n    \
          }\n\
          }\n",
    good: "async fn run(mut orders: tokio::sync::mpsc::Receiver<u8>) {\n    \
           let mut flushes = tokio::time::interval(std::time::Duration::from_secs(5));\n    \
           loop {\n        \
           tokio::select! {\n            \
           _ = flushes.tick() => println!(\"flush\"),\n            \
           order = orders.recv() => println!(\"{order:?}\"),\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &["select", "select_biased"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Select(check_sleep)],
};

pub(crate) static INTERVAL_RECREATED: Rule = Rule {
    name: "interval_recreated",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "`interval(..).tick()`: a first tick, which never waits",
    explanation: "The first tick of an interval is ready at once. An interval that is made for one tick does not wait \
                  at all, and a loop around it spins.",
    blind_spots: "Only an interval that is made and asked in one expression is seen. `interval_at` begins where one \
                  says, and is let pass.",
    bad: "async fn poll() {\n    \
          loop {\n        \
          tokio::time::interval(std::time::Duration::from_secs(60)).tick().await;\n        \
          println!(\"once a minute\");\n    \
          }\n\
          }\n",
    good: "async fn poll() {\n    \
           let mut minutes = tokio::time::interval(std::time::Duration::from_secs(60));\n    \
           loop {\n        \
           minutes.tick().await;\n        \
           println!(\"once a minute\");\n    \
           }\n\
           }\n",
    triggers: &["tick"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Method(check_interval)],
};

fn check_sleep<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    for (index, arm) in select.arms.iter().enumerate() {
        let Expr::Call(call) = peel(arm.future) else { continue };
        let Some(path) = callee(&call.func) else { continue };
        let restarts = is_item(cx, path, &["tokio::time::sleep"])
            || is_item(cx, path, &["tokio::time::sleep_until"])
                && call.args.first().is_some_and(|at| is_from_now(cx, at));
        if !restarts {
            continue;
        }
        let Some(other) = select.goes_round_without(cx, index) else { continue };
        let draft = Draft::at(path, "every round starts this timer again")
            .label("never ready while other branches are")
            .related(Place::of(other.pattern), "when this branch is ready first, the loop goes on")
            .help(
                "make a `tokio::time::interval` outside of the loop, or pin one sleep and poll `&mut sleep`",
            )
            .note("if it is an idle timeout, it is meant to restart: allow it");
        cx.report(draft);
    }
}

fn is_from_now<'a>(cx: &Cx<'a>, at: &'a Expr) -> bool {
    search::search(cx.macros, Within::Expr(at), &mut |piece| match piece {
        Piece::Expr(Expr::Call(call))
            if callee(&call.func)
                .is_some_and(|path| path.segments.last().is_some_and(|last| last.ident == "now")) =>
        {
            Step::Found
        }
        _ => Step::Into,
    })
}

fn check_interval<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if plain_name(&call.method) != "tick" || !cx.is_awaited() {
        return;
    }
    let Expr::Call(made) = peel(&call.receiver) else { return };
    let Some(path) = callee(&made.func) else { return };
    if !is_item(cx, path, &["tokio::time::interval"]) {
        return;
    }
    let interval = text::short(made);
    let help = if cx.round().is_some() {
        format!("make it once, in front of the loop: `let mut interval = {interval};`")
    } else {
        let sleep = cx.in_scope("tokio::time::sleep");
        format!("to wait once, write `{sleep}({}).await`", text::arguments(&made.args))
    };
    let draft = Draft::at(path, "this does not wait: the first tick of an interval is immediate")
        .label("a new interval, asked for its first tick")
        .help(help);
    cx.report(draft);
}
