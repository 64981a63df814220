//! Channels between threads.

use syn::{Expr, ExprLit, ExprMethodCall, Lit, Local, Pat, Stmt};

use super::site::{self, Recognised};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::patterns::sole_binding;
use crate::syntax::text::arguments;
use crate::syntax::uses::uses;
use crate::syntax::{callee, method_call, peel, peel_references, plain_name, sole_ident};
use crate::walk::{Cx, Hook, Loop, LoopKind, Parent};

pub(crate) static BLOCKING_CHANNEL_RECV: Rule = Rule {
    name: "blocking_channel_recv",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "receiving from, or waiting to send to, a channel of `std`, `crossbeam` or `flume` in async code",
    explanation: "The thread waits until somebody sends, and with it every task that the runtime has put on it. If the \
                  sender is one of those tasks, nobody ever sends.",
    blind_spots: "Sending to a channel without bounds waits for nobody and is let pass, and so are the `try_` methods and \
                  the only message that is sent to a channel made in the same block with room for it.",
    bad: "use std::sync::mpsc::Receiver;\nasync fn next(jobs: Receiver<u32>) -> Option<u32> {\n    jobs.recv().ok()\n}\n",
    good: "use tokio::sync::mpsc::Receiver;\nasync fn next(mut jobs: Receiver<u32>) -> Option<u32> {\n    jobs.recv().await\n}\n",
    triggers: &[
        "recv",
        "recv_timeout",
        "recv_deadline",
        "send",
        "Receiver",
        "mpsc",
        "channel",
        "crossbeam_channel",
        "flume",
    ],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Method(check_method), Hook::Loop(check_loop)],
};

const RECEIVERS: [&str; 3] = ["std::sync::mpsc::Receiver", "crossbeam_channel::Receiver", "flume::Receiver"];

/// Senders that wait for room.
const SENDERS: [&str; 1] = ["std::sync::mpsc::SyncSender"];

fn check_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let types: &[&str] = match (plain_name(&call.method).as_str(), call.args.len()) {
        ("recv", 0) | ("recv_timeout" | "recv_deadline", 1) => &RECEIVERS,
        ("send", 1) => &SENDERS,
        _ => return,
    };
    if !site::is_watched(cx) || has_room(cx, call) {
        return;
    }
    let Some(recognised) = site::receiver(cx, &call.receiver, types, QuestionKind::BlockingChannel) else {
        return;
    };
    let twin = format!("{}(bound)", cx.in_scope("tokio::sync::mpsc::channel"));
    let call_of_twin =
        if call.method == "send" { format!("send({})", arguments(&call.args)) } else { "recv()".to_owned() };
    let help = format!("make the channel with `{twin}` and write `.{call_of_twin}.await`");
    report(cx, Place::from(call.method.span()), site::label(recognised.item, &call.method), help, recognised);
}

/// Whether this is all that is ever sent into a channel that was made here, with room for it.
fn has_room(cx: &Cx<'_>, call: &ExprMethodCall) -> bool {
    let Some(name) = sole_ident(&call.receiver).map(plain_name).filter(|_| call.method == "send") else {
        return false;
    };
    let in_loop =
        cx.ancestors().any(|parent| matches!(parent, Parent::Expr(expr) if Loop::of(expr).is_some()));
    let made = cx.enclosing_statements().find_map(|statements| {
        let index = statements.iter().position(|stmt| makes_roomy_channel(stmt, &name))?;
        statements.get(index + 1..)
    });
    !in_loop
        && made.is_some_and(|rest| {
            let uses = uses(cx.macros, rest, &name);
            uses.len() == 1 && uses[0].method().as_deref() == Some("send")
        })
}

/// `let (name, ..) = sync_channel(1);`
fn makes_roomy_channel(stmt: &Stmt, name: &str) -> bool {
    let Stmt::Local(Local { pat: Pat::Tuple(pair), init: Some(init), .. }) = stmt else { return false };
    let Expr::Call(call) = peel(&init.expr) else { return false };
    let makes = callee(&call.func)
        .and_then(|path| path.segments.last())
        .is_some_and(|last| last.ident == "sync_channel");
    let sender = pair.elems.first().and_then(sole_binding);
    makes
        && sender.is_some_and(|sender| plain_name(sender) == name)
        && matches!(call.args.first(), Some(Expr::Lit(ExprLit { lit: Lit::Int(room), .. }))
            if room.base10_parse::<u64>().is_ok_and(|room| room > 0))
}

/// `for job in &receiver`
fn check_loop<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    let LoopKind::For(_, iterated) = looped.kind else { return };
    if !site::is_watched(cx) {
        return;
    }
    let iterated = peel_references(iterated);
    let receiver = match method_call(iterated) {
        Some(call) if matches!(plain_name(&call.method).as_str(), "iter" | "into_iter") => &call.receiver,
        _ => iterated,
    };
    let Some(item) = cx.type_in(receiver, &RECEIVERS) else { return };
    let recognised = Recognised { item: Some(item), question: None };
    let channel = cx.in_scope("tokio::sync::mpsc::channel");
    let help = format!(
        "make the channel with `{channel}(bound)` and write `while let Some(value) = receiver.recv().await`"
    );
    report(cx, Place::of(receiver), "each round blocks until something is sent".to_owned(), help, recognised);
}

fn report(cx: &mut Cx<'_>, place: Place, label: String, help: String, recognised: Recognised) {
    let draft = Draft::new(place, "the runtime's thread waits for another thread, and all its tasks with it")
        .label(label)
        .help(help)
        .ask(recognised.question);
    site::report(cx, draft);
}
