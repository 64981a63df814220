//! Guards of concurrent maps.

use super::super::families::MAPS;
use super::map_loop;
use super::{From, Spoken, Words, in_head, in_let, in_parameters};
use crate::rule::{Family, Level, Rule};
use crate::walk::Hook;
use crate::words::WAITING_ITERATION;

pub(crate) static MAP_GUARD_ACROSS_AWAIT: Rule = Rule {
    name: "map_guard_across_await",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "an entry of a concurrent map lives across an await",
    explanation: "A reference into a `DashMap` locks a part of the map. While the task waits, other tasks that use the same part block their threads; the task itself deadlocks if it uses the map again. The iterator of a `for` over a map holds such a lock from one entry to the next, also when the entry at hand was dropped.",
    blind_spots: "Asked about are variables that come from `get`, `get_mut` and `entry`, parameters, and `for` over `iter()` and `iter_mut()`; `for` over `&map` is seen where the source tells the type of the map. Of an iterator in a variable of its own, `for` over it and `while let` over its `next()` are seen. Maps of other crates are known only to the compiler, through `steadfast` with the feature of that name.",
    bad: "async fn visit(pages: dashmap::DashMap<u32, String>) {\n    let page = pages.get(&1);\n    fetch().await;\n    drop(page);\n}\nasync fn fetch() {}\n",
    good: "async fn visit(pages: dashmap::DashMap<u32, String>) {\n    let page = pages.get(&1).map(|page| page.clone());\n    fetch().await;\n    drop(page);\n}\nasync fn fetch() {}\n",
    triggers: &[
        "get",
        "get_mut",
        "try_get",
        "try_get_mut",
        "entry",
        "try_entry",
        "Entry",
        "RefMut",
        "RefMulti",
        "OccupiedEntry",
        "VacantEntry",
        WAITING_ITERATION,
        "DashMap",
    ],
    in_tests: false,
    eases: false,
    hooks: &[
        Hook::Statement(in_let::<MapGuard>),
        Hook::Expression(in_head::<MapGuard>),
        Hook::Function(in_parameters::<MapGuard>),
        Hook::Loop(map_loop::check),
    ],
};

pub(super) const MESSAGE: &str = "a part of the map stays locked while the task waits";

enum MapGuard {}

impl Spoken for MapGuard {
    const WORDS: Words = Words {
        guards: &MAPS,
        message: MESSAGE,
        what: "locks a part of the map",
        help: |held| match &held.from {
            From::Let(value) if value.contains(".or_") => {
                format!("take a copy: `let {} = {value}.clone();`", held.name)
            }
            _ => {
                "take what you need out of the map before the `.await`: `.map(|entry| entry.value().clone())`"
                    .to_owned()
            }
        },
        why: "",
    };
}
