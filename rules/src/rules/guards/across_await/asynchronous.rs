//! Guards of `tokio` locks across awaits that have nothing to do with them.

use quote::ToTokens;
use syn::Stmt;

use super::super::families::ASYNC_LOCKS;
use super::super::origin::{origin, sole_variable};
use crate::finding::Draft;
use crate::liveness::{Owner, Region, Suspension, life};
use crate::rule::{Family, Level, Rule};
use crate::syntax::plain_name;
use crate::syntax::search::tokens_mention;
use crate::walk::{Cx, Hook, Statement};

pub(crate) static ASYNC_GUARD_ACROSS_AWAIT: Rule = Rule {
    name: "async_guard_across_await",
    family: Family::Guards,
    level: Level::Off,
    since: "0.2.0",
    summary: "a `tokio` lock is held while the task waits for something else",
    explanation: "A `tokio` lock may be held across an await; that is what it is for. If the await has nothing to do \
                  with what the lock protects, everybody who wants the lock waits for it too, as long as it takes.",
    blind_spots: "Off by default: whether an await belongs under the lock is for a reader to say. An await that \
                  mentions the guard is taken to need it.",
    bad: "async fn refresh(cache: &tokio::sync::Mutex<u32>) {\n    let mut cache = cache.lock().await;\n    let fresh = \
          fetch().await;\n    *cache = fresh;\n}\nasync fn fetch() -> u32 {\n    1\n}\n",
    good: "async fn refresh(cache: &tokio::sync::Mutex<u32>) {\n    let fresh = fetch().await;\n    *cache.lock().await = \
           fresh;\n}\nasync fn fetch() -> u32 {\n    1\n}\n",
    triggers: &["lock", "read", "write", "lock_owned", "read_owned", "write_owned"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(in_let)],
};

fn in_let<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Stmt::Local(local) = statement.stmt else { return };
    let Some(init) = local.init.as_ref().filter(|_| cx.in_coroutine()) else { return };
    let Some(name) = sole_variable(&local.pat) else { return };
    let Some(origin) = origin(cx, &ASYNC_LOCKS, &init.expr) else { return };
    let life = life(cx.macros, Owner::Variable(name), Region::Statements(statement.rest()));
    let text = plain_name(name);
    let unrelated = life.suspensions.into_iter().find(|suspension| match suspension {
        Suspension::Await(awaited) => !tokens_mention(&awaited.base.to_token_stream(), &text),
        Suspension::Macro(mac) => !tokens_mention(&mac.tokens, &text),
        Suspension::Yield(_) => true,
    });
    let Some(unrelated) = unrelated else { return };
    let question = match origin.certain {
        Some(_) => None,
        None => match cx.ask_binding(origin.question, name) {
            Some(question) => Some(question),
            None => return,
        },
    };
    let draft = Draft::at(name, "everybody who wants this lock waits for the await too")
        .label(format!("`{text}` is held across an await that does not use it"))
        .help(format!("do the waiting first, and take the lock for as long as `{text}` is used"))
        .related(unrelated.place(), "the lock is held here")
        .ask(question);
    cx.report(draft);
}
