//! A loop that tries again at once.

use syn::{Expr, Stmt};

use super::super::attempt::{Attempt, Outcome, counts_attempts, is_range};
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::MacroKind;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, patterns, peel, plain_name};
use crate::walk::{Cx, Hook, Loop, LoopKind};
use crate::words::OUTCOME_IN_LOOP;

pub(crate) static RETRY_WITHOUT_PAUSE: Rule = Rule {
    name: "retry_without_pause",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a loop that tries again at once after a failure",
    explanation: "The loop ends with a success, and after a failure it tries again without a pause. What fails at once, \
                  as a refused connection does, is asked thousands of times a second, by every caller together.",
    blind_spots: "Silent if the failure does anything but to log, to count and to leave: it may change what is tried \
                  next. Silent as well if only some errors are tried again.",
    bad: "async fn connect(address: &str) -> tokio::net::TcpStream {\n    \
          loop {\n        \
          match tokio::net::TcpStream::connect(address).await {\n            \
          Ok(stream) => return stream,\n            \
          Err(error) => println!(\"{error}, trying again\"),\n        \
          }\n    \
          }\n\
          }\n",
    good: "#[steadfast::retry(on = any, attempts = 10, backoff = exp(100ms, cap = 30s))]\n\
           async fn connect(address: &str) -> std::io::Result<tokio::net::TcpStream> {\n    \
           tokio::net::TcpStream::connect(address).await\n\
           }\n",
    triggers: &[OUTCOME_IN_LOOP],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_pause)],
};

/// Calls that wait by themselves, or whose failure is the end.
const WAITING: [&str; 12] = [
    "recv",
    "next",
    "changed",
    "tick",
    "wait",
    "timeout",
    "timeout_at",
    "sleep",
    "poll",
    "lock",
    "read",
    "prompt",
];

fn check_pause<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine() || !is_retry(looped) {
        return;
    }
    let Some(attempt) = Attempt::of(looped) else { return };
    let leaves = |outcome: &Outcome<'a>| {
        let exits = outcome.exits(cx, looped);
        exits.leaves && !exits.falls_through && !exits.continues
    };
    if !attempt.success.iter().any(leaves)
        || waits_itself(cx, attempt.operation)
        || differs(cx, attempt.before, attempt.operation)
    {
        return;
    }
    let spins = |outcome: &&Outcome<'a>| {
        let exits = attempt.exits(cx, looped, **outcome);
        (exits.falls_through || exits.continues)
            && outcome.pattern.is_none_or(takes_all)
            && !attempt.pauses(cx, looped, **outcome)
            && outcome.code.is_none_or(|code| only_logs(cx, code, outcome.pattern))
            && only_logs(cx, Within::Statements(attempt.after), outcome.pattern)
    };
    let Some(outcome) = attempt.failure.iter().find(spins) else { return };
    let place = outcome.pattern.map_or_else(|| Place::of(attempt.operation), Place::of);
    let draft = Draft::new(place, "after a failure this tries again at once")
        .label("neither pauses nor leaves the loop")
        .related(looped.place(), "the loop that tries again")
        .help(
            "wait here, longer each time, or put `#[steadfast::retry(on = any)]` on a function that \
               tries once",
        );
    cx.report(draft);
}

/// Whether something is made anew for each attempt: `let port = random(); match bind(port).await { .. }`.
fn differs<'a>(cx: &Cx<'a>, before: &'a [Stmt], operation: &'a Expr) -> bool {
    before.iter().any(|stmt| {
        let Stmt::Local(local) = stmt else { return false };
        let mut is_used = false;
        patterns::bound_names(&local.pat, &mut |name| {
            is_used |= search::mentions(cx.macros, Within::Expr(operation), &plain_name(name));
        });
        is_used
    })
}

/// A loop that does the same thing in each round: over numbers, or endless.
fn is_retry(looped: &Loop<'_>) -> bool {
    match looped.kind {
        LoopKind::Loop => true,
        LoopKind::While(condition) => !matches!(peel(condition), Expr::Let(_)),
        LoopKind::For(pattern, range) => {
            // `for port in 8000..9000` tries something else each time.
            is_range(range) && (patterns::is_wild(pattern) || counts_attempts(looped))
        }
    }
}

/// `Err(_)`, `Err(error)`, without a guard.
fn takes_all(pattern: &syn::Pat) -> bool {
    let syn::Pat::TupleStruct(tuple) = pattern else { return false };
    tuple.elems.iter().all(|inner| patterns::is_wild(inner) || patterns::sole_binding(inner).is_some())
}

fn waits_itself<'a>(cx: &Cx<'a>, operation: &'a Expr) -> bool {
    search::search(cx.macros, Within::Expr(operation), &mut |piece| {
        let name = match piece {
            Piece::Expr(Expr::MethodCall(call)) => Some(plain_name(&call.method)),
            Piece::Expr(Expr::Call(call)) => {
                callee(&call.func).and_then(|path| path.segments.last()).map(|last| plain_name(&last.ident))
            }
            Piece::Macro(_) => return Step::Found,
            Piece::Expr(_) => None,
        };
        let waits = name.is_some_and(|name| {
            WAITING.contains(&name.as_str())
                || ["wait", "retry", "backoff"].iter().any(|word| name.contains(word))
        });
        if waits { Step::Found } else { Step::Into }
    })
}

/// Whether code does nothing that can change the next attempt: it logs, counts, keeps the error, and leaves.
fn only_logs<'a>(cx: &Cx<'a>, code: Within<'a>, pattern: Option<&'a syn::Pat>) -> bool {
    let mut errors = Vec::new();
    if let Some(pattern) = pattern {
        patterns::bound_names(pattern, &mut |name| errors.push(plain_name(name)));
    }
    let about_error =
        |expr: &'a Expr| errors.iter().any(|name| search::mentions(cx.macros, Within::Expr(expr), name));
    !search::search(cx.macros, code, &mut |piece| match piece {
        Piece::Macro(mac) if MacroKind::of(mac).borrows() => Step::Over,
        Piece::Macro(_) => Step::Found,
        Piece::Expr(Expr::Return(_) | Expr::Break(_)) => Step::Over,
        Piece::Expr(expr @ (Expr::Call(_) | Expr::MethodCall(_) | Expr::Assign(_))) => {
            if about_error(expr) || is_question(expr) { Step::Over } else { Step::Found }
        }
        Piece::Expr(_) => Step::Into,
    })
}

/// A call that only asks: what time it is, whether to stop.
fn is_question(expr: &Expr) -> bool {
    let name = match expr {
        Expr::MethodCall(call) => plain_name(&call.method),
        Expr::Call(call) => match callee(&call.func).and_then(|path| path.segments.last()) {
            Some(last) => plain_name(&last.ident),
            None => return false,
        },
        _ => return false,
    };
    matches!(name.as_str(), "now" | "elapsed" | "is_cancelled" | "is_closed" | "saturating_sub" | "load")
}
