//! Sockets of `std::net`, and names that are looked up.

use syn::{Expr, ExprLit, ExprMethodCall, Lit};

use super::handles::is_non_blocking;
use super::site::{self, Recognised};
use crate::finding::{Draft, Place};
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::text::{arguments, short};
use crate::syntax::{peel, plain_name};
use crate::walk::{Call, Cx, Hook};

pub(crate) static BLOCKING_NET: Rule = Rule {
    name: "blocking_net",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "connecting, accepting, receiving or a DNS look-up with `std::net` in async code",
    explanation: "The thread waits for the peer, and with it every task that the runtime has put on it. A peer that does \
                  not answer takes minutes until the operating system gives up, and a name server takes seconds.",
    blind_spots: "`bind` is let pass: it waits for nobody. So is a socket that the same function makes non-blocking.",
    bad: "async fn dial() -> std::io::Result<std::net::TcpStream> {\n    std::net::TcpStream::connect(\"db:5432\")\n}\n",
    good: "async fn dial() -> std::io::Result<tokio::net::TcpStream> {\n    tokio::net::TcpStream::connect(\"db:5432\").await\n}\n",
    triggers: &[
        "connect",
        "connect_timeout",
        "accept",
        "incoming",
        "recv",
        "recv_from",
        "peek",
        "peek_from",
        "to_socket_addrs",
    ],
    in_tests: false,
    eases: true,
    hooks: &[Hook::Call(check_call), Hook::Method(check_method)],
};

const CONNECTS: [&str; 3] = [
    "std::net::TcpStream::connect",
    "std::net::TcpStream::connect_timeout",
    "std::os::unix::net::UnixStream::connect",
];

const SOCKETS: [&str; 4] = [
    "std::net::TcpListener",
    "std::net::UdpSocket",
    "std::os::unix::net::UnixListener",
    "std::os::unix::net::UnixDatagram",
];

const METHODS: [(&str, usize); 6] =
    [("accept", 0), ("incoming", 0), ("recv", 1), ("recv_from", 1), ("peek", 1), ("peek_from", 1)];

const MESSAGE: &str = "the runtime's thread waits for the network, and all its tasks with it";

fn check_call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !site::is_watched(cx) {
        return;
    }
    let Some(Recognised { item: Some(item), question }) =
        site::called(cx, call, &CONNECTS, Some(QuestionKind::OsIoHandle))
    else {
        return;
    };
    let twin = if item.contains("Unix") { "tokio::net::UnixStream" } else { "tokio::net::TcpStream" };
    let draft = Draft::at(call.path, MESSAGE)
        .label(format!("`{item}` blocks"))
        .help(format!("write `{}.await`", connected(cx, twin, item, call)))
        .ask(question);
    site::report(cx, draft);
}

/// The call that connects with a socket of `tokio`, within the same time.
fn connected(cx: &Cx<'_>, twin: &str, item: &str, call: &Call<'_>) -> String {
    let twin = cx.in_scope(twin);
    match (item, call.expr.args.first(), call.expr.args.get(1)) {
        ("std::net::TcpStream::connect_timeout", Some(address), Some(limit)) => {
            let timeout = cx.in_scope("tokio::time::timeout");
            format!("{timeout}({}, {twin}::connect({}))", short(limit), short(address))
        }
        _ => format!("{twin}::connect({})", arguments(&call.expr.args)),
    }
}

fn check_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    if name == "to_socket_addrs" && call.args.is_empty() {
        return check_look_up(cx, call);
    }
    let is_io = METHODS.iter().any(|(method, arguments)| *method == name && *arguments == call.args.len());
    if !is_io || !site::is_watched(cx) || is_non_blocking(cx, &call.receiver) {
        return;
    }
    let Some(Recognised { item, question }) =
        site::receiver(cx, &call.receiver, &SOCKETS, QuestionKind::OsIoHandle)
    else {
        return;
    };
    let socket = match item.and_then(|item| item.rsplit("::").next()) {
        Some(name) => format!("`{}`", cx.in_scope(&format!("tokio::net::{name}"))),
        None => "the socket of `tokio`".to_owned(),
    };
    let awaited = match name.as_str() {
        "accept" | "incoming" => ".accept().await".to_owned(),
        other => format!(".{other}({}).await", arguments(&call.args)),
    };
    let help = format!("use {socket} and write `{awaited}`");
    let draft = Draft::new(Place::from(call.method.span()), MESSAGE)
        .label(site::label(item, &call.method))
        .help(help)
        .ask(question);
    site::report(cx, draft);
}

fn check_look_up<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if !site::is_watched(cx) || is_address(cx, &call.receiver) {
        return;
    }
    // The method of `std` is the only one of this name if its trait is imported.
    let question = if cx.names.imports("std::net::ToSocketAddrs") {
        None
    } else {
        let Some(question) = cx.ask_operand(QuestionKind::NotFuture, call) else { return };
        Some(question)
    };
    let draft = Draft::new(
        Place::from(call.method.span()),
        "the runtime's thread waits for the name server, and all its tasks with it",
    )
    .label("`to_socket_addrs` blocks while it looks a name up")
    .help(format!("write `{}({}).await`", cx.in_scope("tokio::net::lookup_host"), short(&call.receiver)))
    .ask(question);
    site::report(cx, draft);
}

/// Whether the receiver is an address already, so that nothing is looked up.
fn is_address(cx: &Cx<'_>, receiver: &Expr) -> bool {
    let is_ip =
        |text: &str| text.parse::<std::net::SocketAddr>().is_ok() || text.parse::<std::net::IpAddr>().is_ok();
    let text = match peel(receiver) {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Tuple(pair) => match pair.elems.first().map(peel) {
            Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Some(text.value()),
            _ => None,
        },
        _ => None,
    };
    text.is_some_and(|text| is_ip(&text))
        || cx
            .names
            .type_of(receiver)
            .is_some_and(|ty| ty.starts_with("std::net::Socket") || ty.starts_with("std::net::Ip"))
}
