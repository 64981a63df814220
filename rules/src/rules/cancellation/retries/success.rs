//! A loop that does it all again after a success.

use syn::Expr;

use super::super::attempt::{Attempt, Outcome, counts_attempts};
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::exits::exits;
use crate::syntax::plain_name;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::walk::{Cx, Hook, Loop, LoopKind};
use crate::words::OUTCOME_IN_LOOP;

pub(crate) static RETRY_NEVER_LEAVES_ON_OK: Rule = Rule {
    name: "retry_never_leaves_on_ok",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "a retry loop that goes on after a success",
    explanation: "The loop tries again after a failure, and after a success as well: nothing on that way leaves it. \
                  What has succeeded is done over and over until the attempts are used up.",
    blind_spots: "A loop counts as a retry by the names in its head: attempt, retry, tries. One that awaits something \
                  after the success, or counts it, is let pass: it may work in rounds on purpose.",
    bad: "async fn register() {\n    \
          for attempt in 1..=3 {\n        \
          match tokio::fs::create_dir(\"registered\").await {\n            \
          Ok(()) => println!(\"registered\"),\n            \
          Err(error) => {\n                \
          println!(\"attempt {attempt}: {error}\");\n                \
          tokio::time::sleep(std::time::Duration::from_secs(1)).await;\n            \
          }\n        \
          }\n    \
          }\n\
          }\n",
    good: "async fn register() {\n    \
           for attempt in 1..=3 {\n        \
           match tokio::fs::create_dir(\"registered\").await {\n            \
           Ok(()) => {\n                \
           println!(\"registered\");\n                \
           break;\n            \
           }\n            \
           Err(error) => {\n                \
           println!(\"attempt {attempt}: {error}\");\n                \
           tokio::time::sleep(std::time::Duration::from_secs(1)).await;\n            \
           }\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &[OUTCOME_IN_LOOP],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_success)],
};

fn check_success<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine() || !counts_attempts(looped) {
        return;
    }
    let Some(attempt) = Attempt::of(looped) else { return };
    let before = exits(cx.macros, Within::Statements(attempt.before), looped.label);
    if before.leaves || before.fails {
        return;
    }
    let stays = |outcome: &Outcome<'a>| {
        let exits = attempt.exits(cx, looped, *outcome);
        (exits.falls_through || exits.continues) && !exits.leaves && !exits.fails
    };
    let quiet = |outcome: &Outcome<'a>| outcome.code.is_none_or(|code| !does_work(cx, looped, code));
    let tries_again = attempt.failure.iter().any(|outcome| {
        let exits = attempt.exits(cx, looped, *outcome);
        exits.falls_through || exits.continues
    });
    if !tries_again || !attempt.success.iter().all(|outcome| stays(outcome) && quiet(outcome)) {
        return;
    }
    let place = attempt.success.iter().find_map(|outcome| outcome.pattern);
    let place = place.map_or_else(|| Place::of(attempt.operation), Place::of);
    let draft = Draft::new(place, "after a success the loop does it all again")
        .label("nothing on this way leaves the loop")
        .related(looped.place(), "the loop that tries again")
        .help("write `break` or `return` after the success");
    cx.report(draft);
}

/// Whether the code after a success waits, counts, collects, or touches what ends the loop.
fn does_work<'a>(cx: &Cx<'a>, looped: &Loop<'a>, code: Within<'a>) -> bool {
    let head = match looped.kind {
        LoopKind::While(condition) => names_of(cx, condition),
        _ => Vec::new(),
    };
    search::may_suspend(cx.macros, code)
        || head.iter().any(|name| search::mentions(cx.macros, code, name))
        || search::search(cx.macros, code, &mut |piece| match piece {
            Piece::Expr(Expr::Binary(binary)) if is_compound(&binary.op) => Step::Found,
            Piece::Expr(Expr::MethodCall(call))
                if matches!(
                    plain_name(&call.method).as_str(),
                    "push" | "insert" | "extend" | "fetch_add" | "record"
                ) =>
            {
                Step::Found
            }
            _ => Step::Into,
        })
}

fn is_compound(op: &syn::BinOp) -> bool {
    matches!(op, syn::BinOp::AddAssign(_) | syn::BinOp::SubAssign(_))
}

fn names_of<'a>(cx: &Cx<'a>, expr: &'a Expr) -> Vec<String> {
    let mut names = Vec::new();
    search::search(cx.macros, Within::Expr(expr), &mut |piece| {
        if let Piece::Expr(Expr::Path(path)) = piece {
            names.extend(path.path.get_ident().map(plain_name));
        }
        Step::Into
    });
    names
}
