//! Functions that are marked with `#[cancel_unsafe]`, where they are dropped half-way and the code goes on.

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::{Expr, Macro};

use super::elapsed::Elapsed;
use super::lossy::{timed, unwrapped};
use super::select_cancels::{CANCEL_UNSAFE_IN_SELECT, replaces};
use super::timeouts::CANCEL_UNSAFE_UNDER_TIMEOUT;
use crate::finding::{Draft, Place};
use crate::marked::FunctionMark;
use crate::rule::{Family, Level, Rule};
use crate::rules::marked::{MarkedCall, marked_call, marked_method};
use crate::syntax::macros::{MacroKind, Part};
use crate::syntax::search::{Within, tokens_mention};
use crate::syntax::text::short;
use crate::syntax::{callee, peel};
use crate::walk::{Call, Cx, Hook, Select};
use crate::words::Words;

pub(crate) static CANCEL_UNSAFE_CALL: Rule = Rule {
    name: "cancel_unsafe_call",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "a function that is marked with `#[steadfast::cancel_unsafe]`, dropped by `select!` or a timeout",
    explanation: "Whoever wrote the function says that something is lost when its future is dropped half-way: an order that \
                  was taken and not stored, a file that was begun. `select!` drops it when another branch is ready first, \
                  and a timeout when the time is over; then the code goes on as if nothing had happened.",
    blind_spots: "Only a call that stands in the branch, in the timeout or in `apply!` itself is seen, not one inside of an `async` \
                  block or of another function. A loop that every other branch leaves is let pass, and so is a timeout \
                  whose result is handed on, or behind which nothing is awaited any more. `cargo steadfast check` and \
                  `audit!` know the functions of the same crate. Attributes and `--typed` ask the compiler about every \
                  crate, as for `blocking_fn_call`.",
    bad: "#[steadfast::cancel_unsafe]\n\
          async fn transfer(order: u64) {\n    \
          tokio::fs::write(\"taken\", order.to_string()).await.ok();\n    \
          tokio::fs::write(\"stored\", order.to_string()).await.ok();\n\
          }\n\
          async fn run(order: u64, mut news: tokio::sync::mpsc::Receiver<String>) {\n    \
          loop {\n        \
          tokio::select! {\n            \
          () = transfer(order) => return,\n            \
          item = news.recv() => println!(\"{item:?}\"),\n        \
          }\n    \
          }\n\
          }\n",
    good: "#[steadfast::cancel_unsafe]\n\
           async fn transfer(order: u64) {\n    \
           tokio::fs::write(\"taken\", order.to_string()).await.ok();\n    \
           tokio::fs::write(\"stored\", order.to_string()).await.ok();\n\
           }\n\
           async fn run(order: u64, mut news: tokio::sync::mpsc::Receiver<String>) {\n    \
           let mut future = std::pin::pin!(transfer(order));\n    \
           loop {\n        \
           tokio::select! {\n            \
           () = &mut future => return,\n            \
           item = news.recv() => println!(\"{item:?}\"),\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &["cancel_unsafe"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Select(check_select), Hook::Call(check_timeout), Hook::Macro(check_applied)],
};

/// Whether there may be something in a source that drops futures.
pub(crate) fn may_drop(words: &Words) -> bool {
    words.trigger(&CANCEL_UNSAFE_IN_SELECT) || words.trigger(&CANCEL_UNSAFE_UNDER_TIMEOUT)
}

fn check_select<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    for (index, arm) in select.arms.iter().enumerate() {
        let future = unwrapped(cx, arm.future);
        let Some(other) = select.goes_round_without(cx, index) else { continue };
        if is_replaced(cx, Within::Expr(other.handler), future) {
            continue;
        }
        let Some(marked) = marked(cx, future) else { continue };
        let call = short(future);
        let draft = Draft::new(place_of(future), "`select!` drops this half-way, and it must not be dropped")
            .related(Place::of(other.pattern), "when this branch is ready first, the loop goes on")
            .help(format!(
                "write `let mut future = std::pin::pin!({call});` outside of the loop and `&mut future` here{}",
                or_spawned(cx, future)
            ));
        report(cx, marked, draft);
    }
}

fn check_timeout<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Some(future) = timed(cx, call).map(|future| unwrapped(cx, future)) else { return };
    let Some(elapsed) = Elapsed::of(cx) else { return };
    if !(elapsed.goes_round(cx) || elapsed.goes_on(cx)) || is_replaced(cx, elapsed.code, future) {
        return;
    }
    let Some(marked) = marked(cx, future) else { return };
    let text = short(future);
    let limited = short(call.path);
    let limit = call.expr.args.first().map_or_else(|| "..".to_owned(), short);
    let draft = Draft::new(place_of(future), "the timeout drops this half-way, and it must not be dropped")
        .related(Place::of(call.path), "when the time is over, the code goes on")
        .help(format!(
            "write `let mut future = std::pin::pin!({text});` in front of it and `{limited}({limit}, &mut future)` here, then \
             await `future` to its end{}",
            or_spawned(cx, future)
        ));
    report(cx, marked, draft);
}

