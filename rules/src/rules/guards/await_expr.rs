//! Guards in an expression that waits.

use syn::{Expr, ExprMethodCall};

use super::origin::Origin;
use super::temporaries::{taken, temporaries};
use crate::finding::{Draft, Place};
use crate::liveness::{Owner, Region, life};
use crate::rule::{Family, Level, Rule};
use crate::syntax::method_call;
use crate::walk::{Cx, Hook};

pub(crate) static GUARD_TEMP_IN_AWAIT_EXPR: Rule = Rule {
    name: "guard_temp_in_await_expr",
    family: Family::Guards,
    level: Level::Error,
    since: "0.2.0",
    summary: "a guard without a name in an expression that is awaited",
    explanation: "Temporaries live until the end of their statement. A guard that is used in the arguments of an \
                  awaited call, or in front of it in the chain, is held for as long as the call takes.",
    blind_spots: "A guard in a block inside of the expression counts as gone, which it is from edition 2024 on.",
    bad: "async fn report(sum: &std::sync::Mutex<u32>) {\n    send(*sum.lock().unwrap()).await;\n}\nasync fn send(_: u32) \
          {}\n",
    good: "async fn report(sum: &std::sync::Mutex<u32>) {\n    let sum = *sum.lock().unwrap();\n    send(sum).await;\n}\n\
           async fn send(_: u32) {}\n",
    triggers: super::scrutinee::GUARD_IN_SCRUTINEE.triggers,
    in_tests: false,
    eases: false,
    hooks: &[Hook::Expression(check)],
};

fn check<'a>(cx: &mut Cx<'a>, expr: &'a Expr) {
    if !cx.in_coroutine() {
        return;
    }
    match expr {
        Expr::Await(awaited) => {
            for origin in temporaries(cx, &awaited.base) {
                report(cx, &origin, Place::from(awaited.await_token.span));
            }
        }
        Expr::MethodCall(call) => arguments(cx, call),
        _ => {}
    }
}

/// `m.lock().unwrap().insert(key, load(key).await)`: the receiver comes first, and waits for the arguments.
fn arguments<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let waits = |argument| life(cx.macros, Owner::Scope, Region::Expr(argument)).suspensions.first().copied();
    let Some(wait) = call.args.iter().find_map(waits) else { return };
    for origin in taken(cx, &call.receiver) {
        report(cx, &origin, wait.place());
    }
}

fn report<'a>(cx: &mut Cx<'a>, origin: &Origin<'a>, wait: Place) {
    let Some(call) = method_call(origin.call) else { return };
    let question = match origin.certain {
        Some(_) => None,
        None => match cx.ask_expression(origin.question, origin.call) {
            Some(question) => Some(question),
            None => return,
        },
    };
    let guard = origin.certain.map_or("guard".to_owned(), |guard| format!("`{guard}`"));
    let draft = Draft::at(&call.method, "the guard lives until the end of the statement, through the await")
        .label(format!("this {guard} is held while the task waits"))
        .help("take the value out first, in a statement of its own: `let value = ..;`")
        .note("temporaries live until the end of the statement, not of the call they are made for")
        .related(wait, "the task can wait here, and the guard with it")
        .ask(question);
    cx.report(draft);
}
