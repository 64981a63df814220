//! Tasks whose handle is dropped.

use super::spawned::{Dropped, Output, Spawn};
use crate::finding::Draft;
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static DETACHED_FALLIBLE_TASK: Rule = Rule {
    name: "detached_fallible_task",
    family: Family::Tasks,
    level: Level::Error,
    since: "0.2.0",
    summary: "a task that returns a `Result`, and nobody who looks at it",
    explanation: "A task that fails hands its error to whoever awaits its handle. Here the handle is dropped at once: \
                  the task ends, the error with it, and the program goes on as if the work were still being done.",
    blind_spots: "A handle that is kept and never awaited is not seen. `let _ = spawn(..)` is reported one level \
                  lower, for somebody thought about it. Without the compiler, which cannot be asked in a function that is \
                  not `async`, only tasks are seen that end in `Ok(..)` or call a function of the same file. `Result<_, Infallible>` is let pass only where it is written.",
    bad: "async fn start() {\n    tokio::spawn(serve());\n}\n\nasync fn serve() -> Result<(), std::io::Error> {\n    \
          tokio::fs::read(\"a\").await.map(drop)\n}\n",
    good: "async fn start() {\n    tokio::spawn(async {\n        if let Err(error) = serve().await {\n            \
           eprintln!(\"the server ended: {error}\");\n        }\n    });\n}\n\nasync fn serve() -> Result<(), \
           std::io::Error> {\n    tokio::fs::read(\"a\").await.map(drop)\n}\n",
    triggers: &["spawn", "spawn_local", "spawn_blocking"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check_fallible)],
};

pub(crate) static DETACHED_SPAWN: Rule = Rule {
    name: "detached_spawn",
    family: Family::Tasks,
    level: Level::Off,
    since: "0.2.0",
    summary: "a task whose handle is dropped",
    explanation: "Nobody waits for the task, nobody learns that it panicked, and the end of the program cuts it off \
                  wherever it stands. Much correct code does that on purpose, so the rule is off; turn it on where \
                  every task should belong to somebody.",
    blind_spots: "`let _ = spawn(..)` and `drop(spawn(..))` say that it is meant and are let pass. A handle that is \
                  kept and forgotten is not seen.",
    bad: "fn start() {\n    tokio::spawn(async { println!(\"on its own\") });\n}\n",
    good: "fn start(tasks: &mut tokio::task::JoinSet<()>) {\n    tasks.spawn(async { println!(\"owned\") });\n}\n",
    triggers: &["spawn", "spawn_local", "spawn_blocking"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check_any)],
};

fn check_fallible<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Some(dropped) = Dropped::by(statement) else { return };
    let Some(spawn) = Spawn::of(cx, dropped.expr) else { return };
    let question = match spawn.output(cx) {
        Output::Fallible if spawn.is_certain => None,
        Output::Fallible | Output::Unknown if dropped.is_value_of(statement) => {
            let Some(question) = cx.ask_value(QuestionKind::FallibleJoinHandle) else { return };
            Some(question)
        }
        Output::Other | Output::Fallible | Output::Unknown => return,
    };
    let draft = Draft::new(spawn.place, "if this task fails, its error is lost")
        .label("returns a `Result` to a handle that is dropped")
        .help("handle the error at the end of the task, or keep the handle and await it")
        .ask(question);
    cx.report(if dropped.is_explicit { draft.unsure() } else { draft });
}

fn check_any<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Some(dropped) = Dropped::by(statement).filter(|dropped| !dropped.is_explicit) else { return };
    let Some(spawn) = Spawn::of(cx, dropped.expr) else { return };
    let question = if spawn.is_certain { None } else { cx.ask_value(QuestionKind::JoinHandle) };
    if !spawn.is_certain && question.is_none() {
        return;
    }
    let draft = Draft::new(spawn.place, "nobody waits for this task, or learns that it panicked")
        .label("its handle is dropped")
        .help("keep the handle, or spawn it in a `steadfast::scope` or `JoinSet`; `let _ = ..` says that it is meant")
        .ask(question);
    cx.report(draft);
}
