//! Handles that go by value to something that drops them.

use syn::Expr;

use super::spawned::Spawn;
use crate::finding::{Draft, Place};
use crate::question::{Question, QuestionKind};
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{plain_name, sole_ident};
use crate::walk::{Call, Cx, Hook, Known, Select};

pub(crate) static TIMEOUT_DETACHES_TASK: Rule = Rule {
    name: "timeout_detaches_task",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a timeout that drops the handle of a task, which goes on",
    explanation: "When the time is up, `timeout` drops what it waited for. Dropping the handle of a task does not end \
                  the task: it goes on, with all that it holds, and nobody can stop or join it any more.",
    blind_spots: "A function that takes an `AbortHandle` of the task, or aborts it otherwise, is let pass wherever it \
                  does so.",
    bad: "async fn run(limit: std::time::Duration) {\n    let task = tokio::spawn(async {});\n    \
          let _in_time = tokio::time::timeout(limit, task).await.is_ok();\n}\n",
    good: "async fn run(limit: std::time::Duration) {\n    let mut task = tokio::spawn(async {});\n    \
           if tokio::time::timeout(limit, &mut task).await.is_err() {\n        task.abort();\n    }\n}\n",
    triggers: &["timeout", "timeout_at"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check_timeout)],
};

pub(crate) static SELECT_DROPS_JOIN_HANDLE: Rule = Rule {
    name: "select_drops_join_handle",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a `select!` that drops the handle of a task, which goes on",
    explanation: "When another branch is first, `select!` drops the futures of all others. Dropping the handle of a \
                  task does not end the task: it goes on, and nobody can stop or join it any more.",
    blind_spots: "A function that takes an `AbortHandle` of the task, or aborts it otherwise, is let pass wherever it \
                  does so. `select` of the `futures` crate gives back what is not ready and is let pass.",
    bad: "async fn run(stop: tokio::sync::oneshot::Receiver<()>) {\n    let task = tokio::spawn(async {});\n    \
          tokio::select! {\n        _ = task => {}\n        _ = stop => {}\n    }\n}\n",
    good: "async fn run(stop: tokio::sync::oneshot::Receiver<()>) {\n    let mut task = tokio::spawn(async {});\n    \
           tokio::select! {\n        _ = &mut task => {}\n        _ = stop => task.abort(),\n    }\n}\n",
    triggers: &["select"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Select(check_select)],
};

const TIMEOUTS: [&str; 2] = ["tokio::time::timeout", "tokio::time::timeout_at"];

fn check_timeout<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Some(Known::Certain(_) | Known::Likely(_)) = call.which(cx, &TIMEOUTS) else { return };
    let [_, future] = call.expr.args.iter().collect::<Vec<_>>()[..] else { return };
    let Some(question) = handle(cx, future) else { return };
    let name = sole_ident(future).map(plain_name);
    let help = match &name {
        Some(name) => format!("pass `&mut {name}`, and call `{name}.abort()` when the time is up"),
        None => "put the future under the timeout itself, without a task around it".to_owned(),
    };
    let draft = Draft::at(future, "when the time is up, the task goes on without an owner")
        .label("a handle by value: the timeout drops it, which does not stop the task")
        .help(help)
        .ask(question);
    cx.report(draft);
}

fn check_select<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    if select.arms.len() < 2 && !select.has_else {
        return;
    }
    for arm in &select.arms {
        let Some(question) = handle(cx, arm.future) else { continue };
        let name = sole_ident(arm.future).map(plain_name);
        let help = match &name {
            Some(name) => {
                format!("write `&mut {name}`, and `{name}.abort()` where the task is not needed any more")
            }
            None => "bind the handle in front of the `select!` and write `&mut handle`".to_owned(),
        };
        let draft = Draft::new(
            Place::of(arm.future),
            "if another branch is first, the task goes on without an owner",
        )
        .label("a handle by value: `select!` drops it, which does not stop the task")
        .help(help)
        .ask(question);
        cx.report(draft);
    }
}

/// Whether `future` is the handle of a task that is given away: `None` if not, or if it does not matter.
#[allow(clippy::option_option, reason = "no, yes, and yes if")]
fn handle<'a>(cx: &Cx<'a>, future: &'a Expr) -> Option<Option<Question>> {
    if let Some(spawn) = Spawn::of(cx, future) {
        return (spawn.is_certain && spawn.name != "spawn_blocking").then_some(None);
    }
    let name = sole_ident(future)?;
    if aborts(cx, &plain_name(name)) {
        return None;
    }
    let init = cx.names.local(name).and_then(|local| local.init);
    match init.and_then(|init| Spawn::of(cx, init)) {
        Some(spawn) if spawn.name == "spawn_blocking" => return None,
        Some(spawn) if spawn.is_certain => return Some(None),
        _ => {}
    }
    // What is known of a type does not tell whether it is behind a reference.
    let is_other = cx.names.type_of(future).is_some_and(|ty| ty != "tokio::task::JoinHandle");
    if is_other { None } else { cx.ask_expression(QuestionKind::JoinHandle, future).map(Some) }
}

/// Whether the function aborts the task, or can: through the handle itself or one taken earlier.
fn aborts(cx: &Cx<'_>, name: &str) -> bool {
    let Some(function) = cx.function else { return false };
    search::search(cx.macros, Within::Block(function.block), &mut |piece| match piece {
        Piece::Expr(Expr::MethodCall(call)) => {
            let method = plain_name(&call.method);
            let is_own = sole_ident(&call.receiver).is_some_and(|receiver| plain_name(receiver) == name);
            if is_own && matches!(method.as_str(), "abort_handle" | "abort") {
                Step::Found
            } else {
                Step::Into
            }
        }
        _ => Step::Into,
    })
}
