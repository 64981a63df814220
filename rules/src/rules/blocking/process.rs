//! Processes of `std::process`.

use syn::{Expr, ExprMethodCall};

use super::site::{self, Recognised};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::{peel, plain_name};
use crate::walk::{Cx, Hook};

pub(crate) static BLOCKING_PROCESS: Rule = Rule {
    name: "blocking_process",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "running or waiting for a process with `std::process` in async code",
    explanation: "`output`, `status` and `wait` return when the other process has ended. Until then the thread waits, and \
                  with it every task that the runtime has put on it. `spawn` only waits for the process to start, which \
                  takes a millisecond; it is a warning.",
    blind_spots: "A process that is started by another crate is not seen.",
    bad: "async fn list() -> std::io::Result<std::process::Output> {\n    std::process::Command::new(\"ls\").output()\n}\n",
    good: "async fn list() -> std::io::Result<std::process::Output> {\n    tokio::process::Command::new(\"ls\").output().await\n}\n",
    triggers: &["output", "status", "spawn", "wait", "wait_with_output"],
    in_tests: false,
    eases: true,
    hooks: &[Hook::Method(check)],
};

const COMMAND: &str = "std::process::Command";
const CHILD: &str = "std::process::Child";

/// Methods that return the command that they are called on.
const BUILDS: [&str; 14] = [
    "arg",
    "args",
    "env",
    "envs",
    "env_clear",
    "env_remove",
    "current_dir",
    "stdin",
    "stdout",
    "stderr",
    "uid",
    "gid",
    "process_group",
    "creation_flags",
];

fn check<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    let ty = match name.as_str() {
        "output" | "status" | "spawn" => COMMAND,
        "wait" | "wait_with_output" => CHILD,
        _ => return,
    };
    if !call.args.is_empty() || !site::is_watched(cx) {
        return;
    }
    let receiver = built(&call.receiver);
    let Some(Recognised { item, question }) = site::receiver(cx, receiver, &[ty], QuestionKind::OsProcess)
    else {
        return;
    };
    let starts = name == "spawn";
    let message = if starts {
        "the runtime's thread waits for the process to start"
    } else {
        "the runtime's thread waits for the process to end, and all its tasks with it"
    };
    let command = cx.in_scope("tokio::process::Command");
    let help = if starts {
        format!("build it with `{command}`; its `spawn` is called the same way")
    } else {
        format!("build it with `{command}` and write `.{name}().await`")
    };
    let draft = Draft::new(Place::from(call.method.span()), message)
        .label(site::label(item, &call.method))
        .help(help)
        .ask(question);
    site::report(cx, if starts { draft.unsure() } else { draft });
}

/// What a chain of builder methods is called on.
fn built(expr: &Expr) -> &Expr {
    match peel(expr) {
        Expr::MethodCall(call) if BUILDS.contains(&plain_name(&call.method).as_str()) => {
            built(&call.receiver)
        }
        other => other,
    }
}
