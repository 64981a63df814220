//! Loops that ask again and again where they could wait.

use syn::{Block, Expr, ExprMethodCall, Stmt};

use super::durations::pause;
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::MacroKind;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::text::short;
use crate::syntax::{peel, plain_name, statement_expr};
use crate::walk::{Cx, Hook, Loop, LoopKind};

pub(crate) static BUSY_WAIT_SLEEP: Rule = Rule {
    name: "busy_wait_sleep",
    family: Family::Resources,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a loop that sleeps until something in the program has changed",
    explanation: "The loop wakes up for nothing as long as nothing has changed, and sleeps on after it has. A `Notify`, \
                  a `watch` channel or the handle of the task wakes it at the right moment, and costs nothing until then.",
    blind_spots: "Only conditions on state of the program are reported: flags, collections, tasks, locks. What another \
                  program changes, files and services, can often only be asked for.",
    bad: "async fn wait(ready: &std::sync::atomic::AtomicBool) {\n    \
          while !ready.load(std::sync::atomic::Ordering::Acquire) {\n        \
          tokio::time::sleep(std::time::Duration::from_millis(50)).await;\n    }\n}\n",
    good: "async fn wait(ready: &tokio::sync::Notify) {\n    ready.notified().await;\n}\n",
    triggers: &["sleep", "yield_now"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_busy)],
};

pub(crate) static TRY_RECV_POLL_LOOP: Rule = Rule {
    name: "try_recv_poll_loop",
    family: Family::Resources,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a loop of `try_recv` and `sleep` where `recv` waits by itself",
    explanation: "Every message waits for the end of a sleep, and an empty channel costs a wake-up per round. \
                  `recv().await` takes a message the moment it is there.",
    blind_spots: "A loop that awaits anything else as well has other work to do and is let pass.",
    bad: "async fn run(mut jobs: tokio::sync::mpsc::Receiver<u8>) {\n    loop {\n        \
          if let Ok(job) = jobs.try_recv() {\n            println!(\"{job}\");\n        }\n        \
          tokio::time::sleep(std::time::Duration::from_millis(20)).await;\n    }\n}\n",
    good: "async fn run(mut jobs: tokio::sync::mpsc::Receiver<u8>) {\n    \
           while let Some(job) = jobs.recv().await {\n        println!(\"{job}\");\n    }\n}\n",
    triggers: &["try_recv"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_try_recv)],
};

/// Methods that look at state of the program itself, which somebody changes who could say so.
const STATE: [&str; 22] = [
    "load",
    "is_empty",
    "len",
    "is_finished",
    "lock",
    "try_lock",
    "borrow",
    "get",
    "contains_key",
    "strong_count",
    "is_closed",
    "is_cancelled",
    "available_permits",
    "is_some",
    "is_none",
    "is_terminated",
    "receiver_count",
    "load_full",
    "is_set",
    "initialized",
    "is_locked",
    "is_idle",
];

/// The loop, if it does nothing but look at a condition and sleep: the condition and the pause.
pub(super) fn busy_wait<'a>(cx: &Cx<'a>, looped: &Loop<'a>) -> Option<(&'a Expr, Place)> {
    let (condition, rest): (&Expr, &[Stmt]) = match looped.kind {
        LoopKind::While(condition) => (condition, &looped.body.stmts),
        LoopKind::Loop => leaving_if(looped.body)?,
        LoopKind::For(..) => return None,
    };
    let [only] = rest else { return None };
    let sleep = statement_expr(only)?;
    pause(cx, sleep)?;
    (looks_at_state(cx, condition)).then(|| (condition, Place::of(sleep)))
}

