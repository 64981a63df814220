//! Futures that look like guards.

use syn::{Expr, Stmt};

use super::families::{ASYNC_LOCKS, LOCKS};
use crate::finding::Draft;
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::rules::futures::unused::is_unused;
use crate::syntax::{patterns, peel, plain_name, text};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static GUARD_FUTURE_NOT_AWAITED: Rule = Rule {
    name: "guard_future_not_awaited",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "`let _guard = lock.lock();` with a lock that has to be awaited",
    explanation: "The methods of an async lock return a future. Until it is awaited nothing is locked, no permit is \
                  taken and nothing waits its turn; the variable only looks as if.",
    blind_spots: "Reported only if the variable is never used again, or only dropped.",
    bad: "async fn add(sum: &tokio::sync::Mutex<u32>) {\n    let _guard = sum.lock();\n    work().await;\n}\nasync fn work() \
          {}\n",
    good: "async fn add(sum: &tokio::sync::Mutex<u32>) {\n    let _guard = sum.lock().await;\n    work().await;\n}\nasync fn \
           work() {}\n",
    triggers: &TAKES,
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

/// Methods whose futures give a guard or permit.
pub(crate) const TAKES: [&str; 11] = [
    "lock",
    "read",
    "write",
    "lock_owned",
    "read_owned",
    "write_owned",
    "acquire",
    "acquire_owned",
    "acquire_many",
    "acquire_many_owned",
    "notified",
];

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Stmt::Local(local) = statement.stmt else { return };
    let Some(init) = local.init.as_ref().filter(|_| cx.in_coroutine()) else { return };
    let (Some(name), Expr::MethodCall(call)) = (patterns::sole_binding(&local.pat), peel(&init.expr)) else {
        return;
    };
    let method = plain_name(&call.method);
    if !TAKES.contains(&method.as_str()) || !call.args.is_empty() && !method.contains("many") {
        return;
    }
    if !is_unused(cx, name, statement.rest()) {
        return;
    }
    let is_certain = match cx.names.type_of(&call.receiver).as_deref() {
        Some("tokio::sync::Semaphore") => method.contains("acquire"),
        Some("tokio::sync::Notify") => method == "notified",
        Some(ty) if ASYNC_LOCKS.guard_of(ty, &method).is_some() => true,
        Some(ty) if ty.starts_with("std::") || LOCKS.guard_of(ty, &method).is_some() => return,
        _ => false,
    };
    let name = plain_name(name);
    let draft = Draft::at(&call.method, "nothing is taken here: this is a future that nobody awaits")
        .label(format!("`{name}` is no guard, but the future of one"))
        .help(format!("write `let {name} = {}.await;`", text::short(&*init.expr)));
    if is_certain {
        return cx.report(draft);
    }
    let question =
        patterns::sole_binding(&local.pat).and_then(|name| cx.ask_binding(QuestionKind::Future, name));
    if question.is_some() {
        cx.report(draft.ask(question));
    }
}
