//! A channel of which one half is dropped at once.

use syn::{Expr, Pat, Stmt};

use super::lossy::is_item;
use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::syntax::{callee, patterns, peel, plain_name, sole_ident};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static CHANNEL_HALF_DISCARDED: Rule = Rule {
    name: "channel_half_discarded",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "`let (tx, _) = channel(..)`: the other half is gone at once",
    explanation: "`_` binds nothing: the half is dropped at the end of the statement and the channel is closed. Every \
                  `send` fails; a receiver gets its end at once instead of waiting.",
    blind_spots: "Channels whose halves can be made anew, `broadcast` and `watch`, are let pass. Channels of other \
                  crates are not known. A half that is called `closed`, `unused` or the like, or that takes the place of another, is \
                  meant to be without its partner; so is one whose partner is dropped by `drop`.",
    bad: "fn start() -> tokio::sync::mpsc::Sender<u8> {\n    \
          let (tx, _) = tokio::sync::mpsc::channel(8);\n    \
          tx\n\
          }\n",
    good: "fn start() -> tokio::sync::mpsc::Sender<u8> {\n    \
           let (tx, rx) = tokio::sync::mpsc::channel(8);\n    \
           tokio::spawn(print(rx));\n    \
           tx\n\
           }\n\
           async fn print(mut numbers: tokio::sync::mpsc::Receiver<u8>) {\n    \
           while let Some(number) = numbers.recv().await {\n        \
           println!(\"{number}\");\n    \
           }\n\
           }\n",
    triggers: &["channel", "unbounded_channel", "sync_channel", "unbounded"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

const CHANNELS: [&str; 7] = [
    "tokio::sync::mpsc::channel",
    "tokio::sync::mpsc::unbounded_channel",
    "tokio::sync::oneshot::channel",
    "std::sync::mpsc::channel",
    "std::sync::mpsc::sync_channel",
    "futures::channel::oneshot::channel",
    "futures::channel::mpsc::unbounded",
];

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Stmt::Local(local) = statement.stmt else { return };
    let Some(Expr::Call(call)) = local.init.as_ref().map(|init| peel(&init.expr)) else { return };
    let Some(path) = callee(&call.func) else { return };
    let Some(Halves { dropped, kept, name, is_sender }) = halves(&local.pat) else { return };
    // `channel(..)` alone may be anybody's, where imports are out of sight.
    let is_known = cx.names.resolve(path).known().is_some() || path.segments.len() > 1;
    if !is_known || !is_item(cx, path, &CHANNELS) {
        return;
    }
    if let Some(kept) = patterns::sole_binding(kept).map(plain_name) {
        if says_so(&kept) || replaces(statement.rest(), &kept) {
            return;
        }
    }
    let message = if is_sender {
        "the sender is dropped here, and the receiver is at its end"
    } else {
        "the receiver is dropped here, and every `send` fails"
    };
    let draft = Draft::at(dropped, message).label("dropped at the end of this statement").help(format!(
        "bind it as `_{name}` to keep the channel open for as long as this scope, or write `drop({name})` where it is meant"
    ));
    cx.report(draft);
}

/// Words in the names of halves that are meant to be alone.
const ALONE: [&str; 8] = ["closed", "unused", "dead", "dummy", "noop", "null", "never", "disconnected"];

fn says_so(name: &str) -> bool {
    name.split('_').any(|word| ALONE.contains(&word))
}

/// `self.tx = tx;`: whoever had the other half of what was there gets its end.
fn replaces(rest: &[Stmt], name: &str) -> bool {
    rest.iter().any(|stmt| match stmt {
        Stmt::Expr(Expr::Assign(assign), _) => {
            matches!(*assign.left, Expr::Field(_))
                && sole_ident(&assign.right).is_some_and(|ident| plain_name(ident) == name)
        }
        _ => false,
    })
}

/// A pattern that throws one half away.
struct Halves<'a> {
    dropped: &'a Pat,
    kept: &'a Pat,
    /// The name to give to the one that is thrown away.
    name: &'static str,
    /// Whether that is the sender.
    is_sender: bool,
}

fn halves(pattern: &Pat) -> Option<Halves<'_>> {
    let Pat::Tuple(tuple) = pattern else { return None };
    let [sender, receiver] = [tuple.elems.first()?, tuple.elems.get(1)?];
    let is_dropped = |half| patterns::is_wild(half) || matches!(half, Pat::Rest(_));
    match (tuple.elems.len() == 2, is_dropped(sender), is_dropped(receiver)) {
        (true, false, true) => Some(Halves { dropped: receiver, kept: sender, name: "rx", is_sender: false }),
        (true, true, false) => Some(Halves { dropped: sender, kept: receiver, name: "tx", is_sender: true }),
        _ => None,
    }
}
