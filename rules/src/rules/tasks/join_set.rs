//! Sets of tasks that only ever grow.

use syn::{Block, Expr, ExprMethodCall};

use super::spawned::binding;
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::uses::{Use, uses_within};
use crate::syntax::{callee, peel_result, plain_name};
use crate::walk::{Cx, Hook, Loop, LoopKind, Statement};

pub(crate) static JOIN_SET_NEVER_DRAINED: Rule = Rule {
    name: "join_set_never_drained",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a `JoinSet` that takes tasks in an endless loop and never gives one back",
    explanation: "A `JoinSet` keeps every finished task with its result until somebody joins it. In a loop that \
                  serves as long as the program runs, that is a leak: memory grows with every task, and no panic of \
                  one is ever seen.",
    blind_spots: "Only a set in a local variable, and only in a loop that waits for something from outside: `accept`, \
                  `recv`, `tick` or the next item of a stream. A set in a field may be emptied elsewhere.",
    bad: "async fn serve(listener: tokio::net::TcpListener) {\n    let mut tasks = tokio::task::JoinSet::new();\n    \
          while let Ok((stream, _)) = listener.accept().await {\n        tasks.spawn(async move { drop(stream) });\n    \
          }\n}\n",
    good: "async fn serve(listener: tokio::net::TcpListener) {\n    let mut tasks = tokio::task::JoinSet::new();\n    \
           while let Ok((stream, _)) = listener.accept().await {\n        \
           tasks.spawn(async move { drop(stream) });\n        while tasks.try_join_next().is_some() {}\n    }\n}\n",
    triggers: &["JoinSet"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

const JOIN_SET: &str = "tokio::task::JoinSet";

/// Methods that take no finished task out of the set, and tell nobody about them.
const NO_DRAIN: [&str; 6] =
    ["spawn", "spawn_on", "spawn_local", "spawn_local_on", "spawn_blocking", "spawn_blocking_on"];

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Some((name, init)) = binding(statement.stmt) else { return };
    let is_certain = match cx.names.type_of(init) {
        Some(ty) => {
            if ty != JOIN_SET {
                return;
            }
            true
        }
        None if is_constructor(init) => false,
        None => return,
    };
    let set = plain_name(name);
    let Some(spawn) = undrained_spawn(cx, statement, &set) else { return };
    let question = if is_certain { None } else { cx.ask_binding(QuestionKind::JoinSet, name) };
    if !is_certain && question.is_none() {
        return;
    }
    let draft = Draft::new(
        Place::from(spawn.method.span()),
        "every finished task stays in memory, round after round",
    )
    .label(format!("nothing in this loop takes finished tasks out of `{set}`"))
    .help(format!(
        "add `while {set}.try_join_next().is_some() {{}}` to the loop, or `select!` on `{set}.join_next()`"
    ))
    .ask(question);
    cx.report(draft);
}

/// `JoinSet::new()` under a name that the source does not explain.
fn is_constructor(init: &Expr) -> bool {
    let Expr::Call(call) = peel_result(init) else { return false };
    let Some(path) = callee(&call.func) else { return false };
    let names: Vec<String> =
        path.segments.iter().rev().take(2).map(|segment| plain_name(&segment.ident)).collect();
    matches!(names.as_slice(), [new, set] if (new == "new" || new == "default") && set == "JoinSet")
}

/// A `spawn` on the set in a serving loop in which nothing else is done with the set.
fn undrained_spawn<'a>(cx: &Cx<'a>, statement: &Statement<'a>, set: &str) -> Option<&'a ExprMethodCall> {
    let mut found = None;
    search::search(cx.macros, Within::Statements(statement.rest()), &mut |piece| {
        let Piece::Expr(expr) = piece else { return Step::Into };
        let Some(looped) = Loop::of(expr) else { return Step::Into };
        if !serves(cx, &looped) {
            return Step::Into;
        }
        let uses = uses_within(cx.macros, Within::Expr(expr), set);
        let first = uses.iter().find_map(|one| match one {
            Use::Method(call) => Some(*call),
            _ => None,
        });
        if first.is_some() && uses.iter().all(only_spawns) {
            found = first;
            return Step::Found;
        }
        Step::Over
    });
    found
}

fn only_spawns(one: &Use<'_>) -> bool {
    one.method().is_some_and(|method| NO_DRAIN.contains(&method.as_str()))
}

/// Whether the loop runs as long as something comes in from outside.
fn serves<'a>(cx: &Cx<'a>, looped: &Loop<'a>) -> bool {
    match looped.kind {
        LoopKind::For(..) => false,
        LoopKind::While(head) => {
            waits(cx, Within::Expr(head), &["accept"]) || looped.is_endless() && waits_in(cx, looped.body)
        }
        LoopKind::Loop => waits_in(cx, looped.body),
    }
}

fn waits_in<'a>(cx: &Cx<'a>, body: &'a Block) -> bool {
    waits(cx, Within::Block(body), &["accept", "recv", "tick", "next", "changed"])
}

fn waits<'a>(cx: &Cx<'a>, within: Within<'a>, methods: &[&str]) -> bool {
    search::search(cx.macros, within, &mut |piece| match piece {
        _ if search::leaves_coroutine(piece) => Step::Over,
        Piece::Expr(Expr::MethodCall(call)) if methods.contains(&plain_name(&call.method).as_str()) => {
            Step::Found
        }
        _ => Step::Into,
    })
}
