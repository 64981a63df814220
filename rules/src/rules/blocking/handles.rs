//! Reading from and writing to handles of the operating system, by the traits of `std::io`.

use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Ident, Macro};

use super::site::{self, Recognised};
use super::stdin;
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::Part;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::text::arguments;
use crate::syntax::{callee, method_call, peel_references, plain_name, sole_ident};
use crate::walk::{Cx, Hook, Loop, LoopKind};

pub(crate) static BLOCKING_IO_HANDLE: Rule = Rule {
    name: "blocking_io_handle",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "reading or writing a file, socket or pipe of `std` in async code",
    explanation: "The thread waits until the disk or the peer answers, and with it every task that the runtime has put on \
                  it. A peer that never answers stops them for good.",
    blind_spots: "What is known as `impl Read` only may be anything and is let pass, and so is a socket that the same \
                  function makes non-blocking. Standard output is no subject of this rule.",
    bad: "use std::io::Read;\nasync fn read(mut file: std::fs::File) -> std::io::Result<String> {\n    \
          let mut text = String::new();\n    file.read_to_string(&mut text)?;\n    Ok(text)\n}\n",
    good: "use tokio::io::AsyncReadExt;\nasync fn read(mut file: tokio::fs::File) -> std::io::Result<String> {\n    \
           let mut text = String::new();\n    file.read_to_string(&mut text).await?;\n    Ok(text)\n}\n",
    triggers: &[
        "read",
        "read_exact",
        "read_to_end",
        "read_to_string",
        "read_vectored",
        "read_line",
        "read_until",
        "write",
        "write_all",
        "write_vectored",
        "write_fmt",
        "writeln",
        "flush",
        "seek",
        "rewind",
        "sync_all",
        "sync_data",
        "set_len",
        "lines",
        "bytes",
        "split",
    ],
    in_tests: false,
    eases: true,
    hooks: &[Hook::Method(check_method), Hook::Macro(check_macro), Hook::Loop(check_loop)],
};

/// The handles that read and write.
pub(super) const HANDLES: [&str; 6] = [
    "std::fs::File",
    "std::net::TcpStream",
    "std::os::unix::net::UnixStream",
    "std::process::ChildStdin",
    "std::process::ChildStdout",
    "std::process::ChildStderr",
];

/// Methods that do I/O, with the number of their arguments.
const METHODS: [(&str, usize); 18] = [
    ("read", 1),
    ("read_exact", 1),
    ("read_to_end", 1),
    ("read_to_string", 1),
    ("read_vectored", 1),
    ("read_line", 1),
    ("read_until", 2),
    ("write", 1),
    ("write_all", 1),
    ("write_vectored", 1),
    ("write_fmt", 1),
    ("flush", 0),
    ("seek", 1),
    ("rewind", 0),
    ("stream_position", 0),
    ("sync_all", 0),
    ("sync_data", 0),
    ("set_len", 1),
];

/// Methods that give an iterator each of whose steps does I/O.
const ITERATORS: [&str; 3] = ["lines", "bytes", "split"];

const MESSAGE: &str = "the runtime's thread waits for this I/O, and all its tasks with it";

fn check_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    let is_io = METHODS.iter().any(|(method, arguments)| *method == name && *arguments == call.args.len());
    if is_io && site::is_watched(cx) {
        check(cx, &call.receiver, &call.method, Some(call));
    }
}

/// `writeln!(file, ..)`
fn check_macro<'a>(cx: &mut Cx<'a>, mac: &'a Macro) {
    let Some(name) = mac.path.segments.last().map(|last| &last.ident) else { return };
    if name != "write" && name != "writeln" || !site::is_watched(cx) {
        return;
    }
    if let Some(Part::Expr(target, _)) = cx.macros.parts(mac).first() {
        check(cx, target, name, None);
    }
}

/// `for line in reader.lines()`
fn check_loop<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    let LoopKind::For(_, iterated) = looped.kind else { return };
    let Some(call) = method_call(iterated) else { return };
    if ITERATORS.contains(&plain_name(&call.method).as_str()) && site::is_watched(cx) {
        check(cx, &call.receiver, &call.method, None);
    }
}

