//! Channels without a bound.

use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::walk::{Call, Cx, Hook};

pub(crate) static UNBOUNDED_CHANNEL: Rule = Rule {
    name: "unbounded_channel",
    family: Family::Resources,
    level: Level::Off,
    since: "0.2.0",
    summary: "a channel that takes any number of messages",
    explanation: "When the receiver is slower than the senders, the messages pile up until the memory is full. A \
                  bounded channel makes the senders wait.",
    blind_spots: "Where the number of messages is bounded otherwise the channel is fine; the rule cannot know, and is \
                  off.",
    bad: "fn channel() -> tokio::sync::mpsc::UnboundedSender<u8> {\n    tokio::sync::mpsc::unbounded_channel().0\n}\n",
    good: "fn channel() -> tokio::sync::mpsc::Sender<u8> {\n    tokio::sync::mpsc::channel(64).0\n}\n",
    triggers: &["unbounded_channel", "unbounded"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check)],
};

/// The functions, each with its bounded counterpart.
const CHANNELS: [(&str, &str); 4] = [
    ("tokio::sync::mpsc::unbounded_channel", "tokio::sync::mpsc::channel"),
    ("crossbeam_channel::unbounded", "crossbeam_channel::bounded"),
    ("flume::unbounded", "flume::bounded"),
    ("futures::channel::mpsc::unbounded", "futures::channel::mpsc::channel"),
];

fn check<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let bounded = CHANNELS.iter().find(|(unbounded, _)| call.target(cx).known() == Some(unbounded));
    let Some((_, bounded)) = bounded else { return };
    let bounded = cx.in_scope(bounded);
    let draft = Draft::at(call.path, "if the receiver falls behind, messages pile up without end")
        .label("takes any number of messages")
        .help(format!("write `{bounded}(n)`, with the number of messages that may wait"));
    cx.report(draft);
}
