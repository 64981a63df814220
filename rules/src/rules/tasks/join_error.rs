//! Joined tasks whose result nobody looks at.

use syn::{Expr, Stmt};

use super::spawned::Spawn;
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::text::short;
use crate::syntax::{patterns, peel, peel_references, plain_name, sole_ident};
use crate::walk::{Cx, Hook, Statement};
use crate::words::IGNORED;

pub(crate) static JOIN_ERROR_IGNORED: Rule = Rule {
    name: "join_error_ignored",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "the result of a joined task that is thrown away",
    explanation: "Awaiting a handle gives an `Err` if the task panicked. `let _ =` throws it away, and the program goes \
                  on as if the task had done its work.",
    blind_spots: "A task that is aborted in the same function is let pass: its `Err` is expected. Without the compiler \
                  only handles are seen that come from `spawn` in the same function.",
    bad: "async fn run() {\n    let task = tokio::spawn(async {});\n    let _ = task.await;\n}\n",
    good: "async fn run() {\n    let task = tokio::spawn(async {});\n    \
           if let Err(error) = task.await {\n        eprintln!(\"the task ended: {error}\");\n    }\n}\n",
    triggers: &[IGNORED, "ok"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Some((value, is_whole)) = ignored(statement.stmt) else { return };
    let Expr::Await(awaited) = peel(value) else { return };
    let base = peel_references(&awaited.base);
    if is_aborted(cx, base) {
        return;
    }
    let question = if is_handle(cx, base) {
        None
    } else if can_be_handle(cx, base) {
        let question = if is_whole {
            cx.ask_value(QuestionKind::JoinResult)
        } else {
            cx.ask_operand(QuestionKind::JoinResult, peel(value))
        };
        let Some(question) = question else { return };
        Some(question)
    } else {
        return;
    };
    let source = short(value);
    let draft =
        Draft::new(Place::from(awaited.await_token.span), "if the task panicked, nobody learns of it")
            .label("the `JoinError` is thrown away")
            .help(format!("write `if let Err(error) = {source} {{ .. }}`, or `{source}?`"))
            .ask(question);
    cx.report(draft);
}

/// The value that `let _ = value;`, `_ = value;` or `value.ok();` ignores, and whether it is the statement's own.
fn ignored(stmt: &Stmt) -> Option<(&Expr, bool)> {
    match stmt {
        Stmt::Local(local) if patterns::is_wild(&local.pat) => {
            let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
            match peel(&init.expr) {
                Expr::MethodCall(call) if call.method == "ok" => Some((&call.receiver, false)),
                value => Some((value, true)),
            }
        }
        Stmt::Expr(expr, Some(_)) => match peel(expr) {
            Expr::Assign(assign) if matches!(peel(&assign.left), Expr::Infer(_)) => {
                Some((&assign.right, false))
            }
            Expr::MethodCall(call) if call.method == "ok" => Some((&call.receiver, false)),
            _ => None,
        },
        _ => None,
    }
}

fn is_handle<'a>(cx: &Cx<'a>, base: &'a Expr) -> bool {
    match Spawn::of(cx, base) {
        Some(spawn) => spawn.is_certain,
        None => cx.names.type_of(base).is_some_and(|ty| ty == "tokio::task::JoinHandle"),
    }
}

/// Whether the expression can be a handle at all: a place, what a method takes out of one, or a call of that name.
fn can_be_handle<'a>(cx: &Cx<'a>, base: &'a Expr) -> bool {
    match base {
        Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => cx.names.type_of(base).is_none(),
        Expr::MethodCall(call)
            if matches!(plain_name(&call.method).as_str(), "unwrap" | "expect" | "take") =>
        {
            true
        }
        _ => Spawn::of(cx, base).is_some(),
    }
}

fn is_aborted<'a>(cx: &Cx<'a>, base: &'a Expr) -> bool {
    let Some(function) = cx.function else { return false };
    let name = sole_ident(base).map(plain_name);
    search::search(cx.macros, Within::Block(function.block), &mut |piece| match piece {
        Piece::Expr(Expr::MethodCall(call))
            if matches!(plain_name(&call.method).as_str(), "abort" | "abort_handle") =>
        {
            // A handle without a name may be the one that is aborted.
            let receiver = sole_ident(&call.receiver).map(plain_name);
            if receiver.is_none() || name.is_none() || receiver == name { Step::Found } else { Step::Into }
        }
        _ => Step::Into,
    })
}
