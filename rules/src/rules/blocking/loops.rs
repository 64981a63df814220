//! Loops that never give the thread back.

use syn::{Expr, Stmt};

use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::syntax::exits::exits;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, peel, plain_name};
use crate::walk::{Cx, Hook, Loop, LoopKind};

pub(crate) static LOOP_WITHOUT_AWAIT: Rule = Rule {
    name: "loop_without_await",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "an endless loop in async code that never awaits",
    explanation: "A task gives its thread back at an await and nowhere else. This one never does: no other task on the \
                  thread goes on, nothing cancels it, and the runtime cannot shut down.",
    blind_spots: "A loop that something can end is let pass, however long it runs. So is one with a macro that cannot be \
                  read.",
    bad: "async fn work(step: fn()) {\n    loop {\n        step();\n    }\n}\n",
    good: "async fn work(step: fn()) {\n    loop {\n        step();\n        tokio::task::yield_now().await;\n    }\n}\n",
    triggers: &["loop", "while"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Loop(check_endless)],
};

pub(crate) static SPIN_WAIT: Rule = Rule {
    name: "spin_wait",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "spinning until an atomic changes, in async code",
    explanation: "The thread is kept busy until somebody else changes the value. If that is a task on the same thread, it \
                  never gets to it.",
    blind_spots: "A loop that does anything beside waiting is let pass.",
    bad: "use std::sync::atomic::{AtomicBool, Ordering};\nasync fn until(ready: &AtomicBool) {\n    \
          while !ready.load(Ordering::Acquire) {\n        std::hint::spin_loop();\n    }\n}\n",
    good: "async fn until(ready: &tokio::sync::Notify) {\n    ready.notified().await;\n}\n",
    triggers: &["load", "compare_exchange", "compare_exchange_weak", "swap", "spin_loop", "yield_now"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_spin)],
};

fn check_endless<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine() || !looped.is_endless() || is_spinning(cx, looped) {
        return;
    }
    // `loop {}` is clippy's `empty_loop`, and what attributes write where a value of any type is needed.
    if looped.body.stmts.is_empty() {
        return;
    }
    let body = Within::Block(looped.body);
    if search::may_suspend(cx.macros, body) || ends_process(cx, body) {
        return;
    }
    let ways = exits(cx.macros, body, looped.label);
    if ways.leaves || ways.fails || !(ways.falls_through || ways.continues) {
        return;
    }
    let yield_now = cx.in_scope("tokio::task::yield_now");
    let draft = Draft::new(looped.place(), "this loop never ends and never gives its thread back")
        .label("no `await`, no way out")
        .help(format!(
            "await something in it, at least `{yield_now}().await`, or run it on a thread of its own"
        ));
    cx.report(draft);
}

/// Whether something in the loop ends the process, which is a way out.
fn ends_process<'a>(cx: &Cx<'a>, body: Within<'a>) -> bool {
    search::search(cx.macros, body, &mut |piece| match piece {
        Piece::Expr(Expr::Call(call)) => {
            let last = callee(&call.func).and_then(|path| path.segments.last());
            let ends = last
                .is_some_and(|last| matches!(plain_name(&last.ident).as_str(), "exit" | "abort" | "exec"));
            if ends { Step::Found } else { Step::Into }
        }
        _ => Step::Into,
    })
}

fn check_spin<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !(cx.on_runtime() || cx.context.in_poll) || !is_spinning(cx, looped) {
        return;
    }
    let notify = cx.in_scope("tokio::sync::Notify");
    let draft =
        Draft::new(looped.place(), "the runtime's thread spins until another thread changes the value")
            .label("nothing else runs on this thread meanwhile")
            .help(format!("use `{notify}` or a `watch` channel and await it"));
    super::site::report(cx, draft);
}

/// Whether a loop does nothing but wait for an atomic to change.
fn is_spinning<'a>(cx: &Cx<'a>, looped: &Loop<'a>) -> bool {
    match looped.kind {
        LoopKind::While(condition) => reads_atomic(cx, condition) && looped.body.stmts.iter().all(is_pause),
        // `loop { if ready.load(..) { break; } spin_loop(); }`
        LoopKind::Loop => {
            let mut checks = 0;
            let only_waits = looped.body.stmts.iter().all(|stmt| {
                if is_pause(stmt) {
                    return true;
                }
                let Stmt::Expr(Expr::If(branch), _) = stmt else { return false };
                checks += 1;
                let leaves = branch.then_branch.stmts.iter().all(|stmt| {
                    matches!(stmt, Stmt::Expr(expr, _) if matches!(peel(expr), Expr::Break(_) | Expr::Return(_)))
                });
                reads_atomic(cx, &branch.cond)
                    && leaves
                    && branch.else_branch.as_ref().is_none_or(|(_, other)| is_pausing_block(other))
            });
            only_waits && checks == 1
        }
        LoopKind::For(..) => false,
    }
}

fn is_pausing_block(expr: &Expr) -> bool {
    matches!(peel(expr), Expr::Block(block) if block.block.stmts.iter().all(is_pause))
}

fn is_pause(stmt: &Stmt) -> bool {
    let Stmt::Expr(expr, _) = stmt else { return false };
    match peel(expr) {
        Expr::Call(call) => callee(&call.func).and_then(|path| path.segments.last()).is_some_and(|last| {
            call.args.is_empty()
                && matches!(plain_name(&last.ident).as_str(), "spin_loop" | "yield_now" | "spin_loop_hint")
        }),
        Expr::Continue(_) => true,
        _ => false,
    }
}

/// Whether the expression looks at an atomic: `x.load(Ordering::Acquire)` and its kin, and awaits nothing.
fn reads_atomic<'a>(cx: &Cx<'a>, expr: &'a Expr) -> bool {
    const METHODS: [&str; 5] = ["load", "swap", "compare_exchange", "compare_exchange_weak", "fetch_or"];
    const ORDERINGS: [&str; 5] = ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"];
    let is_ordering = |argument: &Expr| match peel(argument) {
        Expr::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| ORDERINGS.contains(&plain_name(&last.ident).as_str())),
        _ => false,
    };
    let within = Within::Expr(expr);
    let reads = search::search(cx.macros, within, &mut |piece| match piece {
        Piece::Expr(Expr::MethodCall(call)) if METHODS.contains(&plain_name(&call.method).as_str()) => {
            if call.args.last().is_some_and(is_ordering) { Step::Found } else { Step::Into }
        }
        _ => Step::Into,
    });
    reads && !search::may_suspend(cx.macros, within)
}
