//! Loops over channels that end too early.

use syn::{Expr, ExprMatch, Local, Pat, Stmt};

use super::lossy::is_one_of;
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::exits::exits;
use crate::syntax::patterns;
use crate::syntax::search::{self, Within};
use crate::syntax::{method_call, peel, plain_name, text};
use crate::walk::{Cx, Hook, Loop, LoopKind};

pub(crate) static BROADCAST_LAG_ENDS_LOOP: Rule = Rule {
    name: "broadcast_lag_ends_loop",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "a loop over a broadcast channel that ends when it has fallen behind",
    explanation: "A `broadcast::Receiver` that was too slow gets `Err(Lagged(n))` once and then the next message. A \
                  loop that ends at any error ends at that one too: under load the consumer is gone, without a word, \
                  while the sender lives.",
    blind_spots: "A loop that ends by `?` hands the error on, and is let pass. A receiver behind a wrapper of your own \
                  is not seen.",
    bad: "async fn follow(mut events: tokio::sync::broadcast::Receiver<String>) {\n    \
          while let Ok(event) = events.recv().await {\n        \
          println!(\"{event}\");\n    \
          }\n\
          }\n",
    good: "use tokio::sync::broadcast::error::RecvError;\n\
           async fn follow(mut events: tokio::sync::broadcast::Receiver<String>) {\n    \
           loop {\n        \
           match events.recv().await {\n            \
           Ok(event) => println!(\"{event}\"),\n            \
           Err(RecvError::Lagged(missed)) => println!(\"too slow: {missed} missed\"),\n            \
           Err(RecvError::Closed) => break,\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &["recv"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_lag)],
};

/// The receiver of `receiver.recv().await`.
fn received(expr: &Expr) -> Option<&Expr> {
    let Expr::Await(awaited) = peel(expr) else { return None };
    let call = method_call(&awaited.base)?;
    (call.method == "recv" && call.args.is_empty()).then_some(&*call.receiver)
}

fn check_lag<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if let LoopKind::While(condition) = looped.kind {
        let Expr::Let(condition) = peel(condition) else { return };
        let Some(receiver) = received(&condition.expr) else { return };
        if patterns::variant(&condition.pat).as_deref() == Some("Ok") {
            report_lag(cx, receiver, &Ending::While(&condition.pat));
        }
        return;
    }
    if !looped.is_endless() {
        return;
    }
    for stmt in &looped.body.stmts {
        let found = match stmt {
            Stmt::Local(local) => let_else(cx, looped, local).or_else(|| {
                let init = local.init.as_ref()?;
                matched_error(cx, looped, &init.expr)
            }),
            Stmt::Expr(expr, _) => matched_error(cx, looped, expr),
            _ => None,
        };
        if let Some((receiver, ending)) = found {
            // Asked in front of the loop, so the receiver must be older than its body.
            report_lag(cx, receiver, &ending);
        }
    }
}

/// The pattern at which a loop ends, whatever the error.
enum Ending<'a> {
    /// `while let Ok(message) = ..`
    While(&'a Pat),
    /// `let Ok(message) = .. else { break };`
    LetElse(&'a Pat),
    /// `Err(_) => break`
    Arm(&'a Pat),
}

/// `let Ok(message) = receiver.recv().await else { break };`
fn let_else<'a>(cx: &Cx<'a>, looped: &Loop<'a>, local: &'a Local) -> Option<(&'a Expr, Ending<'a>)> {
    let init = local.init.as_ref()?;
    let (_, diverge) = init.diverge.as_ref()?;
    let receiver = received(&init.expr)?;
    let leaves = patterns::variant(&local.pat).as_deref() == Some("Ok") && leaves(cx, looped, diverge);
    leaves.then_some((receiver, Ending::LetElse(&local.pat)))
}

/// `match receiver.recv().await { Ok(..) => .., Err(_) => break }`
fn matched_error<'a>(cx: &Cx<'a>, looped: &Loop<'a>, expr: &'a Expr) -> Option<(&'a Expr, Ending<'a>)> {
    let Expr::Match(decision) = peel(expr) else { return None };
    let receiver = received(&decision.expr)?;
    if !decision.arms.iter().any(|arm| patterns::variant(&arm.pat).as_deref() == Some("Ok")) {
        return None;
    }
    let arm = decision.arms.iter().find(|arm| is_any_error(&arm.pat))?;
    let is_told_apart =
        distinguishes(decision) || search::mentions(cx.macros, Within::Expr(&arm.body), "Lagged");
    let is_over = !is_told_apart && leaves(cx, looped, &arm.body) && !inspects(cx, arm);
    is_over.then_some((receiver, Ending::Arm(&arm.pat)))
}

