//! Writers whose last bytes stay in a buffer.

use syn::{Expr, ExprMethodCall};

use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::rules::tasks::spawned::binding;
use crate::syntax::uses::{Use, uses};
use crate::syntax::{callee, peel, peel_result, plain_name};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static BUF_WRITER_NOT_FLUSHED: Rule = Rule {
    name: "buf_writer_not_flushed",
    family: Family::Resources,
    level: Level::Error,
    since: "0.2.0",
    summary: "a `tokio::io::BufWriter` that is written to and never flushed",
    explanation: "The writer of `std` flushes when it is dropped. The one of `tokio` cannot, for `drop` cannot wait: \
                  what is still in its buffer is lost, without an error. For short output that is all of it.",
    blind_spots: "Only a writer in a local variable that stays in the function. One that is lent to a function, moved, \
                  returned or used in a closure is let pass, and so is one that is flushed on some path only.",
    bad: "async fn save(file: tokio::fs::File) -> std::io::Result<()> {\n    use tokio::io::AsyncWriteExt;\n    \
          let mut writer = tokio::io::BufWriter::new(file);\n    writer.write_all(b\"text\").await?;\n    Ok(())\n}\n",
    good: "async fn save(file: tokio::fs::File) -> std::io::Result<()> {\n    use tokio::io::AsyncWriteExt;\n    \
           let mut writer = tokio::io::BufWriter::new(file);\n    writer.write_all(b\"text\").await?;\n    \
           writer.flush().await\n}\n",
    triggers: &["BufWriter", "BufStream"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check_writer)],
};

pub(crate) static TOKIO_FILE_NOT_FLUSHED: Rule = Rule {
    name: "tokio_file_not_flushed",
    family: Family::Resources,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a `tokio::fs::File` that is written to and never flushed",
    explanation: "A write to a `tokio` file returns when the bytes have been handed to the blocking pool. Without \
                  `flush` or `sync_all` nobody learns whether the last write failed, a reader can come too early, and a \
                  runtime that shuts down drops what is still on its way.",
    blind_spots: "Only a file in a local variable that stays in the function. One that is lent to a function, moved, \
                  returned or used in a closure is let pass, and so is one that is flushed on some path only. \
                  `tokio::fs::write` waits by itself.",
    bad: "async fn save() -> std::io::Result<()> {\n    use tokio::io::AsyncWriteExt;\n    \
          let mut file = tokio::fs::File::create(\"a\").await?;\n    file.write_all(b\"text\").await?;\n    Ok(())\n}\n",
    good: "async fn save() -> std::io::Result<()> {\n    use tokio::io::AsyncWriteExt;\n    \
           let mut file = tokio::fs::File::create(\"a\").await?;\n    file.write_all(b\"text\").await?;\n    \
           file.sync_all().await\n}\n",
    triggers: &["File", "OpenOptions"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check_file)],
};

/// Methods that neither write nor finish what was written.
const NEUTRAL: [&str; 16] = [
    "get_ref",
    "get_mut",
    "buffer",
    "capacity",
    "metadata",
    "set_len",
    "set_permissions",
    "set_max_buf_size",
    "seek",
    "rewind",
    "stream_position",
    "read",
    "read_exact",
    "read_to_end",
    "read_to_string",
    "read_line",
];

fn check_writer<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    const WRITERS: [&str; 2] = ["tokio::io::BufWriter", "tokio::io::BufStream"];
    let Some((name, init)) = binding(statement.stmt) else { return };
    let is_certain = match cx.names.type_of(init) {
        Some(ty) => {
            if !WRITERS.contains(&ty.as_str()) {
                return;
            }
            true
        }
        None if is_constructor(init, &["BufWriter", "BufStream"]) => false,
        None => return,
    };
    let writer = plain_name(name);
    let Some(write) = unfinished_write(cx, statement, &writer) else { return };
    let question = if is_certain { None } else { cx.ask_binding(QuestionKind::BufWriter, name) };
    if !is_certain && question.is_none() {
        return;
    }
    let draft = Draft::new(
        Place::from(write.method.span()),
        "what is still in the buffer is lost when the writer is dropped",
    )
    .label("written to a buffer that nobody flushes")
    .help(format!("write `{writer}.flush().await?;` after the last write"))
    .note("a `BufWriter` of `std` flushes when it is dropped; one of `tokio` cannot")
    .ask(question);
    cx.report(draft);
}

fn check_file<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Some((name, init)) = binding(statement.stmt) else { return };
    let is_certain = match cx.names.type_of(init) {
        Some(ty) => {
            if ty != "tokio::fs::File" {
                return;
            }
            true
        }
        None if is_opened(init) => false,
        None => return,
    };
    let file = plain_name(name);
    let Some(write) = unfinished_write(cx, statement, &file) else { return };
    let question = if is_certain { None } else { cx.ask_binding(QuestionKind::TokioFile, name) };
    if !is_certain && question.is_none() {
        return;
    }
    let draft = Draft::new(
        Place::from(write.method.span()),
        "the last write may fail or come late, and nobody learns of it",
    )
    .label("returns before the bytes are in the file")
    .help(format!("write `{file}.flush().await?;` or `{file}.sync_all().await?;` after the last write"))
    .ask(question);
    cx.report(draft);
}

/// The last write to the variable, if nothing that is done with it finishes what was written.
fn unfinished_write<'a>(cx: &Cx<'a>, statement: &Statement<'a>, name: &str) -> Option<&'a ExprMethodCall> {
    let uses = uses(cx.macros, statement.rest(), name);
    let mut last = None;
    for one in &uses {
        let Use::Method(call) = one else { return None };
        let method = plain_name(&call.method);
        if method.starts_with("write") {
            last = Some(*call);
        } else if !NEUTRAL.contains(&method.as_str()) {
            return None;
        }
    }
    last
}

/// `BufWriter::new(..)` under a name that the source does not explain.
fn is_constructor(init: &Expr, types: &[&str]) -> bool {
    let Expr::Call(call) = peel(init) else { return false };
    let Some(path) = callee(&call.func) else { return false };
    let names: Vec<String> =
        path.segments.iter().rev().take(2).map(|segment| plain_name(&segment.ident)).collect();
    matches!(names.as_slice(), [new, ty] if matches!(new.as_str(), "new" | "with_capacity") && types.contains(&ty.as_str()))
}

/// `File::create(..).await`, `OpenOptions::new()..open(..).await`, or a chain that ends in the like.
fn is_opened(init: &Expr) -> bool {
    let Expr::Await(awaited) = peel_result(init) else { return false };
    match peel(&awaited.base) {
        Expr::Call(call) => {
            let Some(path) = callee(&call.func) else { return false };
            let names: Vec<String> =
                path.segments.iter().rev().take(2).map(|segment| plain_name(&segment.ident)).collect();
            matches!(names.as_slice(), [open, file] if matches!(open.as_str(), "create" | "create_new" | "open") && file == "File")
        }
        Expr::MethodCall(call) => call.method == "open",
        _ => false,
    }
}
