//! Futures that are the value of a task.

use syn::{Attribute, Expr, Stmt};

use super::certain::is_future;
use super::enclosing::{awaits_around, enclosing};
use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::syntax::{attributes, peel, text};
use crate::walk::{Cx, Hook, Parent, Statement};

pub(crate) static NESTED_FUTURE_UNAWAITED: Rule = Rule {
    name: "nested_future_unawaited",
    family: Family::Futures,
    level: Level::Error,
    since: "0.2.0",
    summary: "the value of a spawned `async` block is another future",
    explanation: "The block ends with a future instead of awaiting it. The task is done at once, its output is a future \
                  that nobody polls, and the work never happens.",
    blind_spots: "Looked at are `async` blocks that go straight to `spawn`, `timeout`, `then`, `for_each` and \
                  their kin. A task whose output is awaited once more is let pass, and so is what an \
                  `#[allow(clippy::async_yields_async)]` stands on. The compiler is not asked: what is no future by \
                  the source alone is left to that rule of clippy.",
    bad: "async fn start() {\n    tokio::spawn(async { work() });\n}\nasync fn work() {}\n",
    good: "async fn start() {\n    tokio::spawn(async { work().await });\n}\nasync fn work() {}\n",
    triggers: &TAKERS,
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

/// Functions and methods that run the future they are given, and have no use for one that comes out of it.
const TAKERS: [&str; 10] = [
    "spawn",
    "spawn_local",
    "spawn_on",
    "timeout",
    "timeout_at",
    "then",
    "for_each",
    "for_each_concurrent",
    "try_for_each",
    "try_for_each_concurrent",
];

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Stmt::Expr(expr, None) = statement.stmt else { return };
    if !statement.is_tail() || !cx.in_coroutine() {
        return;
    }
    let Some(taker) = enclosing(cx, statement).filter(|taker| TAKERS.contains(&taker.as_str())) else {
        return;
    };
    if awaits_around(cx) > 1 || is_meant(cx) {
        return;
    }
    let value = peel(expr);
    let draft = Draft::at(value, "the task ends with a future that nobody awaits")
        .label("this future is the output, and never runs")
        .help(match value {
            Expr::Async(_) => "put `.await` behind the block".to_owned(),
            _ => format!("write `{}.await`", text::short(value)),
        })
        .note(format!("`{taker}` runs the block; what the block returns is handed on as it is"));
    // The compiler cannot be asked: only whoever takes the block may decide the type of its value (`sum`, `parse`), and
    // a question inside of the block comes before that.
    if is_future(cx, value) {
        cx.report(draft);
    }
}

/// Whether the code says that it hands out a future: `#[allow(clippy::async_yields_async)]`, the same rule of Clippy.
fn is_meant(cx: &Cx<'_>) -> bool {
    let allows = |attrs: &[Attribute]| attributes::mentions(attrs, "async_yields_async");
    cx.function.is_some_and(|function| allows(function.attrs))
        || cx.ancestors().any(|parent| match parent {
            Parent::Expr(expr) => allows(attributes::of_expr(expr)),
            Parent::Statement(stmt) => allows(attributes::of_statement(stmt)),
            Parent::Macro => false,
        })
}
