//! Futures with a name that nobody awaits.

use syn::{Expr, Stmt};

use super::certain::{is_future, may_be_future};
use super::unused::is_unused;
use crate::finding::Draft;
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::rules::guards::LOOKS_LIKE_GUARD;
use crate::syntax::{method_call, patterns, peel, plain_name, text};
use crate::walk::{Cx, Hook, Statement};
use crate::words::UNUSED_LET;

pub(crate) static FUTURE_BOUND_NEVER_POLLED: Rule = Rule {
    name: "future_bound_never_polled",
    family: Family::Futures,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a variable holds a future that is never awaited",
    explanation: "A future does nothing until it is polled. With a name it looks as if it ran, and rustc is silent \
                  about it if the name begins with `_`.",
    blind_spots: "Reported only if the variable is never mentioned again, or only dropped. A future that is made and \
                  dropped for what its destructor does has to say so with `drop(..)` on the spot.",
    bad: "async fn finish() {\n    let _saved = save();\n}\nasync fn save() {}\n",
    good: "async fn finish() {\n    let _saved = save().await;\n}\nasync fn save() {}\n",
    triggers: &[UNUSED_LET],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Stmt::Local(local) = statement.stmt else { return };
    let (Some(name), Some(init)) = (patterns::sole_binding(&local.pat), &local.init) else { return };
    let is_certain = is_future(cx, &init.expr);
    let is_possible = is_certain || cx.in_coroutine() && may_be_future(cx, &init.expr);
    if init.diverge.is_some() || !is_possible {
        return;
    }
    if looks_like_guard(&init.expr) || !is_unused(cx, name, statement.rest()) {
        return;
    }
    let question = if is_certain { None } else { cx.ask_binding(QuestionKind::Future, name) };
    if !is_certain && question.is_none() {
        return;
    }
    let text = plain_name(name);
    let draft = Draft::at(name, "this future never runs: nobody awaits it")
        .label(format!("`{text}` is never used again"));
    let draft = match peel(&init.expr) {
        Expr::Async(_) => draft.help(format!("write `{text}.await` where it is to run, or spawn it")),
        call => draft.help(format!("write `let {text} = {}.await;`", text::short(call))),
    };
    cx.report(draft.ask(question));
}

/// Those belong to `guard_future_not_awaited`.
fn looks_like_guard(init: &Expr) -> bool {
    method_call(init).is_some_and(|call| LOOKS_LIKE_GUARD.contains(&plain_name(&call.method).as_str()))
}
