//! The same lock twice.

use syn::{Expr, ExprMethodCall, Stmt};

use super::families::{ASYNC_LOCKS, Guards, LOCKS};
use super::origin::{Origin, Shape, origin, sole_variable};
use crate::finding::Draft;
use crate::liveness::{Life, Owner, Region, Suspension, life};
use crate::rule::{Family, Level, Rule};
use crate::syntax::{method_call, peel, plain_name, text};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static DOUBLE_LOCK_SAME_PATH: Rule = Rule {
    name: "double_lock_same_path",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "a lock is taken again while its guard is alive",
    explanation: "The second call waits for the first guard to be dropped, and the first guard waits for the end of its \
                  block, behind the second call. Nothing ever goes on.",
    blind_spots: "The two calls must name the lock by the same variable and fields. Two times `read` is let pass: it \
                  waits for itself only if a writer comes in between. Recursive mutexes are known by their type in the \
                  source only.",
    bad: "async fn swap(sum: &tokio::sync::RwLock<u32>) {\n    let old = sum.read().await;\n    *sum.write().await = *old + \
          1;\n}\n",
    good: "async fn swap(sum: &tokio::sync::RwLock<u32>) {\n    let old = *sum.read().await;\n    *sum.write().await = old + \
           1;\n}\n",
    triggers: &["lock", "read", "write", "lock_owned", "read_owned", "write_owned"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Stmt::Local(local) = statement.stmt else { return };
    let Some(init) = local.init.as_ref().filter(|_| cx.in_coroutine()) else { return };
    let Some(name) = sole_variable(&local.pat) else { return };
    for guards in [&LOCKS, &ASYNC_LOCKS] {
        let Some(origin) = origin(cx, guards, &init.expr) else { continue };
        let Some((first, path)) = first(&origin) else { continue };
        let owner = if origin.shape == Shape::Borrowed { Owner::Scope } else { Owner::Variable(name) };
        let life = life(cx.macros, owner, Region::Statements(statement.rest()));
        let second = life.calls.iter().find(|call| {
            is_second(guards, first, &path, call) && (!guards.awaited || is_awaited(&life, call))
        });
        let Some(second) = second else { continue };
        let question = match origin.certain {
            Some(guard) if guard.starts_with("Reentrant") => continue,
            Some(_) => None,
            None => match cx.ask_binding(origin.question, name) {
                Some(question) => Some(question),
                None => continue,
            },
        };
        let name = plain_name(name);
        let draft = Draft::at(&second.method, "this waits for a guard that is dropped only behind it")
            .label(format!("`{path}` is still locked by `{name}`"))
            .help(format!("use `{name}`, or end it before this line with a block of its own"))
            .related(
                crate::finding::Place::of(&first.method),
                format!("`{name}` holds the lock from here on"),
            )
            .ask(question);
        return cx.report(draft);
    }
}

/// The call that takes the first guard, and the path of the lock.
fn first<'a>(origin: &Origin<'a>) -> Option<(&'a ExprMethodCall, String)> {
    let call = match peel(origin.call) {
        Expr::Await(awaited) => method_call(&awaited.base)?,
        other => method_call(other)?,
    };
    is_place(&call.receiver).then(|| (call, text::full(&*call.receiver)))
}

fn is_second(guards: &Guards, first: &ExprMethodCall, path: &str, second: &ExprMethodCall) -> bool {
    let name = plain_name(&second.method);
    let reads = |name: &str| name.contains("read");
    guards.is_trigger(&name)
        && !name.starts_with("try_")
        && second.args.is_empty()
        && !(reads(&name) && reads(&plain_name(&first.method)))
        && is_place(&second.receiver)
        && text::full(&*second.receiver) == path
}

/// Whether the call is awaited on the spot. A future that is only made takes no lock.
fn is_awaited(life: &Life<'_>, call: &ExprMethodCall) -> bool {
    life.suspensions.iter().any(|suspension| match suspension {
        Suspension::Await(awaited) => {
            method_call(&awaited.base).is_some_and(|awaited| std::ptr::eq(awaited, call))
        }
        _ => false,
    })
}

/// A variable, or fields of one: the same text means the same lock.
fn is_place(expr: &Expr) -> bool {
    match peel(expr) {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Field(field) => is_place(&field.base),
        _ => false,
    }
}
