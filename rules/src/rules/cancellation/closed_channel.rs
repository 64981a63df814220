//! Loops over channels that never end.

use syn::{Arm, Block, Expr, ExprIf, ExprMatch, FnArg, Local, Stmt};

use super::channel_loops::is_any_error;
use super::lossy::is_one_of;
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::exits::exits;
use crate::syntax::patterns;
use crate::syntax::search::{self, Within};
use crate::syntax::{method_call, peel, plain_name, sole_ident, text};
use crate::walk::{Cx, Hook, Loop};

pub(crate) static CLOSED_CHANNEL_SPIN: Rule = Rule {
    name: "closed_channel_spin",
    family: Family::Cancellation,
    level: Level::Error,
    since: "0.2.0",
    summary: "an endless loop over a channel that does not leave when the channel is closed",
    explanation: "A closed and empty channel answers `None`, or `Err`, at once, every time. A loop that just asks again takes a \
                  whole core, millions of times a second.",
    blind_spots: "Only `loop { .. }` whose body asks one channel is looked at, and only if nothing else in it waits. \
                  An exit on any other condition counts as a way out. A receiver of a `broadcast` or `watch` channel is one that \
                  was handed to the function, without `self` or a sender beside it: elsewhere the sender may live as long \
                  as the loop.",
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
    triggers: &["recv", "changed"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check_spin)],
};

fn check_spin<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !looped.is_endless() {
        return;
    }
    for (index, stmt) in looped.body.stmts.iter().enumerate() {
        let Some(asked) = asked(stmt) else { continue };
        if !comes_back(cx, looped, &asked, index) || !asked.channel.may_be_closed(cx, asked.receiver) {
            continue;
        }
        let (types, kind) = asked.channel.receivers();
        let Some(question) = is_one_of(cx, asked.receiver, types, kind) else { continue };
        let answer = asked.channel.answer();
        let draft = Draft::new(asked.place, "once the channel is closed, this loop keeps a whole core busy")
            .label(format!("a closed channel answers `{answer}` at once, and nothing here leaves the loop"))
            .help(asked.help)
            .ask(question);
        cx.report(draft);
        return;
    }
}

/// What a receiver is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Channel {
    Queue,
    Broadcast,
    Watch,
}

impl Channel {
    /// The types of its receivers, and what the compiler is asked where the source does not tell.
    fn receivers(self) -> (&'static [&'static str], QuestionKind) {
        match self {
            Self::Queue => (
                &["tokio::sync::mpsc::Receiver", "tokio::sync::mpsc::UnboundedReceiver"],
                QuestionKind::MpscReceiver,
            ),
            Self::Broadcast => (&["tokio::sync::broadcast::Receiver"], QuestionKind::BroadcastReceiver),
            Self::Watch => (&["tokio::sync::watch::Receiver"], QuestionKind::WatchReceiver),
        }
    }

    /// What it answers when it is closed.
    fn answer(self) -> &'static str {
        if self == Self::Queue { "None" } else { "Err" }
    }

    /// Receivers of a `broadcast` or `watch` channel are most often made by the sender, which then lives as long as the
    /// loop. One that was handed to a function without anything that may hold the sender tells the end.
    fn may_be_closed(self, cx: &Cx<'_>, receiver: &Expr) -> bool {
        if self == Self::Queue {
            return true;
        }
        let (Some(name), Some(function)) = (sole_ident(receiver), cx.function) else { return false };
        let mut is_handed_in = false;
        let holds_sender = function.sig.inputs.iter().any(|input| {
            let FnArg::Typed(parameter) = input else { return true };
            is_handed_in |= patterns::sole_binding(&parameter.pat).is_some_and(|bound| bound == name);
            text::full(&*parameter.ty).contains("Sender")
        });
        is_handed_in && !holds_sender
    }

    /// What to write where one arm, or `else`, takes what is no message.
    fn way_out(self, otherwise: &str) -> String {
        match self {
            // At any other error there is more to come.
            Self::Broadcast => "write an arm of its own: `Err(RecvError::Closed) => break`".to_owned(),
            Self::Queue | Self::Watch => otherwise.to_owned(),
        }
    }
}

/// A statement that asks a channel, and what runs if it is closed.
struct Asked<'a> {
    receiver: &'a Expr,
    channel: Channel,
    place: Place,
    when_closed: Option<&'a Expr>,
    help: String,
}

