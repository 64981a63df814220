//! Futures that lose something when `select!` drops them, in a loop that goes on.

use syn::{Expr, ExprMethodCall, UnOp};

use super::lossy::{self, is_one_of, lossy_call};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::rules::guards::LOOKS_LIKE_GUARD;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{method_call, peel, peel_references, plain_name, sole_ident, text};
use crate::walk::{Arm, Cx, Hook, Select};

pub(crate) static CANCEL_UNSAFE_IN_SELECT: Rule = Rule {
    name: "cancel_unsafe_in_select",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "a partial read or write in a `select!` that a loop runs again",
    explanation: "When another branch is ready first, `select!` drops this future. `read_exact`, `read_line`, \
                  `write_all` and their kin then have moved a part of the bytes already, and forget how many. The \
                  loop goes on and starts in the middle of a message.",
    blind_spots: "Only calls that stand in the branch itself are seen, not those inside of a function that the \
                  branch calls: mark that with `#[steadfast::cancel_unsafe]`. A loop that every other branch leaves is let pass: nothing is read after the loss. \
                  So is `&mut future`, which keeps its progress.",
    bad: "use tokio::io::AsyncReadExt;\n\
          async fn serve(mut stream: tokio::net::TcpStream, mut orders: tokio::sync::mpsc::Receiver<u8>) {\n    \
          let mut header = [0; 16];\n    \
          loop {\n        \
          tokio::select! {\n            \
          _ = stream.read_exact(&mut header) => println!(\"{header:?}\"),\n            \
          order = orders.recv() => println!(\"{order:?}\"),\n        \
          }\n    \
          }\n\
          }\n",
    good: "use futures::StreamExt;\n\
           use tokio_util::codec::{FramedRead, LengthDelimitedCodec};\n\
           async fn serve(stream: tokio::net::TcpStream, mut orders: tokio::sync::mpsc::Receiver<u8>) {\n    \
           let mut frames = FramedRead::new(stream, LengthDelimitedCodec::new());\n    \
           loop {\n        \
           tokio::select! {\n            \
           frame = frames.next() => println!(\"{frame:?}\"),\n            \
           order = orders.recv() => println!(\"{order:?}\"),\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &["select", "select_biased"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Select(check_io)],
};

pub(crate) static SEND_IN_SELECT_LOSES_MESSAGE: Rule = Rule {
    name: "send_in_select_loses_message",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "`sender.send(message)` in a `select!` that drops the message when another branch wins",
    explanation: "`send` owns the message. When another branch is ready first, `select!` drops the future and the \
                  message with it, and the loop goes on without it.",
    blind_spots: "Reported for `tokio::sync::mpsc::Sender` only, and only for a message that the loop cannot make \
                  again: a variable of this round, or what is taken out of a collection in the call. Sinks have the \
                  same flaw and are not seen.",
    bad: "use tokio::sync::mpsc::{Receiver, Sender};\n\
          async fn forward(mut rx: Receiver<u8>, tx: Sender<u8>, mut orders: Receiver<u8>) {\n    \
          while let Some(message) = rx.recv().await {\n        \
          tokio::select! {\n            \
          _ = tx.send(message) => {}\n            \
          order = orders.recv() => println!(\"{order:?}\"),\n        \
          }\n    \
          }\n\
          }\n",
    good: "use tokio::sync::mpsc::{Receiver, Sender};\n\
           async fn forward(mut rx: Receiver<u8>, tx: Sender<u8>, mut orders: Receiver<u8>) {\n    \
           let mut waiting = None;\n    \
           loop {\n        \
           tokio::select! {\n            \
           Ok(permit) = tx.reserve(), if waiting.is_some() => {\n                \
           permit.send(waiting.take().unwrap());\n            \
           }\n            \
           message = rx.recv(), if waiting.is_none() => waiting = message,\n            \
           order = orders.recv() => println!(\"{order:?}\"),\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &["select", "select_biased"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Select(check_send)],
};

pub(crate) static QUEUE_POSITION_LOST_IN_SELECT: Rule = Rule {
    name: "queue_position_lost_in_select",
    family: Family::Cancellation,
    level: Level::Off,
    since: "0.2.0",
    summary: "a wait for a lock, permit or notification that `select!` begins anew in every round",
    explanation: "Locks, semaphores and `Notify` of `tokio` are fair: who waits has a place in a queue. When another \
                  branch is ready first, `select!` drops the future and its place; the next round queues at the end. \
                  Under load this branch may never get its turn.",
    blind_spots: "Off by default: most such waits are short. The futures of `reserve` are not looked at.",
    bad: "async fn run(slots: &tokio::sync::Semaphore, mut orders: tokio::sync::mpsc::Receiver<u8>) {\n    \
          loop {\n        \
          tokio::select! {\n            \
          permit = slots.acquire() => println!(\"{permit:?}\"),\n            \
          order = orders.recv() => println!(\"{order:?}\"),\n        \
          }\n    \
          }\n\
          }\n",
    good: "async fn run(slots: &tokio::sync::Semaphore, mut orders: tokio::sync::mpsc::Receiver<u8>) {\n    \
           let mut permit = std::pin::pin!(slots.acquire());\n    \
           loop {\n        \
           tokio::select! {\n            \
           granted = &mut permit => {\n                \
           println!(\"{granted:?}\");\n                \
           permit.set(slots.acquire());\n            \
           }\n            \
           order = orders.recv() => println!(\"{order:?}\"),\n        \
           }\n    \
           }\n\
           }\n",
    triggers: &["select", "select_biased"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Select(check_queue)],
};

