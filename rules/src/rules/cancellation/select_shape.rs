//! Branches of `select!` that do not do what their shape suggests.

use syn::{BinOp, Expr, Pat, UnOp};

use super::lossy::is_item;
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::patterns::{self, Refutability};
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, method_call, peel, peel_references, plain_name, text};
use crate::walk::{Arm, Cx, Hook, Select};

pub(crate) static SELECT_ALL_REFUTABLE_NO_ELSE: Rule = Rule {
    name: "select_all_refutable_no_else",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "a `select!` without `else` whose branches can all be disabled",
    explanation: "A branch whose pattern does not match, or whose `if` is false, is disabled. When all are, \
                  `tokio::select!` runs `else`; without one it panics. With `Some(..) = rx.recv()` that happens when \
                  the last channel is closed, often at shutdown.",
    blind_spots: "Whether a source can end at all is known for channels and sets of tasks only; for others the level \
                  is one step lower. A branch whose pattern may be a plain struct counts as one that always matches. \
                  Silent if every branch has an `if`: then the conditions are most likely kept so that one is true.",
    bad: "async fn run(mut a: tokio::sync::mpsc::Receiver<u8>, mut b: tokio::sync::mpsc::Receiver<u8>) {\n    \
          loop {\n        \
          tokio::select! {\n            \
          Some(x) = a.recv() => println!(\"{x} of a\"),\n            \
          Some(y) = b.recv() => println!(\"{y} of b\"),\n        \
          }\n    \
          }\n\
          }\n",
    good: "async fn run(mut a: tokio::sync::mpsc::Receiver<u8>, mut b: tokio::sync::mpsc::Receiver<u8>) {\n    \
           loop {\n        \
           tokio::select! {\n            \
           Some(x) = a.recv() => println!(\"{x} of a\"),\n            \
           Some(y) = b.recv() => println!(\"{y} of b\"),\n            \
           else => break,\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &["select"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Select(check_else)],
};

pub(crate) static SELECT_GUARD_STILL_EVALUATES: Rule = Rule {
    name: "select_guard_still_evaluates",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "`x.unwrap().f(), if x.is_some()` in a `select!`: the expression runs first",
    explanation: "`select!` evaluates the expression of every branch to get its future; the `if` only decides whether \
                  the future is polled. What would panic without the condition panics with it.",
    blind_spots: "Only `unwrap`, `expect` and indexing are seen, where the `if` is about the same value. A flag that \
                  stands for it is not recognized.",
    bad: "async fn run(mut rx: Option<tokio::sync::mpsc::Receiver<u8>>) {\n    \
          tokio::select! {\n        \
          x = rx.as_mut().unwrap().recv(), if rx.is_some() => println!(\"{x:?}\"),\n        \
          _ = tokio::signal::ctrl_c() => {}\n    \
          }\n\
          }\n",
    good: "async fn run(mut rx: Option<tokio::sync::mpsc::Receiver<u8>>) {\n    \
           tokio::select! {\n        \
           x = async { rx.as_mut().unwrap().recv().await }, if rx.is_some() => println!(\"{x:?}\"),\n        \
           _ = tokio::signal::ctrl_c() => {}\n    \
           }\n\
           }\n",
    triggers: &["select"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Select(check_guards)],
};

pub(crate) static SELECT_PATTERN_DISABLES_ARM: Rule = Rule {
    name: "select_pattern_disables_arm",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "`Ok(x) = f()` or `Err(e) = f()` in a `select!`: the other outcome is thrown away",
    explanation: "When the pattern does not match, the value is dropped without a word and the branch is disabled \
                  until the `select!` is over. `Ok(x) = listener.accept()` stops to accept after the first error; \
                  `Err(e) = server` does not see that the server has ended.",
    blind_spots: "`Ok(..)` is let pass where the error only says that the other side is gone: `recv`, `changed` and \
                  the like, and futures that are polled by name. So is a `select!` with an `else`.",
    bad: "async fn serve(listener: tokio::net::TcpListener) {\n    \
          loop {\n        \
          tokio::select! {\n            \
          Ok((stream, _)) = listener.accept() => println!(\"{stream:?}\"),\n            \
          _ = tokio::signal::ctrl_c() => break,\n        \
          }\n    \
          }\n\
          }\n",
    good: "async fn serve(listener: tokio::net::TcpListener) {\n    \
           loop {\n        \
           tokio::select! {\n            \
           accepted = listener.accept() => match accepted {\n                \
           Ok((stream, _)) => println!(\"{stream:?}\"),\n                \
           Err(error) => println!(\"{error}\"),\n            \
           },\n            \
           _ = tokio::signal::ctrl_c() => break,\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &["select"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Select(check_patterns)],
};

