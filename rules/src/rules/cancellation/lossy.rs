//! What `tokio` documents about losing something when a future is dropped half-way.

use syn::{Expr, ExprMethodCall, Path};

use crate::question::{Question, QuestionKind};
use crate::syntax::{callee, method_call, peel, plain_name};
use crate::walk::{Call, Cx};

/// Methods that take bytes from a reader and keep them in the future until all are there.
///
/// Source: the sections "Cancel safety" of `tokio::io::AsyncReadExt` and `AsyncBufReadExt`.
const READS: [&str; 7] =
    ["read_exact", "read_to_end", "read_to_string", "read_line", "read_until", "read_f32", "read_f64"];

/// Integers of more than one byte, with and without `_le`: `read_u16`, `read_i64_le`.
const INTEGERS: [&str; 8] = ["u16", "u32", "u64", "u128", "i16", "i32", "i64", "i128"];

/// Methods that do not tell how much they have written.
const WRITES: [&str; 1] = ["write_all"];

const READERS: [&str; 21] = [
    "tokio::io::AsyncRead",
    "tokio::io::AsyncReadExt",
    "tokio::io::AsyncBufRead",
    "tokio::io::AsyncBufReadExt",
    "tokio::io::BufReader",
    "tokio::io::BufStream",
    "tokio::io::BufWriter",
    "tokio::io::DuplexStream",
    "tokio::io::ReadHalf",
    "tokio::io::Stdin",
    "tokio::fs::File",
    "tokio::net::TcpStream",
    "tokio::net::tcp::OwnedReadHalf",
    "tokio::net::tcp::ReadHalf",
    "tokio::net::UnixStream",
    "tokio::net::unix::OwnedReadHalf",
    "tokio::net::unix::ReadHalf",
    "tokio::net::unix::pipe::Receiver",
    "tokio::process::ChildStdout",
    "tokio::process::ChildStderr",
    "tokio::io::Take",
];

const WRITERS: [&str; 17] = [
    "tokio::io::AsyncWrite",
    "tokio::io::AsyncWriteExt",
    "tokio::io::BufReader",
    "tokio::io::BufStream",
    "tokio::io::BufWriter",
    "tokio::io::DuplexStream",
    "tokio::io::WriteHalf",
    "tokio::io::Stdout",
    "tokio::io::Stderr",
    "tokio::fs::File",
    "tokio::net::TcpStream",
    "tokio::net::tcp::OwnedWriteHalf",
    "tokio::net::tcp::WriteHalf",
    "tokio::net::UnixStream",
    "tokio::net::unix::OwnedWriteHalf",
    "tokio::net::unix::WriteHalf",
    "tokio::process::ChildStdin",
];

/// A call that loses bytes when its future is dropped before it is done.
pub(super) struct LossyCall<'a> {
    pub(super) call: &'a ExprMethodCall,
    /// `None` if the type of the receiver is known.
    pub(super) question: Option<Question>,
    pub(super) direction: Direction,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Read,
    Write,
}

impl LossyCall<'_> {
    /// What is lost.
    pub(super) fn loss(&self) -> &'static str {
        match self.direction {
            Direction::Read => "what it has read so far is lost",
            Direction::Write => "nobody knows how much of it was written",
        }
    }
}

/// The call behind `future`, if it is one that loses bytes.
pub(super) fn lossy_call<'a>(cx: &Cx<'a>, future: &'a Expr) -> Option<LossyCall<'a>> {
    let call = method_call(unwrapped(cx, future))?;
    let name = plain_name(&call.method);
    let direction = direction(&name)?;
    let question = match direction {
        Direction::Read => is_reader(cx, &call.receiver)?,
        Direction::Write => is_one_of(cx, &call.receiver, &WRITERS, QuestionKind::AsyncWrite)?,
    };
    Some(LossyCall { call, question, direction })
}

fn direction(method: &str) -> Option<Direction> {
    let is_integer = method
        .strip_prefix("read_")
        .map(|rest| rest.strip_suffix("_le").unwrap_or(rest))
        .is_some_and(|rest| INTEGERS.contains(&rest));
    if is_integer || READS.contains(&method.strip_suffix("_le").unwrap_or(method)) {
        Some(Direction::Read)
    } else {
        WRITES.contains(&method).then_some(Direction::Write)
    }
}

/// The future inside of `timeout(.., future)` and `future.fuse()`.
pub(super) fn unwrapped<'a>(cx: &Cx<'a>, future: &'a Expr) -> &'a Expr {
    match peel(future) {
        Expr::MethodCall(call) if call.method == "fuse" => unwrapped(cx, &call.receiver),
        Expr::Call(call) => {
            let inner = callee(&call.func).and_then(|path| timed(cx, &Call::new(call, path)));
            inner.map_or(peel(future), |inner| unwrapped(cx, inner))
        }
        other => other,
    }
}

const TIMEOUTS: [&str; 2] = ["tokio::time::timeout", "tokio::time::timeout_at"];

/// The future that `tokio::time::timeout` or `timeout_at` runs.
pub(super) fn timed<'a>(cx: &Cx<'a>, call: &Call<'a>) -> Option<&'a Expr> {
    if call.which(cx, &TIMEOUTS).is_some() { call.expr.args.get(1) } else { None }
}

/// Whether a path means one of `items`, or is written like one where imports are out of sight: the names that are
/// asked for here mean the same thing everywhere.
pub(super) fn is_item(cx: &Cx<'_>, path: &Path, items: &[&'static str]) -> bool {
    crate::walk::known(&cx.names.resolve(path), items).is_some()
}

/// Whether something is read from with `tokio`: certainly (`Some(None)`), or if the question is answered.
#[allow(clippy::option_option, reason = "no, yes, and yes if")]
pub(super) fn is_reader(cx: &Cx<'_>, expr: &Expr) -> Option<Option<Question>> {
    is_one_of(cx, expr, &READERS, QuestionKind::AsyncRead)
}

/// Whether the type of `expr` is one of `types`: certainly (`Some(None)`), or if the question is answered.
#[allow(clippy::option_option, reason = "no, yes, and yes if")]
pub(super) fn is_one_of(
    cx: &Cx<'_>,
    expr: &Expr,
    types: &[&str],
    kind: QuestionKind,
) -> Option<Option<Question>> {
    match cx.names.type_of(expr) {
        Some(ty) if types.contains(&ty.as_str()) => Some(None),
        // A type of another crate can implement a trait of `tokio`; a channel can only be itself.
        Some(_) if !matches!(kind, QuestionKind::AsyncRead | QuestionKind::AsyncWrite) => None,
        _ => cx.ask_expression(kind, expr).map(Some),
    }
}