const QUEUES: [&str; 4] =
    ["tokio::sync::Mutex", "tokio::sync::RwLock", "tokio::sync::Semaphore", "tokio::sync::Notify"];

/// Methods that take their result out of the receiver.
const TAKERS: [&str; 9] =
    ["pop", "pop_front", "pop_back", "take", "remove", "swap_remove", "recv", "try_recv", "next"];

fn check_io<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    for (index, arm) in select.arms.iter().enumerate() {
        let Some(lossy) = lossy_call(cx, arm.future) else { continue };
        let Some(other) = select.goes_round_without(cx, index) else { continue };
        if replaces(cx, Within::Expr(other.handler), &lossy.call.receiver) {
            continue;
        }
        let method = plain_name(&lossy.call.method);
        let help = match lossy.direction {
            lossy::Direction::Read => {
                "read whole messages with `tokio_util::codec::FramedRead`, or pin this future outside of the loop and \
                 poll `&mut future`"
            }
            lossy::Direction::Write => {
                "write with `write_all_buf`, which counts, or pin this future outside of the loop and poll \
                 `&mut future`"
            }
        };
        let draft =
            Draft::at(&lossy.call.method, format!("`select!` drops this half-way, and {}", lossy.loss()))
                .label(format!("`{method}` does not survive being dropped"))
                .related(Place::of(other.pattern), "when this branch is ready first, the loop goes on")
                .help(help)
                .ask(lossy.question);
        cx.report(draft);
    }
}

/// Whether the code puts something new in the place of `receiver`.
pub(super) fn replaces<'a>(cx: &Cx<'a>, code: Within<'a>, receiver: &Expr) -> bool {
    let receiver = text::full(peel_references(receiver));
    search::search(cx.macros, code, &mut |piece| match piece {
        Piece::Expr(Expr::Assign(assign)) => {
            // `self.stream = ..` also replaces `self.stream.reader`, and `*stream = ..` what it stands for.
            let target = match peel(&assign.left) {
                Expr::Unary(place) if matches!(place.op, UnOp::Deref(_)) => text::full(peel(&place.expr)),
                place => text::full(place),
            };
            let hit = receiver == target || receiver.starts_with(&format!("{target}."));
            if hit { Step::Found } else { Step::Into }
        }
        _ => Step::Into,
    })
}

fn check_send<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    for (index, arm) in select.arms.iter().enumerate() {
        let Some(call) = sent(arm.future) else { continue };
        let Some(message) = call.args.first() else { continue };
        let Some(other) = select.goes_round_without(cx, index) else { continue };
        if !is_lost(cx, select, message) || keeps(cx, other, message) {
            continue;
        }
        let sender = ["tokio::sync::mpsc::Sender"];
        let Some(question) = is_one_of(cx, &call.receiver, &sender, QuestionKind::MpscSender) else {
            continue;
        };
        let receiver = text::short(&call.receiver);
        let draft = Draft::at(&call.method, "the message is lost when another branch is ready first")
            .label("`send` is dropped with its message")
            .related(Place::of(other.pattern), "when this branch is ready first, the loop goes on without it")
            .help(format!(
                "wait for room only: `permit = {receiver}.reserve() => permit?.send({})` keeps the message",
                text::short(message)
            ))
            .ask(question);
        cx.report(draft);
    }
}

fn sent(future: &Expr) -> Option<&ExprMethodCall> {
    method_call(future).filter(|call| call.method == "send" && call.args.len() == 1)
}

/// Whether the next round cannot make the same message again.
fn is_lost<'a>(cx: &Cx<'a>, select: &Select<'a>, message: &'a Expr) -> bool {
    match sole_ident(message) {
        Some(name) => select.round.is_some_and(|round| cx.is_bound_in(round.looped, name)),
        None => search::search(cx.macros, Within::Expr(message), &mut |piece| match piece {
            Piece::Expr(Expr::MethodCall(call)) if TAKERS.contains(&plain_name(&call.method).as_str()) => {
                Step::Found
            }
            _ => Step::Into,
        }),
    }
}

fn keeps<'a>(cx: &Cx<'a>, other: Arm<'a>, message: &Expr) -> bool {
    sole_ident(message)
        .is_some_and(|name| search::mentions(cx.macros, Within::Expr(other.handler), &plain_name(name)))
}

fn check_queue<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    for (index, arm) in select.arms.iter().enumerate() {
        let Some(call) = method_call(arm.future) else { continue };
        let method = plain_name(&call.method);
        if !LOOKS_LIKE_GUARD.contains(&method.as_str()) {
            continue;
        }
        let Some(other) = select.goes_round_without(cx, index) else { continue };
        let Some(question) = is_one_of(cx, &call.receiver, &QUEUES, QuestionKind::FairQueue) else {
            continue;
        };
        let draft = Draft::at(&call.method, "each round gives up its place in the queue")
            .label(format!("`{method}` queues at the end again"))
            .related(Place::of(other.pattern), "when this branch is ready first, the loop goes on")
            .help("pin the future outside of the loop and poll `&mut future`; make a new one when it is done")
            .ask(question);
        cx.report(draft);
    }
}
