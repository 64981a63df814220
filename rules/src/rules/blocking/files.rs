//! Files and directories, by `std::fs` and `std::path`.

use syn::{Expr, ExprMethodCall};

use super::site::{self, Recognised};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::text::{arguments, short};
use crate::syntax::{callee, peel, plain_name};
use crate::walk::{Call, Cx, Hook};

pub(crate) static BLOCKING_FS: Rule = Rule {
    name: "blocking_fs",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "`std::fs` in async code",
    explanation: "The thread waits for the disk, and with it every task that the runtime has put on it: microseconds as a \
                  rule, seconds on a network file system or a busy disk. `tokio::fs` does the same on a thread that may \
                  wait.",
    blind_spots: "What a function does for you is seen one call away and in the same crate only \
                  (`transitive_blocking`). At start-up, where nobody waits yet, it is a warning.",
    bad: "async fn load() -> std::io::Result<String> {\n    std::fs::read_to_string(\"settings.toml\")\n}\n",
    good: "async fn load() -> std::io::Result<String> {\n    tokio::fs::read_to_string(\"settings.toml\").await\n}\n",
    triggers: &["fs", "File", "OpenOptions", "DirBuilder"],
    in_tests: false,
    eases: true,
    hooks: &[Hook::Call(check_call), Hook::Method(check_open)],
};

pub(crate) static BLOCKING_PATH_IO: Rule = Rule {
    name: "blocking_path_io",
    family: Family::Blocking,
    level: Level::Off,
    since: "0.2.0",
    summary: "`Path::exists` and its kin in async code",
    explanation: "A method of a path that looks at the disk blocks as `std::fs` does. It is off by itself: most such calls \
                  are answered from memory in a microsecond.",
    blind_spots: "Methods that only work on the text of a path are no I/O and never reported.",
    bad: "use std::path::Path;\nasync fn is_there(path: &Path) -> bool {\n    path.exists()\n}\n",
    good: "use std::path::Path;\nasync fn is_there(path: &Path) -> bool {\n    \
           tokio::fs::try_exists(path).await.unwrap_or(false)\n}\n",
    triggers: &PATH_METHODS,
    in_tests: false,
    eases: true,
    hooks: &[Hook::Method(check_path)],
};

const FUNCTIONS: [&str; 26] = [
    "std::fs::canonicalize",
    "std::fs::copy",
    "std::fs::create_dir",
    "std::fs::create_dir_all",
    "std::fs::exists",
    "std::fs::hard_link",
    "std::fs::metadata",
    "std::fs::read",
    "std::fs::read_dir",
    "std::fs::read_link",
    "std::fs::read_to_string",
    "std::fs::remove_dir",
    "std::fs::remove_dir_all",
    "std::fs::remove_file",
    "std::fs::rename",
    "std::fs::set_permissions",
    "std::fs::set_times",
    "std::fs::soft_link",
    "std::fs::symlink_metadata",
    "std::fs::write",
    "std::os::unix::fs::symlink",
    "std::os::unix::fs::chown",
    "std::os::unix::fs::lchown",
    "std::os::unix::fs::fchown",
    "std::os::windows::fs::symlink_dir",
    "std::os::windows::fs::symlink_file",
];

/// Functions that return a handle of the operating system, which the compiler can be asked about.
const OPENERS: [&str; 3] = ["std::fs::File::open", "std::fs::File::create", "std::fs::File::create_new"];

/// Those that `tokio::fs` does not have under the same name.
const WITHOUT_TWIN: [&str; 5] = [
    "std::fs::soft_link",
    "std::fs::set_times",
    "std::os::unix::fs::chown",
    "std::os::unix::fs::lchown",
    "std::os::unix::fs::fchown",
];

const PATH_METHODS: [&str; 10] = [
    "exists",
    "try_exists",
    "is_file",
    "is_dir",
    "is_symlink",
    "metadata",
    "symlink_metadata",
    "canonicalize",
    "read_link",
    "read_dir",
];

