//! What is lost when a coroutine is dropped, or asked, at the wrong moment.

use syn::{Expr, Local, Stmt};

use super::lossy::is_one_of;
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, method_call, peel, peel_references, peel_result, plain_name, text};
use crate::walk::{Cx, Hook, Loop, LoopKind, Statement};

pub(crate) static TAKE_AWAIT_RESTORE: Rule = Rule {
    name: "take_await_restore",
    family: Family::Cancellation,
    level: Level::Off,
    since: "0.2.0",
    summary: "a field is taken, something is awaited, then the field is put back",
    explanation: "If the coroutine is dropped at the `await` in between, by a timeout, a `select!` or a shutdown, the \
                  field stays empty. The next call finds a state that no code has meant to leave behind.",
    blind_spots: "Off by default: where nobody drops the coroutine it is harmless. Seen in one block only, for a field \
                  of `self`.",
    bad: "use tokio::io::AsyncWriteExt;\n\
          struct Client {\n    \
          connection: Option<tokio::net::TcpStream>,\n\
          }\n\
          impl Client {\n    \
          async fn send(&mut self, message: &[u8]) -> std::io::Result<()> {\n        \
          let mut connection = self.connection.take().unwrap();\n        \
          let sent = connection.write_all(message).await;\n        \
          self.connection = Some(connection);\n        \
          sent\n    \
          }\n\
          }\n",
    good: "use tokio::io::AsyncWriteExt;\n\
           struct Client {\n    \
           connection: Option<tokio::net::TcpStream>,\n\
           }\n\
           impl Client {\n    \
           async fn send(&mut self, message: &[u8]) -> std::io::Result<()> {\n        \
           let connection = self.connection.as_mut().unwrap();\n        \
           connection.write_all(message).await\n    \
           }\n\
           }\n",
    triggers: &["take", "replace"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check_take)],
};

pub(crate) static NOTIFY_LOST_WAKEUP: Rule = Rule {
    name: "notify_lost_wakeup",
    family: Family::Cancellation,
    level: Level::Off,
    since: "0.2.0",
    summary: "`while !ready { notify.notified().await }`: a notification in between is missed",
    explanation: "`notify_waiters` wakes those who wait already. Between the look at the condition and `notified()` \
                  nobody waits: a notification there is lost and the loop sleeps on, maybe forever.",
    blind_spots: "Off by default: `notify_one` keeps its notification for the next who waits, and most code uses that.",
    bad: "use std::sync::atomic::{AtomicBool, Ordering};\n\
          async fn until_ready(ready: &AtomicBool, changed: &tokio::sync::Notify) {\n    \
          while !ready.load(Ordering::Acquire) {\n        \
          changed.notified().await;\n    \
          }\n\
          }\n",
    good: "use std::sync::atomic::{AtomicBool, Ordering};\n\
           async fn until_ready(ready: &AtomicBool, changed: &tokio::sync::Notify) {\n    \
           loop {\n        \
           let mut notified = std::pin::pin!(changed.notified());\n        \
           notified.as_mut().enable();\n        \
           if ready.load(Ordering::Acquire) {\n            \
           return;\n        \
           }\n        \
           notified.await;\n    \
           }\n\
           }\n",
    triggers: &["notified"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_notify)],
};

fn check_take<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    if !cx.in_coroutine() {
        return;
    }
    let Stmt::Local(local) = statement.stmt else { return };
    let Some(field) = taken_field(local) else { return };
    let rest = statement.rest();
    let Some(back) = rest.iter().position(|stmt| puts_back(cx, stmt, &text::full(field))) else { return };
    let between = &rest[..=back];
    if !search::may_suspend(cx.macros, Within::Statements(&between[..back])) {
        return;
    }
    let field_name = text::short(field);
    let draft = Draft::at(field, format!("if this is dropped at the `await`, `{field_name}` stays empty"))
        .label("taken here")
        .related(Place::of(&rest[back]), "put back behind an `await`")
        .help("keep the value in place and borrow it, or put it back in the `Drop` of a guard");
    cx.report(draft);
}

/// The field of `self` that `self.field.take()`, `mem::take(&mut self.field)` or `mem::replace` empties.
fn taken_field(local: &Local) -> Option<&Expr> {
    let init = peel(&local.init.as_ref()?.expr);
    // What stands in for an empty field is no mistake of its own.
    let taken = match init {
        Expr::MethodCall(call)
            if matches!(plain_name(&call.method).as_str(), "unwrap_or_default" | "unwrap_or") =>
        {
            &*call.receiver
        }
        other => other,
    };
    let field = match peel_result(taken) {
        Expr::MethodCall(call) if call.method == "take" && call.args.is_empty() => &*call.receiver,
        Expr::Call(call) => {
            let last = callee(&call.func)?.segments.last()?;
            if last.ident != "take" && last.ident != "replace" {
                return None;
            }
            peel_references(call.args.first()?)
        }
        _ => return None,
    };
    let Expr::Field(access) = peel(field) else { return None };
    matches!(peel(&access.base), Expr::Path(base) if base.path.is_ident("self")).then_some(field)
}

fn puts_back<'a>(cx: &Cx<'a>, stmt: &'a Stmt, field: &str) -> bool {
    search::search(cx.macros, Within::Statements(std::slice::from_ref(stmt)), &mut |piece| match piece {
        Piece::Expr(Expr::Assign(assign)) if text::full(&assign.left) == field => Step::Found,
        Piece::Expr(Expr::MethodCall(call))
            if matches!(plain_name(&call.method).as_str(), "replace" | "insert")
                && text::full(&call.receiver) == field =>
        {
            Step::Found
        }
        _ => Step::Into,
    })
}

fn check_notify<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    let LoopKind::While(condition) = looped.kind else { return };
    if !cx.in_coroutine() || matches!(peel(condition), Expr::Let(_) | Expr::Lit(_)) {
        return;
    }
    for stmt in &looped.body.stmts {
        let Stmt::Expr(expr, _) = stmt else { continue };
        let Expr::Await(awaited) = peel(expr) else { continue };
        let Some(call) = method_call(&awaited.base).filter(|call| call.method == "notified") else {
            continue;
        };
        let notify = ["tokio::sync::Notify"];
        let Some(question) = is_one_of(cx, &call.receiver, &notify, QuestionKind::Notify) else { continue };
        let receiver = text::short(&call.receiver);
        let draft = Draft::at(&call.method, "a notification in front of this is missed")
            .label("begins to listen here")
            .related(Place::of(condition), "what is waited for was looked at before")
            .help(format!(
                "in a `loop`: make `let mut notified = pin!({receiver}.notified())`, call `notified.as_mut().enable()`, \
                 then look, then await it"
            ))
            .ask(question);
        cx.report(draft);
    }
}
