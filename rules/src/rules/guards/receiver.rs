//! Receivers behind a lock.

use syn::{Expr, ExprMethodCall};

use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::syntax::{method_call, peel, plain_name, sole_ident};
use crate::walk::{Cx, Hook};

pub(crate) static RECEIVER_BEHIND_MUTEX: Rule = Rule {
    name: "receiver_behind_mutex",
    family: Family::Guards,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a lock is held while a channel is empty",
    explanation: "The guard lives as long as `recv` waits. Whoever wants the lock for something else, to close the \
                  channel or to look at it, waits for the next message too.",
    blind_spots: "Sharing a receiver among workers that do nothing else with it works this way; a channel whose \
                  receivers can be cloned serves it better.",
    bad: "use tokio::sync::{Mutex, mpsc};\nasync fn work(jobs: &Mutex<mpsc::Receiver<u32>>) {\n    while let Some(job) = \
          jobs.lock().await.recv().await {\n        println!(\"{job}\");\n    }\n}\n",
    good: "use tokio::sync::mpsc;\nasync fn work(mut jobs: mpsc::Receiver<u32>) {\n    while let Some(job) = \
           jobs.recv().await {\n        println!(\"{job}\");\n    }\n}\n",
    triggers: &["recv", "recv_many"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Expression(check)],
};

fn check<'a>(cx: &mut Cx<'a>, expr: &'a Expr) {
    let Expr::Await(awaited) = expr else { return };
    let Some(recv) = method_call(&awaited.base).filter(|_| cx.in_coroutine()) else { return };
    let is_recv =
        recv.method == "recv" && recv.args.is_empty() || recv.method == "recv_many" && recv.args.len() == 2;
    if !is_recv {
        return;
    }
    let Some(lock) = guard(cx, &recv.receiver) else { return };
    let draft = Draft::at(&recv.method, "the lock stays taken until a message comes")
        .label("waits with the lock held")
        .help("give the task its own receiver, or use a channel whose receivers can be cloned, like `async_channel`")
        .related(crate::finding::Place::of(&lock.method), "the lock is taken here");
    cx.report(draft);
}

/// The lock call behind a receiver: `rx.lock().await`, or a variable that was bound to it.
fn guard<'a>(cx: &Cx<'a>, receiver: &'a Expr) -> Option<&'a ExprMethodCall> {
    let taken = match sole_ident(receiver) {
        Some(name) => cx.names.local(name)?.init?,
        None => receiver,
    };
    let Expr::Await(awaited) = peel(taken) else { return None };
    let call = method_call(&awaited.base)?;
    let name = plain_name(&call.method);
    (matches!(name.as_str(), "lock" | "lock_owned" | "write") && call.args.is_empty()).then_some(call)
}
