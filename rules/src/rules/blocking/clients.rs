//! Clients that block: HTTP and databases.

use syn::{Expr, ExprMethodCall};

use super::site::{self, Recognised};
use crate::finding::{Draft, Place};
use crate::names::Target;
use crate::question::QuestionKind;
use crate::rule::{Family, Level, Rule};
use crate::syntax::text::arguments;
use crate::syntax::{callee, peel, plain_name};
use crate::walk::{Call, Cx, Hook};

pub(crate) static BLOCKING_HTTP_CLIENT: Rule = Rule {
    name: "blocking_http_client",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "a request with `reqwest::blocking`, `ureq`, `minreq` or `attohttpc` in async code",
    explanation: "The thread waits for the answer, and with it every task that the runtime has put on it. \
                  `reqwest::blocking` brings a runtime of its own besides, and panics when that is dropped in async code.",
    blind_spots: "A client that is hidden behind a type of your own is seen one call away and in the same crate only.",
    bad: "async fn fetch() -> Result<String, ureq::Error> {\n    ureq::get(\"https://example.org\").call()?.into_string()\n}\n",
    good: "async fn fetch() -> reqwest::Result<String> {\n    reqwest::get(\"https://example.org\").await?.text().await\n}\n",
    triggers: &["reqwest", "blocking", "ureq", "minreq", "attohttpc", "send", "execute"],
    in_tests: false,
    eases: true,
    hooks: &[Hook::Call(check_http_call), Hook::Method(check_http_method)],
};

pub(crate) static BLOCKING_DB_CLIENT: Rule = Rule {
    name: "blocking_db_client",
    family: Family::Blocking,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a query with `rusqlite`, `postgres`, `redis` or synchronous `diesel` in async code",
    explanation: "The thread waits for the database, and with it every task that the runtime has put on it. A query that \
                  waits for a lock or a slow plan takes as long as it takes.",
    blind_spots: "A connection behind a type of your own is not seen. `diesel` is known by its imports.",
    bad: "async fn count(db: &rusqlite::Connection) -> rusqlite::Result<i64> {\n    \
          db.query_row(\"SELECT count(*) FROM t\", [], |row| row.get(0))\n}\n",
    good: "async fn count(db: rusqlite::Connection) -> rusqlite::Result<i64> {\n    tokio::task::spawn_blocking(move || {\n        \
           db.query_row(\"SELECT count(*) FROM t\", [], |row| row.get(0))\n    })\n    .await\n    .expect(\"no panic\")\n}\n",
    triggers: &DB_WORDS,
    in_tests: false,
    eases: true,
    hooks: &[Hook::Call(check_connect), Hook::Method(check_query)],
};

/// What stands in code with a database: names of crates, then the methods of `rusqlite`.
const DB_WORDS: [&str; 14] = [
    "rusqlite",
    "postgres",
    "redis",
    "r2d2",
    "diesel",
    "sled",
    "execute",
    "execute_batch",
    "query_row",
    "prepare",
    "prepare_cached",
    "query_map",
    "query_row_and_then",
    "commit",
];

/// The methods that the compiler is asked about, whatever their arguments: those behind `execute`.
const DB_METHODS: &[&str] = DB_WORDS.split_at(7).1;

const REQUESTS: [&str; 9] = [
    "reqwest::blocking::get",
    "reqwest::blocking::Client::new",
    "reqwest::blocking::Client::builder",
    "reqwest::blocking::ClientBuilder::new",
    "minreq::get",
    "minreq::post",
    "minreq::put",
    "minreq::delete",
    "minreq::head",
];

/// Functions that begin a request which `send` or `call` makes, and the crates they stand in.
const BEGINNINGS: [&str; 3] = ["ureq::", "minreq::", "attohttpc::"];

const HTTP_MESSAGE: &str = "the runtime's thread waits for the response, and all its tasks with it";

fn check_http_call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Target::Known(path) = call.target(cx) else { return };
    // The others are reported where they are sent.
    let blocks = path.starts_with("reqwest::blocking::") && REQUESTS.contains(&path.as_str());
    if !blocks || !site::is_watched(cx) {
        return;
    }
    let is_get = path == "reqwest::blocking::get";
    let message =
        if is_get { HTTP_MESSAGE } else { "a blocking client panics when it is dropped in async code" };
    let help = if is_get {
        format!("write `{}({}).await`", cx.in_scope("reqwest::get"), arguments(&call.expr.args))
    } else {
        format!("build `{}` and await its requests", cx.in_scope("reqwest::Client"))
    };
    let draft = Draft::at(call.path, message).label(format!("`{path}` blocks")).help(help);
    site::report(cx, draft);
}

fn check_http_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    if !matches!(
        name.as_str(),
        "send" | "call" | "execute" | "send_string" | "send_json" | "send_bytes" | "send_form"
    ) || !site::is_watched(cx)
    {
        return;
    }
    let (what, question) = match origin(cx, &call.receiver) {
        Some(what) => (Some(what), None),
        // `send` takes nothing from a request; a channel's takes a value.
        None if name == "send" && call.args.is_empty() || name == "execute" && call.args.len() == 1 => {
            if cx.names.type_of(&call.receiver).is_some() {
                return;
            }
            let Some(question) = cx.ask_expression(QuestionKind::BlockingClient, &call.receiver) else {
                return;
            };
            (None, Some(question))
        }
        None => return,
    };
    let label = match what {
        Some(what) => format!("this request of `{what}` blocks"),
        None => format!("`{name}` of a blocking client"),
    };
    let draft = Draft::new(Place::from(call.method.span()), HTTP_MESSAGE)
        .label(label)
        .help(format!("use `{}` and write `.send().await`", cx.in_scope("reqwest::Client")))
        .ask(question);
    site::report(cx, draft);
}

