//! Loops that try again, and do it wrong.

use syn::{Expr, Stmt};

use super::attempt::{Attempt, Outcome, counts_attempts, is_range};
use super::lossy::is_item;
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::MacroKind;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, patterns, peel, plain_name};
use crate::walk::{Cx, Hook, Loop, LoopKind};
use crate::words::OUTCOME_IN_LOOP;

pub(crate) static RETRY_NEVER_LEAVES_ON_OK: Rule = Rule {
    name: "retry_never_leaves_on_ok",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "a retry loop that goes on after a success",
    explanation: "The loop tries again after a failure, and after a success as well: nothing on that way leaves it. \
                  What has succeeded is done over and over until the attempts are used up.",
    blind_spots: "A loop counts as a retry by the names in its head: attempt, retry, tries. One that awaits something \
                  after the success, or counts it, is let pass: it may work in rounds on purpose.",
    bad: "async fn register() {\n    \
          for attempt in 1..=3 {\n        \
          match tokio::fs::create_dir(\"registered\").await {\n            \
          Ok(()) => println!(\"registered\"),\n            \
          Err(error) => {\n                \
          println!(\"attempt {attempt}: {error}\");\n                \
          tokio::time::sleep(std::time::Duration::from_secs(1)).await;\n            \
          }\n        \
          }\n    \
          }\n\
          }\n",
    good: "async fn register() {\n    \
           for attempt in 1..=3 {\n        \
           match tokio::fs::create_dir(\"registered\").await {\n            \
           Ok(()) => {\n                \
           println!(\"registered\");\n                \
           break;\n            \
           }\n            \
           Err(error) => {\n                \
           println!(\"attempt {attempt}: {error}\");\n                \
           tokio::time::sleep(std::time::Duration::from_secs(1)).await;\n            \
           }\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &[OUTCOME_IN_LOOP],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_success)],
};

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

pub(crate) static SLEEP_AFTER_LAST_ATTEMPT: Rule = Rule {
    name: "sleep_after_last_attempt",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a retry loop sleeps after the last failure too, then gives up",
    explanation: "The pause is there for the next attempt. After the last one there is none: the caller waits, with the \
                  longest pause of all if it grows, for an error that is known already.",
    blind_spots: "Only `for .. in` a range is looked at, and only a pause that every failed round takes.",
    bad: "async fn load() -> Option<String> {\n    \
          for attempt in 0..5 {\n        \
          match tokio::fs::read_to_string(\"page\").await {\n            \
          Ok(page) => return Some(page),\n            \
          Err(error) => {\n                \
          println!(\"attempt {attempt}: {error}\");\n                \
          tokio::time::sleep(std::time::Duration::from_secs(1)).await;\n            \
          }\n        \
          }\n    \
          }\n    \
          None\n\
          }\n",
    good: "async fn load() -> Option<String> {\n    \
           for attempt in 0..5 {\n        \
           if attempt > 0 {\n            \
           tokio::time::sleep(std::time::Duration::from_secs(1)).await;\n        \
           }\n        \
           match tokio::fs::read_to_string(\"page\").await {\n            \
           Ok(page) => return Some(page),\n            \
           Err(error) => println!(\"attempt {attempt}: {error}\"),\n        \
           }\n    \
           }\n    \
           None\n\
           }\n",
    triggers: &["sleep"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_last)],
};

fn check_success<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine() || !counts_attempts(looped) {
        return;
    }
    let Some(attempt) = Attempt::of(looped) else { return };
    let before = crate::syntax::exits::exits(cx.macros, Within::Statements(attempt.before), looped.label);
    if before.leaves || before.fails {
        return;
    }
    let stays = |outcome: &Outcome<'a>| {
        let exits = attempt.exits(cx, looped, *outcome);
        (exits.falls_through || exits.continues) && !exits.leaves && !exits.fails
    };
    let quiet = |outcome: &Outcome<'a>| outcome.code.is_none_or(|code| !does_work(cx, looped, code));
    let tries_again = attempt.failure.iter().any(|outcome| {
        let exits = attempt.exits(cx, looped, *outcome);
        exits.falls_through || exits.continues
    });
    if !tries_again || !attempt.success.iter().all(|outcome| stays(outcome) && quiet(outcome)) {
        return;
    }
    let place = attempt.success.iter().find_map(|outcome| outcome.pattern);
    let place = place.map_or_else(|| Place::of(attempt.operation), Place::of);
    let draft = Draft::new(place, "after a success the loop does it all again")
        .label("nothing on this way leaves the loop")
        .related(looped.place(), "the loop that tries again")
        .help("write `break` or `return` after the success");
    cx.report(draft);
}

/// Whether the code after a success waits, counts, collects, or touches what ends the loop.
fn does_work<'a>(cx: &Cx<'a>, looped: &Loop<'a>, code: Within<'a>) -> bool {
    let head = match looped.kind {
        LoopKind::While(condition) => names_of(cx, condition),
        _ => Vec::new(),
    };
    search::may_suspend(cx.macros, code)
        || head.iter().any(|name| search::mentions(cx.macros, code, name))
        || search::search(cx.macros, code, &mut |piece| match piece {
            Piece::Expr(Expr::Binary(binary)) if is_compound(&binary.op) => Step::Found,
            Piece::Expr(Expr::MethodCall(call))
                if matches!(
                    plain_name(&call.method).as_str(),
                    "push" | "insert" | "extend" | "fetch_add" | "record"
                ) =>
            {
                Step::Found
            }
            _ => Step::Into,
        })
}