/// The receiver of `receiver.recv().await` or `receiver.changed().await`, and what it is if the answer is looked at as a
/// value of this variant.
fn answered<'a>(expr: &'a Expr, variant: &str) -> Option<(&'a Expr, Channel)> {
    let Expr::Await(awaited) = peel(expr) else { return None };
    let call = method_call(&awaited.base).filter(|call| call.args.is_empty())?;
    let channel = match (plain_name(&call.method).as_str(), variant) {
        ("recv", "Some") => Channel::Queue,
        ("recv", "Ok") => Channel::Broadcast,
        ("changed", "Ok") => Channel::Watch,
        _ => return None,
    };
    Some((&call.receiver, channel))
}

fn asked(stmt: &Stmt) -> Option<Asked<'_>> {
    match stmt {
        Stmt::Local(local) if patterns::is_wild(&local.pat) => {
            ignored(&local.init.as_ref().filter(|init| init.diverge.is_none())?.expr)
        }
        Stmt::Local(local) => let_else(local),
        Stmt::Expr(expr, _) => match peel(expr) {
            Expr::If(branch) => branched(branch),
            Expr::Match(decision) => matched(decision),
            Expr::Assign(assign) if matches!(*assign.left, Expr::Infer(_)) => ignored(&assign.right),
            Expr::MethodCall(call) if call.method == "ok" => ignored(&call.receiver),
            _ => None,
        },
        _ => None,
    }
}

/// `let Some(message) = receiver.recv().await else { continue };`
fn let_else(local: &Local) -> Option<Asked<'_>> {
    let init = local.init.as_ref()?;
    let (_, diverge) = init.diverge.as_ref()?;
    let (receiver, channel) = answered(&init.expr, &patterns::variant(&local.pat)?)?;
    Some(Asked {
        receiver,
        channel,
        place: Place::of(&local.pat),
        when_closed: Some(diverge),
        help: channel.way_out("write `break` in the `else`"),
    })
}

/// `let _ = receiver.changed().await;`
fn ignored(expr: &Expr) -> Option<Asked<'_>> {
    let (found, is_closed) = match answered(expr, "Ok") {
        Some(found @ (_, Channel::Watch)) => (found, "is_err"),
        _ => (answered(expr, "Some")?, "is_none"),
    };
    let help = format!("write `if {}.{is_closed}() {{ break }}`", text::short(expr));
    Some(Asked { receiver: found.0, channel: found.1, place: Place::of(expr), when_closed: None, help })
}

/// `if let Some(message) = receiver.recv().await { .. }`, `if receiver.changed().await.is_ok() { .. }`
fn branched(branch: &ExprIf) -> Option<Asked<'_>> {
    let when_closed = branch.else_branch.as_ref().map(|(_, other)| &**other);
    let condition = peel(&branch.cond);
    let ((receiver, channel), place) = match condition {
        Expr::Let(tested) => {
            (answered(&tested.expr, &patterns::variant(&tested.pat)?)?, Place::of(&*tested.pat))
        }
        Expr::MethodCall(call) if call.method == "is_ok" => {
            (answered(&call.receiver, "Ok")?, Place::from(call.method.span()))
        }
        _ => return None,
    };
    let help = channel.way_out(&format!("write `while {}`", text::full(condition)));
    Some(Asked { receiver, channel, place, when_closed, help })
}

/// `match receiver.recv().await { Some(message) => .., None => {} }`
fn matched(decision: &ExprMatch) -> Option<Asked<'_>> {
    let variants = || decision.arms.iter().filter_map(|arm| patterns::variant(&arm.pat));
    let (receiver, channel) = variants().find_map(|variant| answered(&decision.expr, &variant))?;
    let names_it = |arm: &Arm| text::full(&arm.pat).contains("Closed");
    let closed = decision.arms.iter().find(|arm| {
        is_any_error(&arm.pat) || patterns::variant(&arm.pat).as_deref() == Some("None") || names_it(arm)
    })?;
    let otherwise = format!("write `{} => break`", text::short(&closed.pat));
    Some(Asked {
        receiver,
        channel,
        place: Place::of(&closed.pat),
        when_closed: Some(&closed.body),
        help: if names_it(closed) { otherwise } else { channel.way_out(&otherwise) },
    })
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