/// `steadfast::apply!(timeout(2s); future)`
fn check_applied<'a>(cx: &mut Cx<'a>, mac: &'a Macro) {
    if MacroKind::of(mac) != MacroKind::Applied {
        return;
    }
    let Some(limit) = Limit::of(mac) else { return };
    let [Part::Expr(future, _)] = cx.macros.parts(mac) else { return };
    let future = unwrapped(cx, future);
    let goes_on = limit.is_tried_again
        || Elapsed::of_applied(cx).is_some_and(|elapsed| {
            (elapsed.goes_round(cx) || elapsed.goes_on(cx)) && !is_replaced(cx, elapsed.code, future)
        });
    if !goes_on {
        return;
    }
    let Some(marked) = marked(cx, future) else { return };
    let (then, help) = if limit.is_tried_again {
        (
            "it is tried again",
            "leave the limit of each attempt out, or put it around those parts of the function that may be dropped",
        )
    } else {
        (
            "the code goes on",
            "leave `timeout` out here, or write `shield` beside it, which lets this run to its end",
        )
    };
    let draft = Draft::new(place_of(future), "the timeout drops this half-way, and it must not be dropped")
        .related(Place::of(&limit.name), format!("when the time is over, {then}"))
        .help(help);
    report(cx, marked, draft);
}

/// The `timeout` among the policies of an `apply!`.
struct Limit {
    name: Ident,
    /// Whether each attempt of a retry has it.
    is_tried_again: bool,
}

impl Limit {
    /// `None` without one, and beside `shield`, which lets nothing be dropped.
    fn of(mac: &Macro) -> Option<Self> {
        let is_end = |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';');
        let policies: Vec<TokenTree> =
            mac.tokens.clone().into_iter().take_while(|token| !is_end(token)).collect();
        let find = |policy: &str| {
            policies.iter().enumerate().find_map(|(at, token)| match token {
                TokenTree::Ident(name) if name == policy => Some((at, name)),
                _ => None,
            })
        };
        let (at, name) = find("timeout")?;
        let arguments = policies.get(at + 1).map(ToTokens::to_token_stream).unwrap_or_default();
        let is_tried_again = find("retry").is_some() && tokens_mention(&arguments, "attempt");
        find("shield").is_none().then(|| Self { name: name.clone(), is_tried_again })
    }
}

fn report(cx: &mut Cx<'_>, marked: MarkedCall, draft: Draft) {
    let draft = draft
        .label(format!("`{}` is marked with `#[cancel_unsafe]`", marked.name))
        .note("`#[shield]` on the function, in place of the mark, lets it run to its end wherever it is dropped")
        .ask(marked.question);
    cx.report(draft);
}

/// A task goes on whatever becomes of its handle, but it cannot borrow.
fn or_spawned(cx: &Cx<'_>, future: &Expr) -> String {
    match future {
        Expr::Call(call)
            if !call.args.iter().any(|argument| matches!(peel(argument), Expr::Reference(_))) =>
        {
            format!(
                "; or `let mut task = {}({});` and `&mut task`",
                cx.in_scope("tokio::spawn"),
                short(future)
            )
        }
        _ => String::new(),
    }
}

/// The call behind `future`, if it is one of a marked function.
fn marked<'a>(cx: &mut Cx<'a>, future: &'a Expr) -> Option<MarkedCall> {
    match future {
        Expr::MethodCall(call) => marked_method(cx, FunctionMark::CancelUnsafe, call),
        Expr::Call(expr) => {
            let path = callee(&expr.func)?;
            marked_call(cx, FunctionMark::CancelUnsafe, &Call::new(expr, path))
        }
        _ => None,
    }
}

/// The name that is called.
fn place_of(call: &Expr) -> Place {
    match call {
        Expr::MethodCall(call) => Place::of(&call.method),
        Expr::Call(call) => Place::of(&call.func),
        other => Place::of(&other.to_token_stream()),
    }
}

/// Whether the code puts something new in the place of what the call changes.
fn is_replaced<'a>(cx: &Cx<'a>, code: Within<'a>, call: &'a Expr) -> bool {
    let is_replaced = |argument: &'a Expr| match peel(argument) {
        Expr::Reference(lent) if lent.mutability.is_some() => replaces(cx, code, &lent.expr),
        _ => false,
    };
    match call {
        Expr::MethodCall(call) => replaces(cx, code, &call.receiver) || call.args.iter().any(is_replaced),
        Expr::Call(call) => call.args.iter().any(is_replaced),
        _ => false,
    }
}