/// What is known to end, and then to answer `None` at once.
const ENDING: [&str; 3] =
    ["tokio::sync::mpsc::Receiver", "tokio::sync::mpsc::UnboundedReceiver", "tokio::task::JoinSet"];

/// What never answers `None`.
const ENDLESS: [&str; 1] = ["tokio::signal::unix::Signal"];

fn is_tokios(cx: &Cx<'_>, select: &Select<'_>) -> bool {
    is_item(cx, &select.mac.path, &["tokio::select"])
}

fn check_else<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    if select.has_else || select.arms.is_empty() || !is_tokios(cx, select) {
        return;
    }
    // Whoever gives every branch a condition keeps count of them.
    let is_counted = select.arms.iter().all(|arm| arm.guard.is_some());
    if is_counted || !select.arms.iter().all(|arm| can_be_disabled(cx, arm)) || covers_all(&select.arms) {
        return;
    }
    let is_sure = select.arms.iter().all(|arm| arm.guard.is_none() && ends(cx, arm));
    let name = select.mac.path.segments.last().map(|last| &last.ident);
    let way_out = if select.round.is_some() { "else => break" } else { "else => .." };
    let mut draft = Draft::at(&name, "this panics once all branches are disabled")
        .label("every branch can be disabled, and there is no `else`")
        .help(format!("add `{way_out}` as the last branch"));
    if let Some(arm) = select.arms.last() {
        draft = draft.related(Place::of(arm.pattern), "disabled when this does not match");
    }
    cx.report(if is_sure { draft } else { draft.unsure() });
}

fn can_be_disabled(cx: &Cx<'_>, arm: &Arm<'_>) -> bool {
    if arm.guard.is_some() {
        return true;
    }
    let is_endless = receiver_type(cx, arm).is_some_and(|ty| ENDLESS.contains(&ty.as_str()));
    !is_endless && patterns::refutability(arm.pattern) == Refutability::Refutable
}

fn ends(cx: &Cx<'_>, arm: &Arm<'_>) -> bool {
    receiver_type(cx, arm).is_some_and(|ty| ENDING.contains(&ty.as_str()))
}

fn receiver_type(cx: &Cx<'_>, arm: &Arm<'_>) -> Option<String> {
    cx.names.type_of(&method_call(arm.future)?.receiver)
}

/// Whether two branches that always match have opposite conditions.
fn covers_all(arms: &[Arm<'_>]) -> bool {
    let guards: Vec<&Expr> = arms
        .iter()
        .filter(|arm| patterns::refutability(arm.pattern) != Refutability::Refutable)
        .filter_map(|arm| arm.guard)
        .collect();
    guards.iter().any(|guard| guards.iter().any(|other| are_opposite(guard, other)))
}

fn are_opposite(guard: &Expr, other: &Expr) -> bool {
    let (guard, other) = (peel(guard), peel(other));
    match (guard, other) {
        (Expr::Unary(not), other) if matches!(not.op, UnOp::Not(_)) => {
            text::full(peel(&not.expr)) == text::full(other)
        }
        (Expr::MethodCall(some), Expr::MethodCall(none)) => {
            let names = (plain_name(&some.method), plain_name(&none.method));
            matches!((names.0.as_str(), names.1.as_str()), ("is_some", "is_none") | ("is_ok", "is_err"))
                && text::full(&some.receiver) == text::full(&none.receiver)
        }
        (Expr::Binary(a), Expr::Binary(b)) => {
            let opposite = matches!(
                (a.op, b.op),
                (BinOp::Eq(_), BinOp::Ne(_)) | (BinOp::Lt(_), BinOp::Ge(_)) | (BinOp::Le(_), BinOp::Gt(_))
            );
            opposite
                && text::full(&a.left) == text::full(&b.left)
                && text::full(&a.right) == text::full(&b.right)
        }
        _ => false,
    }
}

/// Methods that look into a collection or an `Option` without a new value of their own.
const VIEWS: [&str; 17] = [
    "as_mut",
    "as_ref",
    "as_deref",
    "as_deref_mut",
    "clone",
    "cloned",
    "copied",
    "take",
    "get_mut",
    "get",
    "front",
    "front_mut",
    "first",
    "last",
    "pop",
    "pop_front",
    "peek",
];

fn check_guards<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    for arm in &select.arms {
        let Some(guard) = arm.guard else { continue };
        let Some((panicking, owner)) = panics(cx, arm.future) else { continue };
        // A condition on something else says nothing: `queue.lock().unwrap()`, `expect("always set")`.
        if !mentions_text(cx, guard, &text::full(owner)) {
            continue;
        }
        let draft = match panicking {
            Expr::MethodCall(call) => {
                Draft::at(&call.method, "this runs, and panics, even if the condition is false")
            }
            other => Draft::at(other, "this runs, and panics, even if the condition is false"),
        };
        let draft = draft
            .label("evaluated before the condition counts")
            .related(Place::of(guard), "this only decides whether the future is polled")
            .help(format!(
                "write `async {{ {}.await }}`: the block runs when it is polled",
                text::short(arm.future)
            ));
        cx.report(draft);
    }
}