/// `Err(_)`, `Err(error)` or `_`, without a guard.
pub(super) fn is_any_error(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::TupleStruct(tuple) => {
            patterns::variant(pattern).as_deref() == Some("Err")
                && tuple
                    .elems
                    .iter()
                    .all(|inner| patterns::is_wild(inner) || patterns::sole_binding(inner).is_some())
        }
        _ => false,
    }
}

/// Whether an arm is about one kind of error only.
fn distinguishes(decision: &ExprMatch) -> bool {
    decision.arms.iter().any(|arm| {
        let pattern = patterns::unguarded(&arm.pat);
        patterns::variant(pattern).as_deref() == Some("Err")
            && (!is_any_error(pattern) || patterns::guard(&arm.pat).is_some())
    })
}

/// Whether the error is used for more than a log line: `match error { .. }`, `if error == ..`, `return Err(error)`.
fn inspects<'a>(cx: &Cx<'a>, arm: &'a syn::Arm) -> bool {
    let mut names = Vec::new();
    patterns::bound_names(&arm.pat, &mut |name| names.push(plain_name(name)));
    search::search(cx.macros, Within::Expr(&arm.body), &mut |piece| {
        let looked_at = match piece {
            search::Piece::Expr(Expr::Match(inner)) => Some(&*inner.expr),
            // Handed on, as `?` does.
            search::Piece::Expr(Expr::Return(inner)) => inner.expr.as_deref(),
            search::Piece::Expr(Expr::If(inner)) => Some(&*inner.cond),
            _ => None,
        };
        let is_error =
            |expr: &'a Expr| names.iter().any(|name| search::mentions(cx.macros, Within::Expr(expr), name));
        if looked_at.is_some_and(is_error) { search::Step::Found } else { search::Step::Into }
    })
}

/// Whether every way through `code` leaves the loop.
fn leaves<'a>(cx: &Cx<'a>, looped: &Loop<'a>, code: &'a Expr) -> bool {
    let exits = exits(cx.macros, Within::Expr(code), looped.label);
    exits.leaves && !exits.falls_through && !exits.continues
}

fn report_lag(cx: &mut Cx<'_>, receiver: &Expr, ending: &Ending<'_>) {
    let receivers = ["tokio::sync::broadcast::Receiver"];
    let Some(question) = is_one_of(cx, receiver, &receivers, QuestionKind::BroadcastReceiver) else { return };
    let lagged =
        format!("Err({}(_)) => continue", cx.in_scope("tokio::sync::broadcast::error::RecvError::Lagged"));
    let (pattern, label, help) = match *ending {
        Ending::While(ok) => {
            let help = format!(
                "write `loop {{ match {}.recv().await {{ {} => .., {lagged}, Err(_) => break }} }}`",
                text::short(receiver),
                text::short(ok)
            );
            (ok, "the first error ends the loop", help)
        }
        Ending::LetElse(ok) => {
            (ok, "any error ends the loop here", format!("write a `match` instead, with an arm `{lagged}`"))
        }
        Ending::Arm(err) => (err, "any error ends the loop here", format!("add an arm in front: `{lagged}`")),
    };
    let draft = Draft::at(pattern, "falling behind ends this loop, though the sender lives")
        .label(label)
        .related(Place::of(receiver), "a `broadcast::Receiver` answers `Lagged` once when it was too slow")
        .help(help)
        .ask(question);
    cx.report(draft);
}
