//! Standard input.

use syn::{Expr, ExprMethodCall};

use super::handles::begins_with_call;
use super::site;
use crate::finding::{Draft, Place};
use crate::names::Target;
use crate::question::{Question, QuestionKind};
use crate::rule::{Family, Level, Rule};
use crate::syntax::{callee, peel_references, plain_name};
use crate::walk::{Call, Cx, Hook};

pub(crate) static BLOCKING_STDIN: Rule = Rule {
    name: "blocking_stdin",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "reading standard input in async code",
    explanation: "The thread waits until somebody types, and with it every task that the runtime has put on it: nothing \
                  on that thread goes on before the return key is pressed.",
    blind_spots: "A variable that holds the handle is known if it is bound in the same function.",
    bad: "async fn ask() -> std::io::Result<String> {\n    let mut line = String::new();\n    \
          std::io::stdin().read_line(&mut line)?;\n    Ok(line)\n}\n",
    good: "use tokio::io::{AsyncBufReadExt, BufReader, stdin};\nasync fn ask() -> std::io::Result<String> {\n    \
           let mut line = String::new();\n    BufReader::new(stdin()).read_line(&mut line).await?;\n    Ok(line)\n}\n",
    triggers: &["stdin", "Stdin", "StdinLock"],
    in_tests: false,
    eases: true,
    hooks: &[Hook::Method(check_method), Hook::Call(check_call)],
};

const STDIN: [&str; 2] = ["std::io::Stdin", "std::io::StdinLock"];

const METHODS: [&str; 9] = [
    "read_line",
    "read_until",
    "read_to_string",
    "read_to_end",
    "read",
    "read_exact",
    "lines",
    "bytes",
    "split",
];

/// Whether an expression is a standard stream: those have a rule of their own, or none.
pub(super) fn is_standard(cx: &Cx<'_>, expr: &Expr) -> bool {
    let streams =
        ["std::io::Stdin", "std::io::StdinLock", "std::io::Stdout", "std::io::StdoutLock", "std::io::Stderr"];
    begins_with_call(cx, expr, &["stdin", "stdout", "stderr"]) || cx.type_in(expr, &streams).is_some()
}

fn check_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if !METHODS.contains(&plain_name(&call.method).as_str()) || !site::is_watched(cx) {
        return;
    }
    let receiver = peel_references(&call.receiver);
    let question = match cx.names.type_of(receiver) {
        Some(ty) if STDIN.contains(&ty.as_str()) => None,
        None if begins_with_call(cx, receiver, &["stdin"]) => {
            let Some(question) = cx.ask_expression(QuestionKind::OsIoHandle, receiver) else { return };
            Some(question)
        }
        _ => return,
    };
    report(cx, Place::from(call.method.span()), &format!("`{}`", call.method), question);
}

/// `io::read_to_string(io::stdin())`
fn check_call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if *call.target(cx) != Target::Known("std::io::read_to_string".to_owned()) || !site::is_watched(cx) {
        return;
    }
    let is_stdin = |argument: &Expr| {
        cx.type_in(argument, &STDIN).is_some()
            || matches!(peel_references(argument), Expr::Call(call)
                if callee(&call.func).is_some_and(|path| cx.names.resolve(path).known() == Some("std::io::stdin")))
    };
    if call.expr.args.first().is_some_and(is_stdin) {
        report(cx, Place::of(call.path), "`std::io::read_to_string`", None);
    }
}

fn report(cx: &mut Cx<'_>, place: Place, what: &str, question: Option<Question>) {
    let stdin = cx.in_scope("tokio::io::stdin");
    let draft = Draft::new(place, "the runtime's thread waits for input, and all its tasks with it")
        .label(format!("{what} blocks until input comes"))
        .help(format!("read `{stdin}()` and await it, or read on a thread of its own and send the lines"))
        .ask(question);
    site::report(cx, draft);
}