/// What panics in `future` if a value is missing, and that value.
fn panics<'a>(cx: &Cx<'a>, future: &'a Expr) -> Option<(&'a Expr, &'a Expr)> {
    let mut hit = None;
    search::search(cx.macros, Within::Expr(future), &mut |piece| {
        if search::leaves_coroutine(piece) {
            return Step::Over;
        }
        let Piece::Expr(expr) = piece else { return Step::Into };
        let owner = match expr {
            Expr::MethodCall(call)
                if matches!(plain_name(&call.method).as_str(), "unwrap" | "expect" | "unwrap_unchecked") =>
            {
                &*call.receiver
            }
            Expr::Index(index) => &*index.expr,
            _ => return Step::Into,
        };
        hit = Some((expr, viewed(owner)));
        Step::Found
    });
    hit
}

fn viewed(expr: &Expr) -> &Expr {
    match peel_references(expr) {
        Expr::MethodCall(call) if VIEWS.contains(&plain_name(&call.method).as_str()) => {
            viewed(&call.receiver)
        }
        other => other,
    }
}

fn mentions_text<'a>(cx: &Cx<'a>, within: &'a Expr, wanted: &str) -> bool {
    search::search(cx.macros, Within::Expr(within), &mut |piece| match piece {
        Piece::Expr(expr) if text::full(expr) == wanted => Step::Found,
        _ => Step::Into,
    })
}

/// Calls whose error says no more than that the other side is gone, or that a setup failed that never does.
const QUIET: [&str; 12] = [
    "recv",
    "changed",
    "wait_for",
    "closed",
    "reserve",
    "reserve_owned",
    "acquire",
    "acquire_owned",
    "acquire_many",
    "ctrl_c",
    "get_changed",
    "try_recv",
];

fn check_patterns<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    if select.has_else || !is_tokios(cx, select) {
        return;
    }
    for arm in &select.arms {
        let Some(variant) = result_variant(arm.pattern) else { continue };
        if variant == "Ok" && is_quiet(arm.future) {
            continue;
        }
        let lost = if variant == "Ok" { "an error" } else { "success" };
        let draft = Draft::at(arm.pattern, format!("{lost} is thrown away here, and disables the branch"))
            .label(format!("matches only `{variant}`"))
            .help(format!("write `result = {} => match result {{ .. }}`", text::short(arm.future)));
        cx.report(draft);
    }
}

fn result_variant(pattern: &Pat) -> Option<&'static str> {
    match patterns::variant(pattern)?.as_str() {
        "Ok" => Some("Ok"),
        "Err" => Some("Err"),
        _ => None,
    }
}

fn is_quiet(future: &Expr) -> bool {
    let name = match peel(future) {
        Expr::MethodCall(call) => plain_name(&call.method),
        Expr::Call(call) => match callee(&call.func).and_then(|path| path.segments.last()) {
            Some(last) => plain_name(&last.ident),
            None => return true,
        },
        _ => return true,
    };
    QUIET.contains(&name.as_str())
}
