//! Futures that are thrown away.

use syn::{Expr, Stmt};

use super::certain::{is_future, may_be_future};
use crate::finding::Draft;
use crate::question::{Question, QuestionKind};
use crate::rule::{Family, Level, Rule};
use crate::syntax::{patterns, peel, text};
use crate::walk::{Call, Cx, Hook, Statement};
use crate::words::{DROPPED_FUTURE, IGNORED};

pub(crate) static FUTURE_NOT_AWAITED: Rule = Rule {
    name: "future_not_awaited",
    family: Family::Futures,
    level: Level::Error,
    since: "0.2.0",
    summary: "a future is thrown away without being awaited",
    explanation: "A future does nothing until it is polled. Thrown away with `let _ =`, `_ =`, `drop(..)` or as a \
                  statement, the call never happens.",
    blind_spots: "A statement without `let _ =` is reported only where the source itself says that it is a future; \
                  rustc's `unused_must_use` knows the others. `let _: T = ..` says that it is meant.",
    bad: "async fn finish() {\n    let _ = save();\n}\nasync fn save() {}\n",
    good: "async fn finish() {\n    let _ = save().await;\n}\nasync fn save() {}\n",
    triggers: &[IGNORED, DROPPED_FUTURE, "drop"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(statement), Hook::Call(dropped)],
};

fn statement<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let (value, may_ask) = match statement.stmt {
        Stmt::Local(local) if patterns::is_wild(&local.pat) => match &local.init {
            Some(init) if init.diverge.is_none() => (peel(&init.expr), true),
            _ => return,
        },
        Stmt::Expr(Expr::Assign(assign), Some(_)) if matches!(*assign.left, Expr::Infer(_)) => {
            (peel(&assign.right), true)
        }
        Stmt::Expr(expr, Some(_)) => (peel(expr), false),
        _ => return,
    };
    if is_future(cx, value) && !is_made_to_compile(cx, value) {
        return report(cx, value, None);
    }
    if may_ask && cx.in_coroutine() && may_be_future(cx, value) {
        let question = cx.ask_value(QuestionKind::Future);
        if question.is_some() {
            report(cx, value, question);
        }
    }
}

/// `let _ = async { .. }` in a test only wants to know whether the block compiles.
fn is_made_to_compile(cx: &Cx<'_>, value: &Expr) -> bool {
    cx.context.test && matches!(value, Expr::Async(_))
}

/// `drop(save())`.
fn dropped<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let (Some(value), 1) = (call.expr.args.first(), call.expr.args.len()) else { return };
    if call.name() != "drop" || call.path.segments.iter().any(|segment| segment.ident == "Self") {
        return;
    }
    let value = peel(value);
    if is_future(cx, value) && !is_made_to_compile(cx, value) {
        return report(cx, value, None);
    }
    if cx.in_coroutine() && may_be_future(cx, value) {
        let question = cx.ask_expression(QuestionKind::Future, value);
        if question.is_some() {
            report(cx, value, question);
        }
    }
}

fn report(cx: &mut Cx<'_>, value: &Expr, question: Option<Question>) {
    let help = match value {
        Expr::Async(_) if cx.on_runtime() => "put `.await` behind the block, or spawn it".to_owned(),
        Expr::Async(_) => "spawn it: `tokio::spawn(async { .. })`".to_owned(),
        _ if cx.on_runtime() => format!("write `{}.await`", text::short(value)),
        _ => format!(
            "write `{0}.await` in an `async fn`, or spawn it: `tokio::spawn({0})`",
            text::short(value)
        ),
    };
    let draft = Draft::at(value, "this future is thrown away, and never runs")
        .label("nothing of this happens")
        .help(help)
        .note("a future does nothing until it is polled")
        .ask(question);
    cx.report(draft);
}