fn check(cx: &mut Cx<'_>, target: &Expr, method: &Ident, call: Option<&ExprMethodCall>) {
    if stdin::is_standard(cx, target) || is_non_blocking(cx, target) {
        return;
    }
    let target = peel_references(target);
    let Some(Recognised { item, question }) = site::receiver(cx, target, &HANDLES, QuestionKind::OsIoHandle)
    else {
        return;
    };
    let handle = match item.and_then(twin) {
        Some(twin) => format!("`{}`", cx.in_scope(twin)),
        None => "the handle of `tokio`".to_owned(),
    };
    let arguments = call.map(|call| arguments(&call.args)).unwrap_or_default();
    let help = format!("use {handle} and write `{}`", awaited(&plain_name(method), &arguments));
    let draft = Draft::new(Place::from(method.span()), MESSAGE)
        .label(site::label(item, method))
        .help(help)
        .ask(question);
    site::report(cx, draft);
}

/// What to write with a handle of `tokio` instead of a method, macro or iterator of `std`.
fn awaited(name: &str, arguments: &str) -> String {
    match name {
        "write" if !arguments.is_empty() => format!(".write_all({arguments}).await"),
        "write" | "writeln" | "write_fmt" => ".write_all(format!(..).as_bytes()).await".to_owned(),
        "lines" => "while let Some(line) = lines.next_line().await?".to_owned(),
        "split" => "while let Some(part) = parts.next_segment().await?".to_owned(),
        "bytes" => ".read_u8().await".to_owned(),
        other => format!(".{other}({arguments}).await"),
    }
}

fn twin(ty: &str) -> Option<&'static str> {
    Some(match ty {
        "std::fs::File" => "tokio::fs::File",
        "std::net::TcpStream" => "tokio::net::TcpStream",
        "std::os::unix::net::UnixStream" => "tokio::net::UnixStream",
        "std::process::ChildStdin" => "tokio::process::ChildStdin",
        "std::process::ChildStdout" => "tokio::process::ChildStdout",
        "std::process::ChildStderr" => "tokio::process::ChildStderr",
        _ => return None,
    })
}

/// Whether the function at hand makes the socket non-blocking.
pub(super) fn is_non_blocking(cx: &Cx<'_>, target: &Expr) -> bool {
    let Some(function) = cx.function else { return false };
    let name = peel_references(target).to_token_stream().to_string();
    search::search(cx.macros, Within::Block(function.block), &mut |piece| match piece {
        Piece::Expr(Expr::MethodCall(call)) if call.method == "set_nonblocking" => {
            if peel_references(&call.receiver).to_token_stream().to_string() == name {
                Step::Found
            } else {
                Step::Into
            }
        }
        _ => Step::Into,
    })
}

/// Whether a chain of method calls begins with a call of a function of this name, or with a variable that is bound to
/// such a chain.
pub(super) fn begins_with_call(cx: &Cx<'_>, expr: &Expr, names: &[&str]) -> bool {
    begins_with(cx, expr, names, LONGEST_CHAIN)
}

/// How many variables are followed back: `let input = stdin(); let lines = input.lock();`. One that is bound to itself
/// (`let input = input.lock();`) would be followed forever.
const LONGEST_CHAIN: usize = 2;

fn begins_with(cx: &Cx<'_>, expr: &Expr, names: &[&str], chain: usize) -> bool {
    match peel_references(expr) {
        Expr::MethodCall(call) => begins_with(cx, &call.receiver, names, chain),
        Expr::Try(tried) => begins_with(cx, &tried.expr, names, chain),
        Expr::Call(call) => callee(&call.func)
            .and_then(|path| path.segments.last())
            .is_some_and(|last| names.contains(&plain_name(&last.ident).as_str())),
        other => {
            let Some(left) = chain.checked_sub(1) else { return false };
            let init = sole_ident(other).and_then(|name| cx.names.local(name)?.init);
            init.is_some_and(|init| begins_with(cx, init, names, left))
        }
    }
}
