//! The clock of the operating system in a test with a clock of its own.

use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::walk::{Call, Cx, Hook, Known};

pub(crate) static STD_INSTANT_IN_PAUSED_TEST: Rule = Rule {
    name: "std_instant_in_paused_test",
    family: Family::Resources,
    level: Level::Warn,
    since: "0.2.0",
    summary: "`std::time::Instant` in a test with a paused clock",
    explanation: "With `start_paused` the clock of the runtime jumps from timer to timer, while `std::time::Instant` \
                  shows the time of the machine: next to nothing passes on it. What is asserted about it is true or \
                  false by chance.",
    blind_spots: "Only calls in the test itself are seen, and only tests that start paused by their attribute.",
    bad: "#[tokio::test(start_paused = true)]\nasync fn waits() {\n    let start = std::time::Instant::now();\n    \
          tokio::time::sleep(std::time::Duration::from_secs(5)).await;\n    assert!(start.elapsed().as_secs() >= 5);\n}\n",
    good: "#[tokio::test(start_paused = true)]\nasync fn waits() {\n    let start = tokio::time::Instant::now();\n    \
           tokio::time::sleep(std::time::Duration::from_secs(5)).await;\n    assert!(start.elapsed().as_secs() >= 5);\n}\n",
    triggers: &["Instant"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Call(check)],
};

const NOW: &str = "std::time::Instant::now";

fn check<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !cx.context.paused || !cx.in_coroutine() {
        return;
    }
    let question = match call.which(cx, &[NOW]) {
        Some(Known::Certain(_)) => None,
        Some(Known::Likely(item)) => {
            let Some(question) = cx.ask_function(call, item) else { return };
            Some(question)
        }
        None => return,
    };
    let replacement = cx.in_scope("tokio::time::Instant");
    let draft = Draft::at(call.path, "the clock of this test is paused, but not this one")
        .label("the time of the machine")
        .help(format!("write `{replacement}::now()`"))
        .ask(question);
    cx.report(draft);
}
