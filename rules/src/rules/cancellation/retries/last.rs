//! A pause behind the last attempt.

use syn::{Expr, Stmt};

use super::super::attempt::{Attempt, Outcome, is_range};
use super::super::lossy::is_item;
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::exits::exits;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, patterns, peel, plain_name};
use crate::walk::{Cx, Hook, Loop, LoopKind};

pub(crate) static SLEEP_AFTER_LAST_ATTEMPT: Rule = Rule {
    name: "sleep_after_last_attempt",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a retry loop sleeps after the last failure too, then gives up",
    explanation: "The pause is there for the next attempt. After the last one there is none: the caller waits, with the \
                  longest pause of all if it grows, for an error that is known already.",
    blind_spots: "Only `for .. in` a range is looked at, and only a pause that every failed round takes.",
    bad: "async fn load() -> Option<String> {\n    \
          for attempt in 0..5 {\n        \
          match tokio::fs::read_to_string(\"page\").await {\n            \
          Ok(page) => return Some(page),\n            \
          Err(error) => {\n                \
          println!(\"attempt {attempt}: {error}\");\n                \
          tokio::time::sleep(std::time::Duration::from_secs(1)).await;\n            \
          }\n        \
          }\n    \
          }\n    \
          None\n\
          }\n",
    good: "async fn load() -> Option<String> {\n    \
           for attempt in 0..5 {\n        \
           if attempt > 0 {\n            \
           tokio::time::sleep(std::time::Duration::from_secs(1)).await;\n        \
           }\n        \
           match tokio::fs::read_to_string(\"page\").await {\n            \
           Ok(page) => return Some(page),\n            \
           Err(error) => println!(\"attempt {attempt}: {error}\"),\n        \
           }\n    \
           }\n    \
           None\n\
           }\n",
    triggers: &["sleep"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_last)],
};

fn check_last<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    let LoopKind::For(pattern, range) = looped.kind else { return };
    if !cx.in_coroutine() || !is_range(range) {
        return;
    }
    let Some(attempt) = Attempt::of(looped) else { return };
    let leaves = |outcome: &Outcome<'a>| {
        let exits = outcome.exits(cx, looped);
        exits.leaves && !exits.falls_through && !exits.continues
    };
    let mut names = Vec::new();
    patterns::bound_names(pattern, &mut |name| names.push(plain_name(name)));
    if !attempt.success.iter().all(leaves)
        || decides_by(cx, Within::Block(looped.body), &names, attempt.operation)
    {
        return;
    }
    let in_failure = attempt.failure.iter().find_map(|outcome| {
        let statements = statements_of(outcome.code?)?;
        sleep_in(cx, looped, statements)
    });
    let stays = attempt.failure.iter().all(|outcome| {
        let exits = outcome.exits(cx, looped);
        exits.falls_through && !exits.leaves && !exits.continues
    });
    let behind = || if stays { sleep_in(cx, looped, attempt.after) } else { None };
    let Some(sleep) = in_failure.or_else(behind) else { return };
    let draft = Draft::new(sleep, "the last failure is followed by a pause for nothing")
        .label("there is no next attempt after the last one")
        .related(looped.place(), "the loop ends behind this pause")
        .help("sleep in front of every attempt but the first, or use `#[steadfast::retry(on = any)]`");
    cx.report(draft);
}

/// Whether a condition in the loop looks at its counter. That the counter is handed to what is tried decides nothing:
/// `if let Ok(page) = load(attempt).await`.
fn decides_by<'a>(cx: &Cx<'a>, body: Within<'a>, names: &[String], operation: &'a Expr) -> bool {
    let mentions =
        |expr: &'a Expr| names.iter().any(|name| search::mentions(cx.macros, Within::Expr(expr), name));
    let looks = |subject: &'a Expr| mentions(subject) && !is_outcome(subject, operation);
    search::search(cx.macros, body, &mut |piece| {
        let decides = match piece {
            Piece::Expr(Expr::If(branch)) => looks(&branch.cond),
            Piece::Expr(Expr::Match(decision)) => {
                looks(&decision.expr)
                    || decision.arms.iter().filter_map(|arm| patterns::guard(&arm.pat)).any(mentions)
            }
            // `sleep(delays[attempt])`: a table may well end in zero.
            Piece::Expr(Expr::Index(index)) => mentions(&index.index),
            _ => false,
        };
        if decides { Step::Found } else { Step::Into }
    })
}

/// Whether all that a condition looks at is how an operation ended.
fn is_outcome(condition: &Expr, operation: &Expr) -> bool {
    match peel(condition) {
        Expr::Let(condition) => is_outcome(&condition.expr, operation),
        Expr::MethodCall(call) => call.args.is_empty() && is_outcome(&call.receiver, operation),
        Expr::Await(awaited) => std::ptr::eq(awaited.base.as_ref(), operation),
        _ => false,
    }
}

fn statements_of(code: Within<'_>) -> Option<&[Stmt]> {
    match code {
        Within::Block(block) => Some(&block.stmts),
        Within::Statements(statements) => Some(statements),
        Within::Expr(expr) => match peel(expr) {
            Expr::Block(block) => Some(&block.block.stmts),
            _ => None,
        },
    }
}

/// A pause that every way through the statements takes.
fn sleep_in<'a>(cx: &Cx<'a>, looped: &Loop<'a>, statements: &'a [Stmt]) -> Option<Place> {
    for (index, stmt) in statements.iter().enumerate() {
        let before = exits(cx.macros, Within::Statements(&statements[..index]), looped.label);
        if before.leaves || before.continues || !before.falls_through {
            return None;
        }
        let Stmt::Expr(expr, _) = stmt else { continue };
        let Expr::Await(awaited) = peel(expr) else { continue };
        let Expr::Call(call) = peel(&awaited.base) else { continue };
        let Some(path) = callee(&call.func) else { continue };
        if is_item(cx, path, &["tokio::time::sleep"]) {
            let after = exits(cx.macros, Within::Statements(&statements[index + 1..]), looped.label);
            return (!after.leaves).then(|| Place::of(path));
        }
    }
    None
}
