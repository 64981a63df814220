//! Timeouts that cannot fire, or whose result is misread.

use syn::{Expr, ExprCall, ExprMatch, Pat, Stmt};

use super::elapsed::Elapsed;
use super::lossy::{self, lossy_call, timed};
use crate::finding::{Draft, Place};
use crate::question::{Question, QuestionKind};
use crate::rule::{Family, Level, Rule};
use crate::syntax::patterns;
use crate::syntax::search::{self, Within};
use crate::syntax::{callee, peel, plain_name, text};
use crate::walk::{Call, Cx, Hook, Parent};

pub(crate) static TIMEOUT_WITHOUT_AWAIT: Rule = Rule {
    name: "timeout_without_await",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "a timeout around an `async` block without an `await`",
    explanation: "A timeout looks at the clock when the future gives control back, which it does at an `await` only. \
                  This block runs to its end in one go, and the timeout never fires.",
    blind_spots: "Only a block that stands in the call is looked into. A macro that the rule does not know may hold an \
                  `await`.",
    bad: "async fn total(rows: &[u64]) -> Result<u64, tokio::time::error::Elapsed> {\n    \
          tokio::time::timeout(std::time::Duration::from_secs(5), async { rows.iter().sum() }).await\n\
          }\n",
    good: "async fn total(rows: Vec<u64>) -> Result<u64, tokio::task::JoinError> {\n    \
           tokio::task::spawn_blocking(move || rows.iter().sum()).await\n\
           }\n",
    triggers: &["timeout", "timeout_at"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Call(check_block)],
};

pub(crate) static TIMEOUT_INNER_ERROR_SWALLOWED: Rule = Rule {
    name: "timeout_inner_error_swallowed",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "the outer result of a timeout is looked at, the one inside is not",
    explanation: "A timeout around something that can fail has two results, one in the other. `is_ok()`, `is_err()` and \
                  `Ok(_)` ask the outer one: whether it was in time. A failure in time then counts as success.",
    blind_spots: "Only what is asked where the timeout is awaited is seen, not a result that is stored first. That the \
                  future can fail is known for common calls of `tokio`, else the compiler is asked.",
    bad: "const LIMIT: std::time::Duration = std::time::Duration::from_secs(5);\n\
          async fn is_up(address: &str) -> bool {\n    \
          tokio::time::timeout(LIMIT, tokio::net::TcpStream::connect(address)).await.is_ok()\n\
          }\n",
    good: "const LIMIT: std::time::Duration = std::time::Duration::from_secs(5);\n\
           async fn is_up(address: &str) -> bool {\n    \
           matches!(tokio::time::timeout(LIMIT, tokio::net::TcpStream::connect(address)).await, Ok(Ok(_)))\n\
           }\n",
    triggers: &["timeout", "timeout_at"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check_result)],
};

pub(crate) static CANCEL_UNSAFE_UNDER_TIMEOUT: Rule = Rule {
    name: "cancel_unsafe_under_timeout",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a partial read or write under a timeout, and the loop goes on after it",
    explanation: "When the time is over, the future is dropped. `read_exact`, `write_all` and their kin then have moved \
                  a part of the bytes and forget how many; the next round starts in the middle of a message.",
    blind_spots: "Only a timeout whose result decides on the spot is seen: in a `match`, in `if let Ok(..)`, in \
                  `if ...is_err()`, or thrown away.",
    bad: "use std::time::Duration;\n\
          use tokio::io::AsyncReadExt;\n\
          async fn run(mut stream: tokio::net::TcpStream) {\n    \
          let mut header = [0; 16];\n    \
          loop {\n        \
          match tokio::time::timeout(Duration::from_secs(30), stream.read_exact(&mut header)).await {\n            \
          Ok(read) => println!(\"{read:?} {header:?}\"),\n            \
          Err(_) => println!(\"still here\"),\n        \
          }\n    \
          }\n\
          }\n",
    good: "use std::time::Duration;\n\
           use tokio::io::AsyncReadExt;\n\
           async fn run(mut stream: tokio::net::TcpStream) {\n    \
           let mut header = [0; 16];\n    \
           loop {\n        \
           match tokio::time::timeout(Duration::from_secs(30), stream.read_exact(&mut header)).await {\n            \
           Ok(read) => println!(\"{read:?} {header:?}\"),\n            \
           Err(_) => break,\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &["timeout", "timeout_at"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check_loop)],
};

fn check_block<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Some(Expr::Async(block)) = timed(cx, call).map(peel) else { return };
    // An empty block stands for a future that is ready, in a test of the timeout.
    if block.block.stmts.is_empty() || search::may_suspend(cx.macros, Within::Block(&block.block)) {
        return;
    }
    let draft = Draft::at(call.path, "this timeout never fires: nothing below it gives control back")
        .label("waits for a future without an `await`")
        .related(Place::of(&block.async_token), "runs to its end in one go")
        .help("move the work to `tokio::task::spawn_blocking` and wait for that, or drop the timeout");
    cx.report(draft);
}

/// Constructors of `tokio` whose future can fail.
const FALLIBLE: [&str; 7] = [
    "tokio::net::TcpStream::connect",
    "tokio::net::UnixStream::connect",
    "tokio::net::TcpListener::bind",
    "tokio::fs::read",
    "tokio::fs::read_to_string",
    "tokio::fs::write",
    "tokio::fs::File::open",
];

