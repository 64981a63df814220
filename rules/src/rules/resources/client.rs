//! How an HTTP client is built.

use syn::{Expr, ExprCall, ExprMethodCall};

use super::time_limits::{callers_limit_time, limits_time};
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::{callee, peel, peel_result, sole_ident};
use crate::walk::{Cx, Hook};

pub(crate) static CLIENT_WITHOUT_TIMEOUT: Rule = Rule {
    name: "client_without_timeout",
    family: Family::Resources,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a `reqwest` client without a timeout",
    explanation: "The asynchronous client of `reqwest` has no timeout of its own. A server that accepts and never \
                  answers holds the request, and whatever waits for it, for as long as the connection lives.",
    blind_spots: "A function in which anything is called `timeout`, on the builder, on a request or around it, is let \
                  pass, and one that only such functions of the same file call. A timeout that every request gets \
                  elsewhere is not seen. The blocking client has a timeout of 30 s by itself. In WebAssembly there is \
                  none to set, and nothing is reported.",
    bad: "fn client() -> reqwest::Client {\n    reqwest::Client::new()\n}\n",
    good: "fn client() -> reqwest::Result<reqwest::Client> {\n    \
           reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()\n}\n",
    triggers: &["Client", "ClientBuilder"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Expression(check)],
};

const CONSTRUCTORS: [&str; 2] = ["reqwest::Client::new", "reqwest::Client::default"];
const BUILDERS: [&str; 2] = ["reqwest::Client::builder", "reqwest::ClientBuilder::new"];

fn check<'a>(cx: &mut Cx<'a>, expr: &'a Expr) {
    let Some(built) = Built::by(cx, expr) else { return };
    // A browser ends what does not answer, and `reqwest` has no timeout there.
    if cx.context.wasm || limits_time(cx) || callers_limit_time(cx) {
        return;
    }
    let limit = format!("{}(30)", cx.in_scope("std::time::Duration::from_secs"));
    let help = match built {
        Built::Default(_) => {
            let builder = cx.in_scope("reqwest::Client");
            format!("write `{builder}::builder().timeout({limit}).build()?`")
        }
        Built::Chain(_) => {
            format!("add `.timeout({limit})`, or `.read_timeout({limit})` for long streams")
        }
    };
    let draft = Draft::new(built.place(), "a server that never answers holds its requests forever")
        .label("this client has no timeout")
        .help(help);
    cx.report(draft);
}

/// The expression that makes a client.
pub(super) enum Built<'a> {
    /// `Client::new()`
    Default(&'a ExprCall),
    /// `Client::builder()..build()`
    Chain(&'a ExprMethodCall),
}

impl<'a> Built<'a> {
    pub(super) fn by(cx: &Cx<'a>, expr: &'a Expr) -> Option<Self> {
        match expr {
            Expr::Call(call) => calls(cx, call, &CONSTRUCTORS).then_some(Self::Default(call)),
            Expr::MethodCall(call) if call.method == "build" && call.args.is_empty() => {
                is_builder(cx, &call.receiver).then_some(Self::Chain(call))
            }
            _ => None,
        }
    }

    pub(super) fn place(&self) -> Place {
        match self {
            Self::Default(call) => Place::of(&call.func),
            Self::Chain(call) => Place::from(call.method.span()),
        }
    }
}

fn calls(cx: &Cx<'_>, call: &ExprCall, functions: &[&str]) -> bool {
    let path = callee(&call.func).map(|path| cx.names.resolve(path));
    path.as_ref().and_then(|target| target.known()).is_some_and(|path| functions.contains(&path))
}

/// Whether the expression is a chain that begins with a fresh builder, here or where its variable is bound.
fn is_builder<'a>(cx: &Cx<'a>, expr: &'a Expr) -> bool {
    match peel(expr) {
        Expr::Call(call) => calls(cx, call, &BUILDERS),
        Expr::MethodCall(call) => is_builder(cx, &call.receiver),
        other => {
            let init = sole_ident(other).and_then(|name| cx.names.local(name)).and_then(|local| local.init);
            init.is_some_and(|init| !is_local(init) && is_builder(cx, init))
        }
    }
}

/// `let builder = builder;`, of which the second may be the first.
fn is_local(expr: &Expr) -> bool {
    let mut expr = peel_result(expr);
    while let Expr::MethodCall(call) = expr {
        expr = peel_result(&call.receiver);
    }
    sole_ident(expr).is_some()
}