fn is_compound(op: &syn::BinOp) -> bool {
    matches!(op, syn::BinOp::AddAssign(_) | syn::BinOp::SubAssign(_))
}

fn names_of<'a>(cx: &Cx<'a>, expr: &'a Expr) -> Vec<String> {
    let mut names = Vec::new();
    search::search(cx.macros, Within::Expr(expr), &mut |piece| {
        if let Piece::Expr(Expr::Path(path)) = piece {
            names.extend(path.path.get_ident().map(plain_name));
        }
        Step::Into
    });
    names
}

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

fn check_last<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    let LoopKind::For(pattern, range) = looped.kind else { return };
    if !cx.in_coroutine() || !is_range(range) {
        return;
    }
    let Some(attempt) = Attempt::of(looped) else { return };
    let leaves = |outcome: &Outcome<'a>| {
        let exits = outcome.exits(cx, looped);
        exits.leaves && !exits.falls_through && !exits.continues
    };
    let mut names = Vec::new();
    patterns::bound_names(pattern, &mut |name| names.push(plain_name(name)));
    if !attempt.success.iter().all(leaves)
        || decides_by(cx, Within::Block(looped.body), &names, attempt.operation)
    {
        return;
    }
    let in_failure = attempt.failure.iter().find_map(|outcome| {
        let statements = statements_of(outcome.code?)?;
        sleep_in(cx, looped, statements)
    });
    let stays = attempt.failure.iter().all(|outcome| {
        let exits = outcome.exits(cx, looped);
        exits.falls_through && !exits.leaves && !exits.continues
    });
    let behind = || if stays { sleep_in(cx, looped, attempt.after) } else { None };
    let Some(sleep) = in_failure.or_else(behind) else { return };
    let draft = Draft::new(sleep, "the last failure is followed by a pause for nothing")
        .label("there is no next attempt after the last one")
        .related(looped.place(), "the loop ends behind this pause")
        .help("sleep in front of every attempt but the first, or use `#[steadfast::retry(on = any)]`");
    cx.report(draft);
}

/// Whether a condition in the loop looks at its counter. That the counter is handed to what is tried decides nothing:
/// `if let Ok(page) = load(attempt).await`.
fn decides_by<'a>(cx: &Cx<'a>, body: Within<'a>, names: &[String], operation: &'a Expr) -> bool {
    let mentions =
        |expr: &'a Expr| names.iter().any(|name| search::mentions(cx.macros, Within::Expr(expr), name));
    let looks = |subject: &'a Expr| mentions(subject) && !is_outcome(subject, operation);
    search::search(cx.macros, body, &mut |piece| {
        let decides = match piece {
            Piece::Expr(Expr::If(branch)) => looks(&branch.cond),
            Piece::Expr(Expr::Match(decision)) => {
                looks(&decision.expr)
                    || decision.arms.iter().filter_map(|arm| patterns::guard(&arm.pat)).any(mentions)
            }
            // `sleep(delays[attempt])`: a table may well end in zero.
            Piece::Expr(Expr::Index(index)) => mentions(&index.index),
            _ => false,
        };
        if decides { Step::Found } else { Step::Into }
    })
}

/// Whether all that a condition looks at is how an operation ended.
fn is_outcome(condition: &Expr, operation: &Expr) -> bool {
    match peel(condition) {
        Expr::Let(condition) => is_outcome(&condition.expr, operation),
        Expr::MethodCall(call) => call.args.is_empty() && is_outcome(&call.receiver, operation),
        Expr::Await(awaited) => std::ptr::eq(awaited.base.as_ref(), operation),
        _ => false,
    }
}

fn statements_of(code: Within<'_>) -> Option<&[Stmt]> {
    match code {
        Within::Block(block) => Some(&block.stmts),
        Within::Statements(statements) => Some(statements),
        Within::Expr(expr) => match peel(expr) {
            Expr::Block(block) => Some(&block.block.stmts),
            _ => None,
        },
    }
}

/// A pause that every way through the statements takes.
fn sleep_in<'a>(cx: &Cx<'a>, looped: &Loop<'a>, statements: &'a [Stmt]) -> Option<Place> {
    for (index, stmt) in statements.iter().enumerate() {
        let before =
            crate::syntax::exits::exits(cx.macros, Within::Statements(&statements[..index]), looped.label);
        if before.leaves || before.continues || !before.falls_through {
            return None;
        }
        let Stmt::Expr(expr, _) = stmt else { continue };
        let Expr::Await(awaited) = peel(expr) else { continue };
        let Expr::Call(call) = peel(&awaited.base) else { continue };
        let Some(path) = callee(&call.func) else { continue };
        if is_item(cx, path, &["tokio::time::sleep"]) {
            let after = crate::syntax::exits::exits(
                cx.macros,
                Within::Statements(&statements[index + 1..]),
                looped.label,
            );
            return (!after.leaves).then(|| Place::of(path));
        }
    }
    None
}
