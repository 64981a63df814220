//! A loop over `read` that does not see the end.

use syn::{Expr, ExprMethodCall, Ident, Stmt};

use super::lossy;
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::MacroKind;
use crate::syntax::patterns;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{method_call, peel, peel_result, plain_name, sole_ident, text};
use crate::walk::{Cx, Hook, Loop, LoopKind};

pub(crate) static READ_EOF_IGNORED: Rule = Rule {
    name: "read_eof_ignored",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a loop over `read` that never looks for 0, the end of the stream",
    explanation: "When the other side has closed, `read` answers `Ok(0)` at once, every time. A loop that does not look \
                  for it goes on forever, takes a whole core, and keeps the connection open.",
    blind_spots: "Silent as soon as the number is compared, matched or handed to other code, or the data is tested by \
                  `is_empty`.",
    bad: "use tokio::io::{AsyncReadExt, AsyncWriteExt};\n\
          async fn echo(mut stream: tokio::net::TcpStream) -> std::io::Result<()> {\n    \
          let mut buffer = [0; 1024];\n    \
          loop {\n        \
          let n = stream.read(&mut buffer).await?;\n        \
          stream.write_all(&buffer[..n]).await?;\n    \
          }\n\
          }\n",
    good: "use tokio::io::{AsyncReadExt, AsyncWriteExt};\n\
           async fn echo(mut stream: tokio::net::TcpStream) -> std::io::Result<()> {\n    \
           let mut buffer = [0; 1024];\n    \
           loop {\n        \
           let n = stream.read(&mut buffer).await?;\n        \
           if n == 0 {\n            \
           return Ok(());\n        \
           }\n        \
           stream.write_all(&buffer[..n]).await?;\n    \
           }\n\
           }\n",
    triggers: &["read", "read_buf"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Loop(check)],
};

/// Methods that take any bytes, none as well.
const TAKERS: [&str; 9] = [
    "write",
    "write_all",
    "extend_from_slice",
    "put_slice",
    "update",
    "send",
    "push_str",
    "feed",
    "from_utf8_lossy",
];

fn check<'a>(cx: &mut Cx<'a>, looped: &Loop<'a>) {
    if !cx.in_coroutine() || matches!(looped.kind, LoopKind::For(..)) {
        return;
    }
    for (index, stmt) in looped.body.stmts.iter().enumerate() {
        let Some((name, call)) = read_into(stmt) else { continue };
        let rest = &looped.body.stmts[index + 1..];
        if sees_end(cx, looped, name, rest) {
            continue;
        }
        let Some(question) = lossy::is_reader(cx, &call.receiver) else { continue };
        let draft = Draft::at(&call.method, "at the end of the stream this loop goes on forever")
            .label("answers 0 at once when the other side has closed")
            .related(Place::of(name), "never compared with 0")
            .help(format!("leave the loop when `{name} == 0`"))
            .ask(question);
        cx.report(draft);
    }
}

/// `let n = reader.read(..).await?;`, also with a `match` that takes the number out.
fn read_into(stmt: &Stmt) -> Option<(&Ident, &ExprMethodCall)> {
    let Stmt::Local(local) = stmt else { return None };
    let name = patterns::sole_binding(&local.pat)?;
    let call = match peel_result(&local.init.as_ref()?.expr) {
        Expr::Match(decision) => {
            // `Ok(0) => break`, `Ok(n) if n > 0 => n`: the end has an arm.
            let plain = decision
                .arms
                .iter()
                .all(|arm| patterns::guard(&arm.pat).is_none() && !text::full(&arm.pat).contains('0'));
            if !plain {
                return None;
            }
            awaited_read(&decision.expr)?
        }
        other => awaited_read(other)?,
    };
    Some((name, call))
}

fn awaited_read(expr: &Expr) -> Option<&ExprMethodCall> {
    let Expr::Await(awaited) = peel(expr) else { return None };
    let call = method_call(&awaited.base)?;
    let is_read = matches!(plain_name(&call.method).as_str(), "read" | "read_buf") && call.args.len() == 1;
    is_read.then_some(call)
}

/// Whether anything behind the read may notice that there was nothing.
fn sees_end<'a>(cx: &Cx<'a>, looped: &Loop<'a>, name: &Ident, rest: &'a [Stmt]) -> bool {
    let name = plain_name(name);
    let mut plain_uses = 0;
    let noticed = search::search(cx.macros, Within::Statements(rest), &mut |piece| match piece {
        Piece::Expr(expr) if is_plain_use(expr, &name) => {
            plain_uses += 1;
            Step::Over
        }
        // `buffer[..n]` in something that can reject it.
        Piece::Expr(Expr::Index(index)) if is_range_to(&index.index, &name) => {
            plain_uses += 1;
            Step::Over
        }
        Piece::Expr(Expr::MethodCall(call)) => Step::found_if(rejects(cx, call, &name)),
        Piece::Expr(Expr::Call(call)) => {
            let taker = crate::syntax::callee(&call.func).and_then(|path| path.segments.last());
            let takes_all = taker.is_some_and(|last| TAKERS.contains(&plain_name(&last.ident).as_str()));
            Step::found_if(!takes_all && call.args.iter().any(|argument| mentions(cx, argument, &name)))
        }
        Piece::Expr(Expr::Break(_) | Expr::Return(_)) => Step::Found,
        Piece::Expr(expr) => Step::found_if(sole_ident(expr).is_some_and(|ident| plain_name(ident) == name)),
        Piece::Macro(mac) if search::is_opaque(cx.macros, mac) => {
            Step::found_if(search::tokens_mention(&mac.tokens, &name))
        }
        Piece::Macro(mac) => match MacroKind::of(mac) {
            // A log line changes nothing; an assertion does.
            kind if kind.borrows() => {
                if is_assertion(mac) {
                    Step::Found
                } else {
                    Step::Over
                }
            }
            _ => Step::Into,
        },
    });
    noticed || plain_uses == 0 || ends_by_head(cx, looped, &name)
}

fn is_assertion(mac: &syn::Macro) -> bool {
    mac.path.segments.last().is_some_and(|last| {
        let name = plain_name(&last.ident);
        name.contains("assert") || name == "ensure" || name == "bail"
    })
}

/// `total += n`
fn is_plain_use(expr: &Expr, name: &str) -> bool {
    let Expr::Binary(sum) = expr else { return false };
    matches!(sum.op, syn::BinOp::AddAssign(_) | syn::BinOp::SubAssign(_))
        && text::full(&sum.right).split(' ').next() == Some(name)
}

fn is_range_to(index: &Expr, name: &str) -> bool {
    let Expr::Range(range) = peel(index) else { return false };
    range.end.as_deref().is_some_and(|end| sole_ident(end).is_some_and(|ident| plain_name(ident) == name))
}

/// Whether a method may reject the empty data that it is handed, or tests for it.
fn rejects<'a>(cx: &Cx<'a>, call: &'a ExprMethodCall, name: &str) -> bool {
    let method = plain_name(&call.method);
    matches!(method.as_str(), "is_empty" | "len" | "has_remaining" | "remaining")
        || !TAKERS.contains(&method.as_str()) && call.args.iter().any(|argument| mentions(cx, argument, name))
}

fn mentions<'a>(cx: &Cx<'a>, expr: &'a Expr, name: &str) -> bool {
    search::mentions(cx.macros, Within::Expr(expr), name)
}

/// `while n != 0`: the head of the loop looks at it.
fn ends_by_head<'a>(cx: &Cx<'a>, looped: &Loop<'a>, name: &str) -> bool {
    matches!(looped.kind, LoopKind::While(condition) if mentions(cx, condition, name))
}
