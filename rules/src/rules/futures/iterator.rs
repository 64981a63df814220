//! Iterators and collections of futures that are dropped.

use syn::{Expr, ExprMethodCall, Stmt};

use super::certain::returns_future;
use super::unused::is_unused;
use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::syntax::{method_call, patterns, peel, plain_name};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static ITER_OF_FUTURES_DROPPED: Rule = Rule {
    name: "iter_of_futures_dropped",
    family: Family::Futures,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a `.map(..)` makes futures that nobody awaits",
    explanation: "`map` with an async function makes futures, and collecting them runs none. Without `join_all`, a \
                  `FuturesUnordered` or an await for each, nothing happens.",
    blind_spots: "Seen are closures that are `async`, end in an `async` block, or call an async function of the same \
                  file, where the result is dropped or its variable is never mentioned again.",
    bad: "async fn notify(users: Vec<u32>) {\n    let _sent: Vec<_> = users.into_iter().map(|user| \
          send(user)).collect();\n}\nasync fn send(_: u32) {}\n",
    good: "async fn notify(users: Vec<u32>) {\n    let sent: Vec<_> = users.into_iter().map(|user| \
           send(user)).collect();\n    futures::future::join_all(sent).await;\n}\nasync fn send(_: u32) {}\n",
    triggers: &["map"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let (pattern, value) = match statement.stmt {
        Stmt::Local(local) => match &local.init {
            Some(init) => (Some(&local.pat), &*init.expr),
            None => return,
        },
        Stmt::Expr(Expr::Assign(assign), Some(_)) if matches!(*assign.left, Expr::Infer(_)) => {
            (None, &*assign.right)
        }
        Stmt::Expr(expr, Some(_)) => (None, expr),
        _ => return,
    };
    let Some(map) = map(value) else { return };
    let Some(Expr::Closure(closure)) = map.args.first().map(peel) else { return };
    let is_dropped = pattern.is_none_or(|pattern| match patterns::sole_binding(pattern) {
        Some(name) => is_unused(cx, name, statement.rest()),
        None => is_dropped(pattern),
    });
    if !is_dropped || !returns_future(cx, closure) {
        return;
    }
    let draft = Draft::at(&map.method, "these futures are dropped, and none of them runs")
        .label("makes futures that nobody awaits")
        .help("await them all: `futures::future::join_all(..).await`, or use a `for` loop with `.await`");
    cx.report(draft);
}

/// `_` and `_: Vec<_>`: the type is there for `collect`.
fn is_dropped(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Type(typed) => patterns::is_wild(&typed.pat),
        other => patterns::is_wild(other),
    }
}

/// The `map` at the end of the chain, or in front of the `collect` there.
fn map(value: &Expr) -> Option<&ExprMethodCall> {
    let mut call = method_call(value)?;
    if call.method == "collect" {
        call = method_call(&call.receiver)?;
    }
    (plain_name(&call.method) == "map" && call.args.len() == 1).then_some(call)
}