/// Methods whose error says no more than that the other side is gone: who asks for the time only, means it.
const QUIET: [&str; 9] =
    ["recv", "changed", "wait_for", "closed", "wait", "join", "reserve", "acquire", "acquire_owned"];

fn check_result<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Some(future) = timed(cx, call) else { return };
    let Some(asked) = asked_for(cx, call.expr) else { return };
    let Some(question) = can_fail(cx, future) else { return };
    let draft = Draft::at(call.path, "a failure in time counts as success here")
        .label("its value is a result in a result")
        .related(asked, "only the outer one is looked at: whether it was in time")
        .help("look at both: `Ok(Ok(value))`, `Ok(Err(error))` and `Err(_)`, or write `.await??`")
        .ask(question);
    cx.report(draft);
}

/// Where the outer result alone is asked for.
fn asked_for<'a>(cx: &Cx<'a>, call: &'a ExprCall) -> Option<Place> {
    let mut parents = cx.ancestors();
    let Some(Parent::Expr(Expr::Await(_))) = parents.next() else { return None };
    match parents.next()? {
        Parent::Expr(Expr::MethodCall(asked)) if asked.method == "is_ok" || asked.method == "is_err" => {
            Some(Place::of(&asked.method))
        }
        Parent::Expr(Expr::Let(condition)) => {
            let has_else = match parents.next() {
                Some(Parent::Expr(Expr::If(branch))) => branch.else_branch.is_some(),
                _ => return None,
            };
            // `if let Err(_)` with an `else` may do anything in there.
            let is_blind = ignores_payload(&condition.pat)
                || !has_else && patterns::variant(&condition.pat).as_deref() == Some("Err");
            is_blind.then(|| Place::of(&condition.pat))
        }
        Parent::Expr(Expr::Match(decision)) if is_awaited_by(&decision.expr, call) => {
            let ok = decision.arms.iter().find(|arm| ignores_payload(&arm.pat))?;
            (!names_inner(decision)).then(|| Place::of(&ok.pat))
        }
        Parent::Statement(Stmt::Local(local)) if ignores_payload(&local.pat) => Some(Place::of(&local.pat)),
        _ => None,
    }
}

fn is_awaited_by(expr: &Expr, call: &ExprCall) -> bool {
    matches!(peel(expr), Expr::Await(awaited) if matches!(peel(&awaited.base), Expr::Call(inner) if std::ptr::eq(inner, call)))
}

/// `Ok(_)`, `Ok(..)`
fn ignores_payload(pattern: &Pat) -> bool {
    match patterns::unguarded(pattern) {
        Pat::TupleStruct(tuple) => {
            patterns::variant(pattern).as_deref() == Some("Ok")
                && tuple.elems.iter().all(|inner| patterns::is_wild(inner) || matches!(inner, Pat::Rest(_)))
        }
        _ => false,
    }
}

/// Whether an arm looks into the outer `Ok`: `Ok(Err(..))` in front of `Ok(_)`.
fn names_inner(decision: &ExprMatch) -> bool {
    decision.arms.iter().any(|arm| match patterns::unguarded(&arm.pat) {
        Pat::TupleStruct(tuple) => tuple.elems.iter().any(|inner| patterns::variant(inner).is_some()),
        Pat::Or(_) => true,
        _ => false,
    })
}

/// Whether the output of `future` is a `Result` of weight: certainly (`Some(None)`), or if the question is answered.
#[allow(clippy::option_option, reason = "no, yes, and yes if")]
fn can_fail<'a>(cx: &Cx<'a>, future: &'a Expr) -> Option<Option<Question>> {
    if lossy_call(cx, future).is_some_and(|lossy| lossy.question.is_none()) {
        return Some(None);
    }
    match peel(future) {
        Expr::Call(call) => {
            let target = cx.names.resolve(callee(&call.func)?);
            if target.known().is_some_and(|path| FALLIBLE.contains(&path)) {
                return Some(None);
            }
        }
        Expr::MethodCall(call) if !QUIET.contains(&plain_name(&call.method).as_str()) => {}
        // A variable is most often a task or a notification.
        _ => return None,
    }
    cx.ask_expression(QuestionKind::FallibleFuture, future).map(Some)
}

fn check_loop<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Some(future) = timed(cx, call) else { return };
    let Some(lossy) = lossy_call(cx, future) else { return };
    if !Elapsed::of(cx).is_some_and(|elapsed| elapsed.goes_round(cx)) {
        return;
    }
    let method = plain_name(&lossy.call.method);
    let receiver = text::short(&lossy.call.receiver);
    let help = match lossy.direction {
        lossy::Direction::Read => {
            "leave the loop when the time is over, or read whole messages with `tokio_util::codec::FramedRead`".to_owned()
        }
        lossy::Direction::Write => {
            format!("leave the loop when the time is over, or write with `{receiver}.write_all_buf(..)`, which counts")
        }
    };
    let draft =
        Draft::at(&lossy.call.method, format!("the timeout drops this half-way, and {}", lossy.loss()))
            .label(format!("`{method}` does not survive being dropped"))
            .help(help)
            .ask(lossy.question);
    cx.report(draft);
}
