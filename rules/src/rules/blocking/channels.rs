//! Channels between threads.

use syn::ExprMethodCall;

use super::site::{self, Recognised};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::{method_call, peel_references, plain_name};
use crate::walk::{Cx, Hook, Loop, LoopKind};

pub(crate) static BLOCKING_CHANNEL_RECV: Rule = Rule {
    name: "blocking_channel_recv",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "receiving from, or waiting to send to, a channel of `std`, `crossbeam` or `flume` in async code",
    explanation: "The thread waits until somebody sends, and with it every task that the runtime has put on it. If the \
                  sender is one of those tasks, nobody ever sends.",
    blind_spots: "Sending to a channel without bounds waits for nobody and is let pass, and so are the `try_` methods.",
    bad: "use std::sync::mpsc::Receiver;\nasync fn next(jobs: Receiver<u32>) -> Option<u32> {\n    jobs.recv().ok()\n}\n",
    good: "use tokio::sync::mpsc::Receiver;\nasync fn next(mut jobs: Receiver<u32>) -> Option<u32> {\n    jobs.recv().await\n}\n",
    triggers: &["recv", "recv_timeout", "recv_deadline", "send", "iter", "Receiver", "channel"],
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
    if !site::is_watched(cx) {
        return;
    }
    let Some(recognised) = site::receiver(cx, &call.receiver, types, QuestionKind::BlockingChannel) else {
        return;
    };
    let twin = format!("{}(bound)", cx.in_scope("tokio::sync::mpsc::channel"));
    let method = if call.method == "send" { "send(..)" } else { "recv()" };
    let help = format!("make the channel with `{twin}` and write `.{method}.await`");
    report(cx, Place::from(call.method.span()), site::label(recognised.item, &call.method), help, recognised);
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
