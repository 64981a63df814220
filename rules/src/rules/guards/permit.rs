//! Permits that stay behind when their task begins.

use syn::{Expr, ExprMethodCall, Stmt};

use crate::finding::{Draft, Place};
use crate::liveness::{Owner, Region, life};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{Piece, Step, Within, mentions, search};
use crate::syntax::{callee, patterns, peel, peel_result, plain_name};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static PERMIT_NOT_MOVED_INTO_TASK: Rule = Rule {
    name: "permit_not_moved_into_task",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "a permit is taken for a task, but not moved into it",
    explanation: "The permit is given back at the end of the block that spawned the task, while the task goes on. The \
                  limit then counts how many tasks begin at a time, not how many run: all of them.",
    blind_spots: "Reported only if the permit is not mentioned behind the place that takes it, and nothing is awaited \
                  behind the spawn.",
    bad: "use std::sync::Arc;\nuse tokio::sync::Semaphore;\nasync fn serve(limit: Arc<Semaphore>) {\n    for id in 0..9 {\n        \
          let _permit = limit.clone().acquire_owned().await.unwrap();\n        tokio::spawn(async move { work(id).await \
          });\n    }\n}\nasync fn work(_: u32) {}\n",
    good: "use std::sync::Arc;\nuse tokio::sync::Semaphore;\nasync fn serve(limit: Arc<Semaphore>) {\n    for id in 0..9 {\n        \
           let permit = limit.clone().acquire_owned().await.unwrap();\n        tokio::spawn(async move {\n            let \
           _permit = permit;\n            work(id).await\n        });\n    }\n}\nasync fn work(_: u32) {}\n",
    triggers: &ACQUIRES,
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

const ACQUIRES: [&str; 8] = [
    "acquire",
    "acquire_owned",
    "acquire_many",
    "acquire_many_owned",
    "try_acquire",
    "try_acquire_owned",
    "try_acquire_many",
    "try_acquire_many_owned",
];

const SPAWNS: [&str; 4] = ["spawn", "spawn_local", "spawn_blocking", "spawn_on"];

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Stmt::Local(local) = statement.stmt else { return };
    let Some(init) = local.init.as_ref().filter(|_| cx.in_coroutine()) else { return };
    let (Some(name), Some(acquire)) = (patterns::sole_binding(&local.pat), acquire(&init.expr)) else {
        return;
    };
    let text = plain_name(name);
    if mentions(cx.macros, Within::Statements(statement.rest()), &text) {
        return;
    }
    let Some(spawn) = last_spawn(cx, statement.rest()) else { return };
    let question = match cx.names.type_of(&acquire.receiver).as_deref() {
        Some("tokio::sync::Semaphore") => None,
        _ => match cx.ask_binding(QuestionKind::DropMatters, name) {
            Some(question) => Some(question),
            None => return,
        },
    };
    let borrows = !plain_name(&acquire.method).ends_with("owned");
    let owned = if borrows {
        format!("take it with `{}_owned` of an `Arc`, and ", plain_name(&acquire.method))
    } else {
        String::new()
    };
    let moved = if text.starts_with('_') { text.clone() } else { format!("_{text}") };
    let draft = Draft::at(name, "the permit is given back while the task still runs")
        .label(format!("`{text}` stays here, and is dropped at the end of this block"))
        .help(format!("{owned}move it into the task: `async move {{ let {moved} = {text}; .. }}`"))
        .related(spawn, "this task does not hold it")
        .ask(question);
    cx.report(draft);
}

fn acquire(init: &Expr) -> Option<&ExprMethodCall> {
    let inner = match peel_result(init) {
        Expr::Await(awaited) => peel(&awaited.base),
        other => other,
    };
    let Expr::MethodCall(call) = inner else { return None };
    ACQUIRES.contains(&plain_name(&call.method).as_str()).then_some(call)
}

/// The spawn in the last statements of the block, behind which nothing waits. A task that is awaited in the block has
/// the permit held for it.
fn last_spawn<'a>(cx: &Cx<'a>, rest: &'a [Stmt]) -> Option<Place> {
    for (index, stmt) in rest.iter().enumerate().rev() {
        let behind = rest.get(index..).unwrap_or_default();
        if !life(cx.macros, Owner::Scope, Region::Statements(behind)).suspensions.is_empty() {
            return None;
        }
        if let Some(place) = spawn_in(cx, std::slice::from_ref(stmt)) {
            return Some(place);
        }
    }
    None
}

fn spawn_in<'a>(cx: &Cx<'a>, within: &'a [Stmt]) -> Option<Place> {
    let mut place = None;
    search(cx.macros, Within::Statements(within), &mut |piece| {
        let Piece::Expr(expr) = piece else { return Step::Into };
        let (name, args, span) = match expr {
            Expr::MethodCall(call) => (plain_name(&call.method), &call.args, Place::of(&call.method)),
            Expr::Call(call) => {
                let Some(last) = callee(&call.func).and_then(|path| path.segments.last()) else {
                    return Step::Into;
                };
                (plain_name(&last.ident), &call.args, Place::of(&call.func))
            }
            Expr::Closure(_) | Expr::Async(_) => return Step::Over,
            _ => return Step::Into,
        };
        let takes_task =
            args.iter().any(|argument| matches!(peel(argument), Expr::Async(_) | Expr::Closure(_)));
        if SPAWNS.contains(&name.as_str()) && takes_task {
            place = Some(span);
            return Step::Found;
        }
        Step::Into
    });
    place
}