/// `loop { if condition { break; } .. }`: the condition, and what follows.
fn leaving_if(body: &Block) -> Option<(&Expr, &[Stmt])> {
    let (first, rest) = body.stmts.split_first()?;
    let Expr::If(branch) = statement_expr(first)? else { return None };
    let leaves = match branch.then_branch.stmts.as_slice() {
        [only] => matches!(statement_expr(only)?, Expr::Break(_) | Expr::Return(_)),
        _ => false,
    };
    (leaves && branch.else_branch.is_none()).then_some((&branch.cond, rest))
}

fn looks_at_state<'a>(cx: &Cx<'a>, condition: &'a Expr) -> bool {
    let mut looks = false;
    let asks_elsewhere = search::search(cx.macros, Within::Expr(condition), &mut |piece| match piece {
        Piece::Expr(Expr::MethodCall(call)) => {
            looks |= STATE.contains(&plain_name(&call.method).as_str());
            Step::Into
        }
        // `*flag.lock().await` is as much a look at state as `flag.load()`.
        Piece::Expr(Expr::Await(awaited)) => match peel(&awaited.base) {
            Expr::MethodCall(call)
                if matches!(plain_name(&call.method).as_str(), "lock" | "read") && call.args.is_empty() =>
            {
                looks = true;
                Step::Into
            }
            _ => Step::Found,
        },
        Piece::Expr(Expr::Call(_) | Expr::Let(_) | Expr::Try(_)) | Piece::Macro(_) => Step::Found,
        Piece::Expr(_) => Step::Into,
    });
    looks && !asks_elsewhere
}

fn check_busy<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine() {
        return;
    }
    let Some((condition, sleep)) = busy_wait(cx, looped) else { return };
    let condition = short(condition);
    let draft = Draft::new(looped.place(), "this wakes up again and again, and is late when it counts")
        .label(format!("asks `{condition}` in every round"))
        .related(sleep, "sleeps on, even if it is true by now")
        .help("let whoever changes it call `notify_waiters` of a `tokio::sync::Notify`, or send it through a `watch` channel");
    cx.report(draft);
}

fn check_try_recv<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine() {
        return;
    }
    let Some(receive) = try_recv_poll(cx, looped) else { return };
    let receiver = short(&receive.receiver);
    let is_of_tokio = cx.names.type_of(&receive.receiver).is_none_or(|ty| ty.starts_with("tokio::"));
    let (make, more) = if is_of_tokio {
        ("", ", and `select!` with an interval if there is something to do in between")
    } else {
        ("make the channel with `tokio::sync::mpsc::channel(bound)` and ", "")
    };
    let draft = Draft::at(&receive.method, "every message waits until a sleep is over")
        .label("looks into the channel instead of waiting for it")
        .help(format!("{make}write `{receiver}.recv().await`{more}"));
    cx.report(draft);
}

/// The `try_recv` of a loop that awaits nothing but a pause.
pub(super) fn try_recv_poll<'a>(cx: &Cx<'a>, looped: &Loop<'a>) -> Option<&'a ExprMethodCall> {
    let (mut receive, mut pauses, mut inner) = (None, false, false);
    let mut look = |within: Within<'a>| {
        search::search(cx.macros, within, &mut |piece| match piece {
            _ if search::leaves_coroutine(piece) => Step::Over,
            // A loop that empties the channel is one step of the loop around it.
            Piece::Expr(expr) if Loop::of(expr).is_some() => {
                inner = true;
                Step::Over
            }
            Piece::Expr(expr) if pause(cx, expr).is_some() => {
                pauses = true;
                Step::Over
            }
            Piece::Expr(Expr::Await(_)) => Step::Found,
            Piece::Macro(mac) if MacroKind::of(mac).suspends() => Step::Found,
            Piece::Expr(Expr::MethodCall(call)) if call.method == "try_recv" => {
                receive = Some(call);
                Step::Into
            }
            _ => Step::Into,
        })
    };
    let mut other = look(Within::Block(looped.body));
    if let LoopKind::While(condition) = looped.kind {
        other |= look(Within::Expr(condition));
    }
    receive.filter(|_| pauses && !other && !inner)
}
