//! Guards and permits that are thrown away as soon as they are taken.

use syn::{Expr, Stmt};

use super::families::{ASYNC_LOCKS, BORROWS, Guards, LOCKS, RUNTIMES, SPANS, WATCHES};
use super::origin::of_trigger;
use crate::finding::Draft;
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::rules::futures::certain::is_future;
use crate::syntax::{called_name, is_constructor, patterns, peel, peel_result, plain_name, text};
use crate::walk::{Cx, Hook, Statement};
use crate::words::IGNORED;

pub(crate) static LET_UNDERSCORE_GUARD: Rule = Rule {
    name: "let_underscore_guard",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "`let _ =` on a guard, a permit or a drop guard",
    explanation: "`_` is no variable: the value is dropped in the same statement. The lock is open again, the permit is \
                  back, the token is cancelled, before the next line runs. A name that begins with `_` keeps it.",
    blind_spots: "Asked about are calls whose names say that they take something: `lock`, `acquire`, `enter`, \
                  `drop_guard`, and names with `guard`, `permit` or `lease` in them. `let _: T = ..` and `drop(..)` say \
                  that it is meant.",
    bad: "async fn one_at_a_time(limit: &tokio::sync::Semaphore) {\n    let _ = limit.acquire().await;\n    \
          work().await;\n}\nasync fn work() {}\n",
    good: "async fn one_at_a_time(limit: &tokio::sync::Semaphore) {\n    let _permit = limit.acquire().await;\n    \
           work().await;\n}\nasync fn work() {}\n",
    triggers: &[IGNORED],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

const FAMILIES: [&Guards; 6] = [&LOCKS, &BORROWS, &SPANS, &RUNTIMES, &WATCHES, &ASYNC_LOCKS];

/// Methods that take something, and the name for it.
const TAKES: [(&str, &str); 24] = [
    ("acquire", "permit"),
    ("acquire_owned", "permit"),
    ("acquire_many", "permit"),
    ("acquire_many_owned", "permit"),
    ("try_acquire", "permit"),
    ("try_acquire_owned", "permit"),
    ("try_acquire_many", "permit"),
    ("try_acquire_many_owned", "permit"),
    ("reserve", "permit"),
    ("reserve_owned", "permit"),
    ("lock", "guard"),
    ("lock_owned", "guard"),
    ("try_lock", "guard"),
    ("read", "guard"),
    ("read_owned", "guard"),
    ("write", "guard"),
    ("write_owned", "guard"),
    ("borrow", "guard"),
    ("borrow_mut", "guard"),
    ("enter", "entered"),
    ("entered", "entered"),
    ("drop_guard", "cancel"),
    ("drop_guard_ref", "cancel"),
    ("set_default", "guard"),
];

const WORDS: [&str; 3] = ["guard", "permit", "lease"];

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    if !cx.in_coroutine() {
        return;
    }
    let Some(value) = discarded(statement.stmt) else { return };
    let Some(name) = name(value) else { return };
    let Some(what) = what(&name) else { return };
    if what == "permit" && waits_only(value, statement.rest()) {
        return;
    }
    let draft = draft(value, what);
    if is_certain(cx, value, &name) {
        return cx.report(draft);
    }
    // That is another mistake: `future_not_awaited`.
    if is_future(cx, value) {
        return;
    }
    if let Some(question) = cx.ask_value(QuestionKind::DropMatters) {
        cx.report(draft.ask(Some(question)));
    }
}

fn draft(value: &Expr, what: &str) -> Draft {
    let (message, label) = match what {
        "permit" => ("the permit is given back before the next line runs", "given back at once"),
        "entered" => ("what is entered here is left before the next line runs", "left at once"),
        "cancel" => ("this cancels the token before the next line runs", "cancels at once"),
        _ => ("the guard is dropped before the next line runs", "released at once"),
    };
    let variable = if what == "permit" { "_permit" } else { "_guard" };
    Draft::at(value, message)
        .label(label)
        .help(format!(
            "give it a name, and it lives until the end of the block: `let {variable} = {};`",
            text::short(value)
        ))
        .note("`_` binds nothing; if it is meant, `drop(..)` says so")
}

/// `let _ = value;` and `_ = value;`, but not `let _: T = value;`.
fn discarded(stmt: &Stmt) -> Option<&Expr> {
    match stmt {
        Stmt::Local(local) if patterns::is_wild(&local.pat) => {
            let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
            Some(peel(&init.expr))
        }
        Stmt::Expr(Expr::Assign(assign), Some(_)) if matches!(*assign.left, Expr::Infer(_)) => {
            Some(peel(&assign.right))
        }
        _ => None,
    }
}

/// `let _ = stopped.acquire().await;` with nothing behind it that a permit could be for: it waits for somebody to add one.
fn waits_only(value: &Expr, rest: &[Stmt]) -> bool {
    let is_constant = |stmt: &Stmt| matches!(stmt, Stmt::Expr(value, _) if is_constant(value));
    matches!(peel_result(value), Expr::Await(_)) && rest.iter().all(is_constant)
}

/// `None`, `true`, `Ok(())`, `return None`.
fn is_constant(value: &Expr) -> bool {
    match peel(value) {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_constant),
        Expr::Return(returned) => returned.expr.as_deref().is_none_or(is_constant),
        Expr::Call(call) => is_constructor(&call.func) && call.args.iter().all(is_constant),
        _ => false,
    }
}

/// The name of the call that makes the value.
fn name(value: &Expr) -> Option<String> {
    let mut inner = peel_result(value);
    while let Expr::Await(awaited) = inner {
        inner = peel_result(&awaited.base);
    }
    match inner {
        Expr::MethodCall(call) => Some(plain_name(&call.method)),
        Expr::Call(call) => called_name(&call.func),
        _ => None,
    }
}

fn what(name: &str) -> Option<&'static str> {
    let takes = TAKES.iter().find(|(method, _)| *method == name).map(|(_, what)| *what);
    takes.or_else(|| WORDS.iter().any(|word| name.contains(word)).then_some("guard"))
}

fn is_certain<'a>(cx: &Cx<'a>, value: &'a Expr, name: &str) -> bool {
    if FAMILIES
        .iter()
        .any(|guards| of_trigger(cx, guards, value).is_some_and(|origin| origin.certain.is_some()))
    {
        return true;
    }
    let (is_awaited, call) = match peel_result(value) {
        Expr::Await(awaited) => (true, peel_result(&awaited.base)),
        other => (false, other),
    };
    let Expr::MethodCall(call) = call else { return false };
    match cx.names.type_of(&call.receiver).as_deref() {
        Some("tokio::sync::Semaphore") => name.contains("acquire") && is_awaited != name.starts_with("try_"),
        Some("tokio_util::sync::CancellationToken") => name.starts_with("drop_guard"),
        _ => false,
    }
}
