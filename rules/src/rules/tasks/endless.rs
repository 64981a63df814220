//! Background tasks that nobody watches.

use syn::{Block, Expr, Stmt};

use super::spawned::{Dropped, Spawn};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::exits::exits;
use crate::syntax::macros;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{method_call, peel, peel_result, plain_name, statement_expr};
use crate::walk::{Cx, Hook, Loop, Statement};

pub(crate) static ENDLESS_TASK_UNSUPERVISED: Rule = Rule {
    name: "endless_task_unsupervised",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a task with an endless loop that can panic, and a dropped handle",
    explanation: "The loop is meant to run as long as the program. One panic in it ends the task, and because its \
                  handle is dropped nothing notices: the program runs on without the work, often for days.",
    blind_spots: "Only panics that can be read in the loop count: `unwrap`, `expect`, `panic!`, assertions and their \
                  kin, but not those on a poisoned lock. A loop in a function of its own is not seen, and neither is a \
                  handle that is kept and never looked at.",
    bad: "fn start(mut jobs: tokio::sync::mpsc::Receiver<String>) {\n    tokio::spawn(async move {\n        loop {\n            \
          let job = jobs.recv().await.unwrap();\n            println!(\"{job}\");\n        }\n    });\n}\n",
    good: "fn start(mut jobs: tokio::sync::mpsc::Receiver<String>) -> tokio::task::JoinHandle<()> {\n    \
           tokio::spawn(async move {\n        while let Some(job) = jobs.recv().await {\n            \
           println!(\"{job}\");\n        }\n    })\n}\n",
    triggers: &["spawn", "spawn_local", "spawn_blocking"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Some(dropped) = Dropped::by(statement) else { return };
    let Some(spawn) = Spawn::of(cx, dropped.expr) else { return };
    let Some(looped) = spawn.block().and_then(last_loop) else { return };
    let around = exits(cx.macros, Within::Block(looped.body), looped.label);
    if !looped.is_endless() || around.leaves || around.fails {
        return;
    }
    let Some(panic) = panic_in(cx, looped.body) else { return };
    let question = if spawn.is_certain { None } else { cx.ask_value(QuestionKind::JoinHandle) };
    if !spawn.is_certain && (question.is_none() || !dropped.is_value_of(statement)) {
        return;
    }
    let draft = Draft::new(spawn.place, "after one panic this work stops for good, unnoticed")
        .label("an endless task whose handle is dropped")
        .related(panic, "this can panic")
        .help("keep the handle and watch it, or spawn it in a `steadfast::scope`; or let nothing in the loop panic")
        .ask(question);
    cx.report(draft);
}

/// The loop that is the last thing a block does.
pub(super) fn last_loop(block: &Block) -> Option<Loop<'_>> {
    Loop::of(peel(statement_expr(block.stmts.last()?)?))
}

/// Something in the body that panics when it goes wrong.
fn panic_in<'a>(cx: &Cx<'a>, body: &'a Block) -> Option<Place> {
    let mut place = None;
    let statements: &'a [Stmt] = &body.stmts;
    search::search(cx.macros, Within::Statements(statements), &mut |piece| match piece {
        // What runs in a task or closure of its own fails on its own.
        Piece::Expr(Expr::Async(_) | Expr::Closure(_) | Expr::Const(_)) => Step::Over,
        Piece::Expr(Expr::MethodCall(call))
            if matches!(plain_name(&call.method).as_str(), "unwrap" | "expect") =>
        {
            if is_lock(&call.receiver) {
                return Step::Into;
            }
            place = Some(Place::from(call.method.span()));
            Step::Found
        }
        Piece::Macro(mac) if macros::diverges(mac) || is_assertion(mac) => {
            place = Some(Place::of(&mac.path));
            Step::Found
        }
        _ => Step::Into,
    });
    place
}

/// `x.lock()`, whose `unwrap` fails only after another panic.
fn is_lock(expr: &Expr) -> bool {
    let Some(call) = method_call(peel_result(expr)) else { return false };
    matches!(plain_name(&call.method).as_str(), "lock" | "read" | "write" | "into_inner" | "get_mut")
        && call.args.is_empty()
}

fn is_assertion(mac: &syn::Macro) -> bool {
    let name = mac.path.segments.last().map(|last| plain_name(&last.ident)).unwrap_or_default();
    name.starts_with("assert") || matches!(name.as_str(), "panic" | "unreachable")
}
