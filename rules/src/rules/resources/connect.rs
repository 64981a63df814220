//! Connections without a limit on the time they take.

use syn::{Expr, Lit};

use super::time_limits::{connects_for_others, is_limited_by_caller, limits_time};
use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::syntax::peel_references;
use crate::syntax::text::short;
use crate::walk::{Call, Cx, Hook, Parent};

pub(crate) static CONNECT_WITHOUT_TIMEOUT: Rule = Rule {
    name: "connect_without_timeout",
    family: Family::Resources,
    level: Level::Warn,
    since: "0.2.0",
    summary: "`TcpStream::connect` without a timeout",
    explanation: "A host that drops packets answers nothing at all. The operating system tries for minutes, more than \
                  two on Linux, before `connect` fails, and whoever waits for it waits that long.",
    blind_spots: "A function in which anything is called `timeout`, and one with the attribute, is let pass. So is one \
                  whose callers in the same file put a timeout around it, and a `connect` function that hands the bare \
                  stream to others of its kind there: a timeout is up to whoever calls those. A timeout in another file \
                  is not seen: allow it there. Addresses of this machine are let pass.",
    bad: "async fn dial(address: &str) -> std::io::Result<tokio::net::TcpStream> {\n    \
          tokio::net::TcpStream::connect(address).await\n}\n",
    good: "async fn dial(address: &str) -> std::io::Result<tokio::net::TcpStream> {\n    \
           let limit = std::time::Duration::from_secs(5);\n    \
           tokio::time::timeout(limit, tokio::net::TcpStream::connect(address)).await?\n}\n",
    triggers: &["connect"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check)],
};

fn check<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let is_awaited = matches!(cx.parent(), Some(Parent::Expr(Expr::Await(_))));
    if call.target(cx).known() != Some("tokio::net::TcpStream::connect") || !is_awaited {
        return;
    }
    let Some(address) = call.expr.args.first() else { return };
    if is_this_machine(address) || limits_time(cx) || is_limited_by_caller(cx) || connects_for_others(cx) {
        return;
    }
    let (timeout, connect) = (cx.in_scope("tokio::time::timeout"), short(call.expr));
    let limit = format!("{}(5)", cx.in_scope("std::time::Duration::from_secs"));
    let draft = Draft::at(call.path, "a host that does not answer holds this for minutes")
        .label("only the operating system limits this")
        .help(format!("write `{timeout}({limit}, {connect}).await`"));
    cx.report(draft);
}

/// Whether the address is written out and on this machine, where a connection is made or refused at once.
fn is_this_machine(address: &Expr) -> bool {
    match peel_references(address) {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Str(text) => {
                let text = text.value();
                ["127.", "localhost", "[::1]"].iter().any(|local| text.starts_with(local))
            }
            _ => false,
        },
        Expr::Tuple(pair) => pair.elems.first().is_some_and(is_this_machine),
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "LOCALHOST"),
        Expr::Macro(call) => {
            let text = call.mac.tokens.to_string();
            ["\"127.", "\"localhost", "\"[::1]"].iter().any(|local| text.starts_with(local))
        }
        _ => false,
    }
}
