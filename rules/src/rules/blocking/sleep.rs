//! `std::thread::sleep`.

use super::site::{self, Recognised};
use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::syntax::text::arguments;
use crate::walk::{Call, Cx, Hook};

pub(crate) static BLOCKING_SLEEP: Rule = Rule {
    name: "blocking_sleep",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "`std::thread::sleep` in async code",
    explanation: "The thread sleeps, and with it every task that the runtime has put on it. No timer fires, no other \
                  request is served, and a timeout around the call cannot end it.",
    blind_spots: "A function that sleeps for you is seen one call away and in the same crate only \
                  (`transitive_blocking`); mark others with `#[steadfast::blocking]`.",
    bad: "async fn pause() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n",
    good: "async fn pause() {\n    tokio::time::sleep(std::time::Duration::from_secs(1)).await;\n}\n",
    triggers: &["sleep", "sleep_ms", "sleep_until", "park_timeout"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check)],
};

const SLEEPS: [&str; 4] =
    ["std::thread::sleep", "std::thread::sleep_ms", "std::thread::sleep_until", "std::thread::park_timeout"];

fn check<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !site::is_watched(cx) {
        return;
    }
    let Some(Recognised { item: Some(item), question }) = site::called(cx, call, &SLEEPS, None) else {
        return;
    };
    let draft = Draft::at(call.path, "this puts the whole thread to sleep, and every task on it")
        .label(format!("`{item}` blocks"))
        .help(format!("write `{}.await`", twin(cx, item, &arguments(&call.expr.args))))
        .ask(question);
    site::report(cx, draft);
}

/// The call of `tokio::time` that waits as long.
fn twin(cx: &Cx<'_>, item: &str, time: &str) -> String {
    match item {
        "std::thread::sleep_ms" => {
            let millis = format!("{}({time})", cx.in_scope("std::time::Duration::from_millis"));
            format!("{}({millis})", cx.in_scope("tokio::time::sleep"))
        }
        "std::thread::sleep_until" => format!("{}({time}.into())", cx.in_scope("tokio::time::sleep_until")),
        _ => format!("{}({time})", cx.in_scope("tokio::time::sleep")),
    }
}