/// The crate whose blocking request a chain of methods builds.
fn origin(cx: &Cx<'_>, expr: &Expr) -> Option<&'static str> {
    let path = match peel(expr) {
        Expr::MethodCall(call) => return origin(cx, &call.receiver),
        Expr::Call(call) => cx.names.resolve(callee(&call.func)?).known()?.to_owned(),
        other => cx.names.type_of(other)?,
    };
    if path.starts_with("reqwest::blocking::") {
        return Some("reqwest::blocking");
    }
    let krate = BEGINNINGS.iter().find(|start| path.starts_with(*start))?;
    krate.strip_suffix("::")
}

const CONNECTS: [&str; 6] = [
    "rusqlite::Connection::open",
    "rusqlite::Connection::open_with_flags",
    "postgres::Client::connect",
    "diesel::Connection::establish",
    "diesel::SqliteConnection::establish",
    "diesel::PgConnection::establish",
];

/// Types, and their methods that wait for the database.
const QUERIES: [(&str, &[&str]); 9] = [
    (
        "rusqlite::Connection",
        &[
            "execute",
            "execute_batch",
            "query_row",
            "query_row_and_then",
            "prepare",
            "prepare_cached",
            "transaction",
            "pragma_update",
            "pragma_query",
            "backup",
            "close",
        ],
    ),
    ("rusqlite::Transaction", &["execute", "execute_batch", "query_row", "prepare", "commit"]),
    ("rusqlite::Statement", &["execute", "query", "query_map", "query_row", "insert", "exists"]),
    (
        "postgres::Client",
        &[
            "execute",
            "batch_execute",
            "query",
            "query_one",
            "query_opt",
            "query_raw",
            "simple_query",
            "prepare",
            "transaction",
            "copy_in",
            "copy_out",
        ],
    ),
    ("postgres::Transaction", &["execute", "batch_execute", "query", "query_one", "query_opt", "commit"]),
    ("redis::Connection", &["get", "set", "del", "incr", "hget", "hset", "lpush", "publish", "req_command"]),
    ("redis::Client", &["get_connection", "get_connection_with_timeout"]),
    ("r2d2::Pool", &["get", "get_timeout"]),
    ("sled::Db", &["flush"]),
];

/// Methods of `diesel::RunQueryDsl`.
const DIESEL: [&str; 6] = ["load", "get_result", "get_results", "execute", "first", "load_iter"];

const DB_MESSAGE: &str = "the runtime's thread waits for the database, and all its tasks with it";

fn check_connect<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !site::is_watched(cx) {
        return;
    }
    let Some(item) = call.target(cx).known().filter(|path| CONNECTS.contains(path)) else { return };
    let label = format!("`{item}` blocks");
    let draft = Draft::at(call.path, DB_MESSAGE).label(label).help(site::offload(cx, call.expr));
    site::report(cx, draft);
}

fn check_query<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if !site::is_watched(cx) {
        return;
    }
    let name = plain_name(&call.method);
    let is_query = QUERIES.iter().any(|(_, methods)| methods.contains(&name.as_str()));
    let (item, question) = match cx.names.type_of(&call.receiver) {
        Some(ty) => match QUERIES.iter().find(|(known, _)| *known == ty) {
            Some((ty, methods)) if methods.contains(&name.as_str()) => (Some(*ty), None),
            _ => return,
        },
        None if is_diesel(cx, call, &name) => (None, None),
        None if is_query => match ask(cx, call, &name) {
            Some(recognised) => (recognised.item, recognised.question),
            None => return,
        },
        None => return,
    };
    let draft = Draft::new(Place::from(call.method.span()), DB_MESSAGE)
        .label(site::label(item, &call.method))
        .help(site::offload(cx, call))
        .ask(question);
    site::report(cx, draft);
}

/// Only `rusqlite` is known to the compiler, and its methods are told from those of HTTP clients by their names.
fn ask(cx: &Cx<'_>, call: &ExprMethodCall, name: &str) -> Option<Recognised> {
    let is_statement = name == "execute" && call.args.len() == 2;
    if !is_statement && !DB_METHODS.contains(&name) {
        return None;
    }
    let question = cx.ask_expression(QuestionKind::BlockingClient, &call.receiver)?;
    Some(Recognised { item: None, question: Some(question) })
}

/// A query of synchronous `diesel` takes the connection, `&mut connection` or `connection`.
fn is_diesel(cx: &Cx<'_>, call: &ExprMethodCall, name: &str) -> bool {
    let is_connection = |argument: &Expr| match peel(argument) {
        Expr::Reference(reference) => reference.mutability.is_some(),
        Expr::Path(path) => path.path.get_ident().is_some_and(|name| plain_name(name).contains("conn")),
        _ => false,
    };
    let imports = |path: &str, glob: &str| cx.names.imports(path) || cx.names.imports_all_of(glob);
    DIESEL.contains(&name)
        && call.args.len() == 1
        && call.args.first().is_some_and(is_connection)
        && imports("diesel::RunQueryDsl", "diesel::prelude")
        && !imports("diesel_async::RunQueryDsl", "diesel_async")
}
