//! Durations and sizes of zero.

use syn::Expr;

use super::durations::{Pause, integer, nanoseconds, pause};
use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::walk::{Call, Cx, Hook};

pub(crate) static ZERO_INTERVAL_OR_CAPACITY: Rule = Rule {
    name: "zero_interval_or_capacity",
    family: Family::Resources,
    level: Level::Error,
    since: "0.2.0",
    summary: "an interval of zero, or a channel for zero messages",
    explanation: "`tokio` panics on both, the moment the line is reached.",
    blind_spots: "Only values that are written out are seen, and only where the source tells that the function is the \
                  one of `tokio`.",
    bad: "fn channel() -> tokio::sync::mpsc::Sender<u8> {\n    tokio::sync::mpsc::channel(0).0\n}\n",
    good: "fn channel() -> tokio::sync::mpsc::Sender<u8> {\n    tokio::sync::mpsc::channel(1).0\n}\n",
    triggers: &["interval", "interval_at", "channel"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check_panic)],
};

pub(crate) static ZERO_SLEEP: Rule = Rule {
    name: "zero_sleep",
    family: Family::Resources,
    level: Level::Off,
    since: "0.2.0",
    summary: "a sleep of zero",
    explanation: "A sleep of no time only gives other tasks a turn, by way of the timer. It is often a race that was \
                  pushed out of sight: nothing says that the others are done afterwards.",
    blind_spots: "Only durations that are written out are seen.",
    bad: "async fn breathe() {\n    tokio::time::sleep(std::time::Duration::ZERO).await;\n}\n",
    good: "async fn breathe() {\n    tokio::task::yield_now().await;\n}\n",
    triggers: &["sleep"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Expression(check_sleep)],
};

const INTERVALS: [&str; 2] = ["tokio::time::interval", "tokio::time::interval_at"];
const CHANNELS: [&str; 2] = ["tokio::sync::mpsc::channel", "tokio::sync::broadcast::channel"];

fn check_panic<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Some(path) = call.target(cx).known() else { return };
    let args = &call.expr.args;
    let (value, help) = if INTERVALS.contains(&path) {
        let Some(period) = args.last().filter(|period| nanoseconds(period) == Some(0)) else { return };
        (period, "write the time from one tick to the next, at least 1 ms")
    } else if CHANNELS.contains(&path) {
        let Some(capacity) = args.first().filter(|capacity| integer(capacity) == Some(0)) else { return };
        (capacity, "write how many messages may wait, at least 1")
    } else {
        return;
    };
    let draft =
        Draft::at(value, "this panics as soon as it runs").label(format!("`{path}` refuses zero")).help(help);
    cx.report(draft);
}

fn check_sleep<'a>(cx: &mut Cx<'a>, expr: &'a Expr) {
    let Some(Pause::Sleep(duration)) = pause(cx, expr) else { return };
    if nanoseconds(duration) != Some(0) {
        return;
    }
    let replacement = cx.in_scope("tokio::task::yield_now");
    let draft = Draft::at(expr, "this waits for nothing: it only gives other tasks a turn")
        .label("a sleep of zero")
        .help(format!("write `{replacement}().await`, or wait for what has to happen first"));
    cx.report(draft);
}
