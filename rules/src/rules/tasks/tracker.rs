//! Trackers that are waited for and never closed.

use super::spawned::binding;
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::uses::{Use, uses};
use crate::syntax::{callee, peel_result, plain_name};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static TRACKER_WAIT_WITHOUT_CLOSE: Rule = Rule {
    name: "tracker_wait_without_close",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "`TaskTracker::wait` without `close`",
    explanation: "`wait` ends when the tracker is empty and closed. Nobody closes this one, so the wait never ends, \
                  and with it the shutdown.",
    blind_spots: "Only a tracker in a local variable that is not cloned, moved or lent: who has a clone can close it.",
    bad: "async fn run() {\n    let tracker = tokio_util::task::TaskTracker::new();\n    \
          tracker.spawn(async {});\n    tracker.wait().await;\n}\n",
    good: "async fn run() {\n    let tracker = tokio_util::task::TaskTracker::new();\n    \
           tracker.spawn(async {});\n    tracker.close();\n    tracker.wait().await;\n}\n",
    triggers: &["TaskTracker"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

const TRACKER: &str = "tokio_util::task::TaskTracker";

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Some((name, init)) = binding(statement.stmt) else { return };
    let is_certain = match cx.names.type_of(init) {
        Some(ty) => {
            if ty != TRACKER {
                return;
            }
            true
        }
        None if is_constructor(init) => false,
        None => return,
    };
    let tracker = plain_name(name);
    let uses = uses(cx.macros, statement.rest(), &tracker);
    let Some(wait) = uses.iter().find_map(wait) else { return };
    if !uses.iter().all(leaves_it_open) {
        return;
    }
    let question = if is_certain { None } else { cx.ask_binding(QuestionKind::TaskTracker, name) };
    if !is_certain && question.is_none() {
        return;
    }
    let draft = Draft::new(wait, "this wait never ends: the tracker is not closed")
        .label(format!("needs `{tracker}.close()` in front"))
        .help(format!("write `{tracker}.close();` before `{tracker}.wait().await`"))
        .ask(question);
    cx.report(draft);
}

fn is_constructor(init: &syn::Expr) -> bool {
    let syn::Expr::Call(call) = peel_result(init) else { return false };
    let Some(path) = callee(&call.func) else { return false };
    let names: Vec<String> =
        path.segments.iter().rev().take(2).map(|segment| plain_name(&segment.ident)).collect();
    matches!(names.as_slice(), [new, tracker] if new == "new" && tracker == "TaskTracker")
}

fn wait(one: &Use<'_>) -> Option<Place> {
    match one {
        Use::Method(call) if call.method == "wait" => Some(Place::from(call.method.span())),
        _ => None,
    }
}

fn leaves_it_open(one: &Use<'_>) -> bool {
    const OPEN: [&str; 9] = [
        "wait",
        "spawn",
        "spawn_on",
        "spawn_local",
        "spawn_blocking",
        "track_future",
        "len",
        "is_empty",
        "is_closed",
    ];
    one.method().is_some_and(|method| OPEN.contains(&method.as_str()))
}