fn check_call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !site::is_watched(cx) {
        return;
    }
    let recognised = site::called(cx, call, &FUNCTIONS, Some(QuestionKind::NotFuture))
        .or_else(|| site::called(cx, call, &OPENERS, Some(QuestionKind::OsIoHandle)));
    let Some(Recognised { item: Some(item), question }) = recognised else { return };
    let help = if WITHOUT_TWIN.contains(&item) { site::offload(cx, call.expr) } else { twin(cx, item, call) };
    let draft = Draft::at(call.path, "the runtime's thread waits for the disk, and all its tasks with it")
        .label(format!("`{item}` blocks"))
        .help(help)
        .ask(question);
    site::report(cx, draft);
}

/// The function of `tokio::fs` that does the same.
fn twin(cx: &Cx<'_>, item: &str, call: &Call<'_>) -> String {
    let name = item.strip_prefix("std::fs::").or_else(|| item.rsplit("::").next()).unwrap_or(item);
    let name = if name == "exists" { "try_exists" } else { name };
    format!("write `{}({}).await`", cx.in_scope(&format!("tokio::fs::{name}")), arguments(&call.expr.args))
}

/// `OpenOptions::new().read(true).open(..)` and `DirBuilder::new().create(..)`.
fn check_open<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let (ty, opens) = match plain_name(&call.method).as_str() {
        "open" => ("std::fs::OpenOptions", true),
        "create" => ("std::fs::DirBuilder", false),
        _ => return,
    };
    if call.args.len() != 1 || !site::is_watched(cx) {
        return;
    }
    let question = match cx.names.type_of(&call.receiver) {
        Some(known) if known == ty => None,
        // A file that comes out tells `std` from `tokio`.
        None if opens && is_built(&call.receiver) => match cx.ask_operand(QuestionKind::OsIoHandle, call) {
            Some(question) => Some(question),
            None => return,
        },
        _ => return,
    };
    let twin = if opens { "tokio::fs::OpenOptions" } else { "tokio::fs::DirBuilder" };
    let draft = Draft::new(
        Place::from(call.method.span()),
        "the runtime's thread waits for the disk, and all its tasks with it",
    )
    .label(site::label(Some(ty), &call.method))
    .help(format!(
        "build it with `{}` and write `.{}({}).await`",
        cx.in_scope(twin),
        call.method,
        arguments(&call.args)
    ))
    .ask(question);
    site::report(cx, draft);
}

/// Whether a chain begins with something that is called `OpenOptions`, or with `File::options()`.
fn is_built(expr: &Expr) -> bool {
    match peel(expr) {
        Expr::MethodCall(call) => is_built(&call.receiver),
        Expr::Call(call) => callee(&call.func).is_some_and(|path| {
            let mut names = path.segments.iter().rev().map(|segment| plain_name(&segment.ident));
            let (last, parent) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
            last == "new" && parent == "OpenOptions" || last == "options" && parent == "File"
        }),
        _ => false,
    }
}

/// What to write for a method of a path.
fn path_twin(cx: &Cx<'_>, call: &ExprMethodCall, method: &str, ty: Option<&str>) -> String {
    let (function, rest) = match method {
        "exists" => ("try_exists", ".unwrap_or(false)".to_owned()),
        "is_file" | "is_dir" => ("metadata", format!(".is_ok_and(|found| found.{method}())")),
        "is_symlink" => ("symlink_metadata", format!(".is_ok_and(|found| found.{method}())")),
        other => (other, String::new()),
    };
    let path = match (short(&call.receiver), ty) {
        (entry, Some("std::fs::DirEntry")) => format!("{entry}.path()"),
        (path, _) if path.starts_with('&') => path,
        (path, _) => format!("&{path}"),
    };
    format!("{}({path}).await{rest}", cx.in_scope(&format!("tokio::fs::{function}")))
}

fn check_path<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    if !call.args.is_empty() || !PATH_METHODS.contains(&name.as_str()) || !site::is_watched(cx) {
        return;
    }
    let types = ["std::path::Path", "std::path::PathBuf", "std::fs::DirEntry"];
    let Some(Recognised { item, question }) =
        site::receiver(cx, &call.receiver, &types, QuestionKind::PathLike)
    else {
        return;
    };
    let draft = Draft::new(
        Place::from(call.method.span()),
        "the runtime's thread waits for the disk, and all its tasks with it",
    )
    .label(site::label(item, &call.method))
    .help(format!("write `{}`", path_twin(cx, call, &name, item)))
    .ask(question);
    site::report(cx, draft);
}
