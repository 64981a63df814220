//! Assertions in a task that the test does not wait for.

use syn::{Block, Expr, Macro, Stmt};

use super::endless::last_loop;
use super::spawned::{Dropped, Spawn, binding};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::plain_name;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static SPAWN_IN_TEST_NOT_JOINED: Rule = Rule {
    name: "spawn_in_test_not_joined",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a test that does not wait for a task with assertions",
    explanation: "An assertion that fails in a task ends that task. The panic goes into the handle, and a test that \
                  does not await the handle passes, or ends before the assertion has run at all.",
    blind_spots: "Only assertions count: servers that `unwrap` in the background of a test are common and harmless. A \
                  task that sends or notifies after its last assertion is let pass, for a test that waits for that \
                  does not pass without it; so is one in an endless loop, and a test with `unhandled_panic`.",
    bad: "#[tokio::test]\nasync fn receives() {\n    let (tx, mut rx) = tokio::sync::mpsc::channel(1);\n    \
          tokio::spawn(async move { assert_eq!(rx.recv().await, Some(1)) });\n    tx.send(1).await.unwrap();\n}\n",
    good: "#[tokio::test]\nasync fn receives() {\n    let (tx, mut rx) = tokio::sync::mpsc::channel(1);\n    \
           let task = tokio::spawn(async move { assert_eq!(rx.recv().await, Some(1)) });\n    \
           tx.send(1).await.unwrap();\n    task.await.unwrap();\n}\n",
    triggers: &["spawn", "spawn_local", "spawn_blocking"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

/// Methods that tell another task something.
const SIGNALS: [&str; 12] = [
    "send",
    "send_async",
    "try_send",
    "notify_one",
    "notify_waiters",
    "add_permits",
    "wait",
    "cancel",
    "store",
    "fetch_add",
    "write_all",
    "respond",
];

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    if !cx.context.test || cx.context.sees_panics {
        return;
    }
    let bound = binding(statement.stmt);
    let (expr, is_value) = match (&bound, Dropped::by(statement)) {
        (Some((name, init)), _) if !is_used(cx, statement, &plain_name(name)) => (*init, true),
        (None, Some(dropped)) => (dropped.expr, dropped.is_value_of(statement)),
        _ => return,
    };
    let Some(spawn) = Spawn::of(cx, expr) else { return };
    let Some(assertion) = spawn.block().and_then(|block| assertion_in(cx, block)) else { return };
    let question = match &bound {
        _ if spawn.is_certain => None,
        Some((name, _)) => cx.ask_binding(QuestionKind::JoinHandle, name),
        None if is_value => cx.ask_value(QuestionKind::JoinHandle),
        None => None,
    };
    if !spawn.is_certain && question.is_none() {
        return;
    }
    let draft = Draft::new(spawn.place, "if an assertion in this task fails, the test still passes")
        .label("nobody awaits this task")
        .related(assertion, "the panic ends the task only")
        .help("write `let task = ..` and `task.await.unwrap()` at the end of the test")
        .ask(question);
    cx.report(draft);
}

fn is_used<'a>(cx: &Cx<'a>, statement: &Statement<'a>, name: &str) -> bool {
    search::mentions(cx.macros, Within::Statements(statement.rest()), name)
}

/// The last assertion of the task, unless the task tells somebody afterwards that it came this far: then the test does
/// not pass without it.
fn assertion_in<'a>(cx: &Cx<'a>, block: &'a Block) -> Option<Place> {
    if last_loop(block).is_some_and(|looped| looped.is_endless()) {
        return None;
    }
    let mut place = None;
    let statements: &'a [Stmt] = &block.stmts;
    search::search(cx.macros, Within::Statements(statements), &mut |piece| {
        match piece {
            _ if search::leaves_coroutine(piece) => return Step::Over,
            Piece::Macro(mac) if is_assertion(mac) => place = Some(Place::of(&mac.path)),
            Piece::Expr(Expr::MethodCall(call)) if SIGNALS.contains(&plain_name(&call.method).as_str()) => {
                place = None;
            }
            _ => {}
        }
        Step::Into
    });
    place
}

fn is_assertion(mac: &Macro) -> bool {
    let name = mac.path.segments.last().map(|last| plain_name(&last.ident)).unwrap_or_default();
    matches!(name.as_str(), "assert" | "assert_eq" | "assert_ne" | "assert_matches")
}
