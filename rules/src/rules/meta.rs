//! The rules about `#[steadfast::allow(..)]`. The walk itself reports them.

use crate::rule::{Family, Level, Rule};

pub(crate) static RULES: &[&Rule] = &[&UNUSED_ALLOW, &MALFORMED_ALLOW];

pub(crate) static UNUSED_ALLOW: Rule = Rule {
    name: "unused_allow",
    family: Family::Meta,
    level: Level::Warn,
    since: "0.2.0",
    summary: "an `allow` that allows nothing",
    explanation: "Nothing below the attribute would be reported. It was needed once, or it stands at the wrong place; \
                  left alone it hides the next mistake.",
    blind_spots: "An `allow` of a rule that is off, and of a rule that has to ask the compiler, is left alone.",
    bad: "#[steadfast::allow(blocking_sleep, reason = \"no longer true\")]\nasync fn pause() {}\n",
    good: "async fn pause() {}\n",
    triggers: &["allow"],
    in_tests: true,
    eases: false,
    hooks: &[],
};

pub(crate) static MALFORMED_ALLOW: Rule = Rule {
    name: "malformed_allow",
    family: Family::Meta,
    level: Level::Error,
    since: "0.2.0",
    summary: "an `allow` without a reason, or for a rule that does not exist",
    explanation: "Whoever reads the code next needs to know why the mistake is none here, and a misspelt name allows \
                  nothing.",
    blind_spots: "None.",
    bad: "#[steadfast::allow(blocking_sleep)]\nasync fn pause() {\n    std::thread::sleep(std::time::Duration::from_millis(1));\n}\n",
    good: "#[steadfast::allow(blocking_sleep, reason = \"one millisecond, at start-up\")]\nasync fn pause() {\n    \
           std::thread::sleep(std::time::Duration::from_millis(1));\n}\n",
    triggers: &["allow"],
    in_tests: true,
    eases: false,
    hooks: &[],
};
