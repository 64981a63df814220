//! Loops over channels that end too early, or never.

use syn::{Block, Expr, ExprMatch, Local, Pat, Stmt};

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

pub(crate) static CLOSED_CHANNEL_SPIN: Rule = Rule {
    name: "closed_channel_spin",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "an endless loop over a channel that does not leave when the channel is closed",
    explanation: "A closed and empty channel answers `None` at once, every time. A loop that just asks again takes a \
                  whole core and never gives control back, millions of times a second.",
    blind_spots: "Only `loop { .. }` whose body asks one channel is looked at, and only if nothing else in it waits. \
                  An exit on any other condition counts as a way out.",
    bad: "async fn serve(mut jobs: tokio::sync::mpsc::Receiver<String>) {\n    \
          loop {\n        \
          if let Some(job) = jobs.recv().await {\n            \
          println!(\"{job}\");\n        \
          }\n    \
          }\n\
          }\n",
    good: "async fn serve(mut jobs: tokio::sync::mpsc::Receiver<String>) {\n    \
           while let Some(job) = jobs.recv().await {\n        \
           println!(\"{job}\");\n    \
           }\n\
           }\n",
    triggers: &["recv"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_spin)],
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
fn is_any_error(pattern: &Pat) -> bool {
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

const RECEIVERS: [&str; 2] = ["tokio::sync::mpsc::Receiver", "tokio::sync::mpsc::UnboundedReceiver"];

fn check_spin<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !looped.is_endless() {
        return;
    }
    for (index, stmt) in looped.body.stmts.iter().enumerate() {
        let Some(asked) = asked(stmt) else { continue };
        if !comes_back(cx, looped, &asked, index) {
            continue;
        }
        let Some(question) = is_one_of(cx, asked.receiver, &RECEIVERS, QuestionKind::MpscReceiver) else {
            continue;
        };
        let draft = Draft::new(asked.place, "once the channel is closed, this loop spins and never yields")
            .label("a closed channel answers `None` at once, and nothing here leaves the loop")
            .help(asked.help)
            .ask(question);
        cx.report(draft);
        return;
    }
}

/// A statement that asks a channel, and what runs if it is closed.
struct Asked<'a> {
    receiver: &'a Expr,
    place: Place,
    when_closed: Option<&'a Expr>,
    help: String,
}

fn asked(stmt: &Stmt) -> Option<Asked<'_>> {
    if let Stmt::Local(local) = stmt {
        let init = local.init.as_ref()?;
        let (_, diverge) = init.diverge.as_ref()?;
        let receiver = received(&init.expr)?;
        let is_some = patterns::variant(&local.pat).as_deref() == Some("Some");
        let help = "write `break` in the `else`".to_owned();
        return is_some.then(|| Asked {
            receiver,
            place: Place::of(&local.pat),
            when_closed: Some(diverge),
            help,
        });
    }
    let Stmt::Expr(expr, _) = stmt else { return None };
    match peel(expr) {
        Expr::If(branch) => {
            let Expr::Let(condition) = peel(&branch.cond) else { return None };
            let receiver = received(&condition.expr)?;
            (patterns::variant(&condition.pat).as_deref() == Some("Some")).then(|| Asked {
                receiver,
                place: Place::of(&condition.pat),
                when_closed: branch.else_branch.as_ref().map(|(_, other)| &**other),
                help: format!(
                    "write `while let {} = {}`",
                    text::short(&*condition.pat),
                    text::short(&*condition.expr)
                ),
            })
        }
        Expr::Match(decision) => {
            let receiver = received(&decision.expr)?;
            let is_some = |arm: &syn::Arm| patterns::variant(&arm.pat).as_deref() == Some("Some");
            decision.arms.iter().find(|arm| is_some(arm))?;
            let closed = decision.arms.iter().find(|arm| {
                patterns::is_wild(&arm.pat) || patterns::variant(&arm.pat).as_deref() == Some("None")
            })?;
            Some(Asked {
                receiver,
                place: Place::of(&closed.pat),
                when_closed: Some(&closed.body),
                help: "write `None => break`".to_owned(),
            })
        }
        _ => None,
    }
}

/// Whether a closed channel leads back to it without a pause or a way out.
fn comes_back<'a>(cx: &Cx<'a>, looped: &Loop<'a>, asked: &Asked<'a>, index: usize) -> bool {
    let body: &'a Block = looped.body;
    let (before, after) = (&body.stmts[..index], &body.stmts[index + 1..]);
    let ways = |within| exits(cx.macros, within, looped.label);
    let waits = |within| search::may_suspend(cx.macros, within);
    let mut way = ways(Within::Statements(before));
    let mut pauses = waits(Within::Statements(before));
    if let Some(code) = asked.when_closed {
        way = way.then(ways(Within::Expr(code)));
        pauses |= waits(Within::Expr(code));
    }
    if way.falls_through {
        way = way.then(ways(Within::Statements(after)));
        pauses |= waits(Within::Statements(after));
    }
    !pauses && !way.leaves && !way.fails && (way.falls_through || way.continues)
}
