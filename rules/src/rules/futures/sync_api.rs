//! `async` closures for functions that only call them.

use syn::{Expr, ExprClosure, ExprMethodCall, Stmt};

use super::certain::body_is_async;
use crate::finding::Draft;
use crate::question::{Question, QuestionKind};
use crate::rule::{Family, Level, Rule};
use crate::syntax::{peel, plain_name};
use crate::walk::{Call, Cx, Hook, Known, Parent};

pub(crate) static ASYNC_CLOSURE_TO_SYNC_API: Rule = Rule {
    name: "async_closure_to_sync_api",
    family: Family::Futures,
    level: Level::Error,
    since: "0.2.0",
    summary: "an `async` closure is given to a function that calls it and awaits nothing",
    explanation: "The function calls the closure, gets a future, and is done. The future never runs; or it runs later, \
                  outside of the thread, span or `catch_unwind` that it was meant for.",
    blind_spots: "A closed list of functions: `spawn_blocking`, `thread::spawn`, `catch_unwind`, `Span::in_scope`, the \
                  `get_or_init` of `std`. A closure that calls an async function without an `async` block is not seen.",
    bad: "async fn start() {\n    tokio::task::spawn_blocking(|| async { work().await });\n}\nasync fn work() {}\n",
    good: "async fn start() {\n    tokio::spawn(async { work().await });\n}\nasync fn work() {}\n",
    triggers: &["spawn_blocking", "spawn", "catch_unwind", "in_scope", "get_or_init", "unblock"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Call(call), Hook::Method(method)],
};

const THREADS: [&str; 1] = ["std::thread::spawn"];
const BLOCKING: [&str; 5] = [
    "tokio::task::spawn_blocking",
    "tokio_rayon::spawn",
    "blocking::unblock",
    "smol::unblock",
    "async_std::task::spawn_blocking",
];
const CATCHES: [&str; 1] = ["std::panic::catch_unwind"];

fn call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Some(closure) = call.expr.args.iter().find_map(closure) else { return };
    if let Some(known) = call.which(cx, &THREADS) {
        let question = match known {
            Known::Certain(_) => None,
            Known::Likely(_) => match ask_handle(cx, call) {
                Some(question) => Some(question),
                None => return,
            },
        };
        let help = "give the thread a runtime: `move || handle.block_on(async { .. })`, or use `tokio::spawn(async { .. })`";
        return report(cx, closure, "the thread makes a future and ends", help, question);
    }
    if call.which(cx, &BLOCKING).is_some() && awaits(cx) < 2 {
        return report(
            cx,
            closure,
            "the blocking thread makes a future and is done; it never runs",
            BLOCKING_HELP,
            None,
        );
    }
    if matches!(call.which(cx, &CATCHES), Some(Known::Certain(_))) {
        let help = "use `AssertUnwindSafe(future).catch_unwind().await` of `futures::FutureExt`";
        report(cx, closure, "only making the future is guarded, not running it", help, None);
    }
}

const BLOCKING_HELP: &str =
    "use `tokio::spawn(async { .. })`; what blocks goes into `spawn_blocking` without `async`";

fn method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let Some(closure) = call.args.iter().find_map(closure) else { return };
    let ty = cx.names.type_of(&call.receiver);
    match (plain_name(&call.method).as_str(), ty.as_deref()) {
        ("spawn_blocking", _) if awaits(cx) < 2 => {
            report(
                cx,
                closure,
                "the blocking thread makes a future and is done; it never runs",
                BLOCKING_HELP,
                None,
            );
        }
        ("in_scope", ty) if ty == Some("tracing::Span") || is_span_macro(cx, &call.receiver) => {
            report_left_span(cx, closure);
        }
        ("get_or_init", Some("std::sync::OnceLock" | "std::cell::OnceCell")) => {
            let help = "use `tokio::sync::OnceCell`, whose `get_or_init(..).await` runs it";
            report(cx, closure, "the cell keeps the future, not what it would give", help, None);
        }
        _ => {}
    }
}

fn closure(argument: &Expr) -> Option<&ExprClosure> {
    match peel(argument) {
        Expr::Closure(closure) if body_is_async(closure) => Some(closure),
        _ => None,
    }
}

fn is_span_macro(cx: &Cx<'_>, receiver: &Expr) -> bool {
    let Expr::Macro(call) = peel(receiver) else { return false };
    cx.names
        .resolve(&call.mac.path)
        .known()
        .is_some_and(|path| path.starts_with("tracing::") && path.ends_with("span"))
}

/// How many awaits stand around the call in its statement: the second one runs the future that the task returns.
fn awaits(cx: &Cx<'_>) -> usize {
    let within = cx.ancestors().take_while(|parent| !matches!(parent, Parent::Statement(_)));
    within.filter(|parent| matches!(parent, Parent::Expr(Expr::Await(_)))).count()
}

/// What the compiler is asked about `thread::spawn`, if that is the whole statement.
fn ask_handle(cx: &Cx<'_>, call: &Call<'_>) -> Option<Question> {
    let Some(Parent::Statement(stmt)) = cx.parent() else { return None };
    match stmt {
        Stmt::Expr(expr, Some(_)) => match peel(expr) {
            Expr::Call(value) if std::ptr::eq(value, call.expr) => cx.ask_value(QuestionKind::ThreadHandle),
            _ => None,
        },
        Stmt::Local(local) => {
            let name = crate::syntax::patterns::sole_binding(&local.pat)?;
            cx.ask_binding(QuestionKind::ThreadHandle, name)
        }
        _ => None,
    }
}

fn report(cx: &mut Cx<'_>, closure: &ExprClosure, message: &str, help: &str, question: Option<Question>) {
    let draft =
        Draft::at(closure, message).label("this returns a future that nobody polls").help(help).ask(question);
    cx.report(draft);
}

/// The span gives the future back, so that it may well be polled.
fn report_left_span(cx: &mut Cx<'_>, closure: &ExprClosure) {
    let label = if awaits(cx) > 0 {
        "this returns a future, which is polled outside of the span"
    } else {
        "this returns a future that nobody polls"
    };
    let draft = Draft::at(closure, "the span is left before the future runs")
        .label(label)
        .help("instrument the future instead: `async { .. }.instrument(span).await`");
    cx.report(draft);
}
