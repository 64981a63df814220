//! An HTTP client for every call.

use syn::ExprMethodCall;

use super::client::Built;
use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::rules::tasks::spawned::binding;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::uses::{Use, uses};
use crate::syntax::{peel_result, plain_name};
use crate::walk::{Call, Cx, Hook, Loop, Statement};

pub(crate) static CLIENT_PER_CALL: Rule = Rule {
    name: "client_per_call",
    family: Family::Resources,
    level: Level::Warn,
    since: "0.2.0",
    summary: "an HTTP client that is built for one call and thrown away",
    explanation: "A client owns its connections. One that is built for every call shakes hands with the server every \
                  time, with TLS twice, reads the certificates of the system anew, and leaves closed connections behind.",
    blind_spots: "A client that leaves the function, serves a loop, or is built in `main` or a constructor is let \
                  pass. A function that is called only once should hand its client in as well, or allow it.",
    bad: "async fn fetch(url: &str) -> reqwest::Result<String> {\n    let client = reqwest::Client::new();\n    \
          client.get(url).send().await?.text().await\n}\n",
    good: "async fn fetch(client: &reqwest::Client, url: &str) -> reqwest::Result<String> {\n    \
           client.get(url).send().await?.text().await\n}\n",
    triggers: &["Client", "ClientBuilder", "reqwest"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check_binding), Hook::Method(check_chain), Hook::Call(check_get)],
};

/// Methods of a client that begin a request.
const REQUESTS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "request", "execute"];

fn check_binding<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    if !repeats(cx) {
        return;
    }
    let Some((name, init)) = binding(statement.stmt) else { return };
    let Some(built) = Built::by(cx, peel_result(init)) else { return };
    let name = plain_name(name);
    let uses = uses(cx.macros, statement.rest(), &name);
    let requests =
        uses.iter().filter(|one| one.method().is_some_and(|method| REQUESTS.contains(&method.as_str())));
    let stays = uses.iter().all(|one| matches!(one, Use::Method(call) if call.method != "clone"));
    if requests.count() == 0 || !stays || serves_loop(cx, statement, &name) {
        return;
    }
    report(cx, built.place());
}

fn check_chain<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if !repeats(cx) || !REQUESTS.contains(&plain_name(&call.method).as_str()) {
        return;
    }
    if let Some(built) = Built::by(cx, peel_result(&call.receiver)) {
        report(cx, built.place());
    }
}

fn check_get<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if repeats(cx) && call.target(cx).known() == Some("reqwest::get") {
        report(cx, Place::of(call.path));
    }
}

fn report(cx: &mut Cx<'_>, place: Place) {
    let draft = Draft::new(place, "every call opens a new connection and closes it again")
        .label("a client for one call")
        .help("build one client at the start, keep it in a field or a `LazyLock`, and pass `&client`: it is cheap to clone");
    cx.report(draft);
}

/// Whether the code at hand is likely to run many times: in a coroutine that sets nothing up. In WebAssembly the
/// connections belong to the browser.
fn repeats(cx: &Cx<'_>) -> bool {
    cx.in_coroutine() && !cx.context.startup && !cx.context.test && !cx.context.wasm
}

/// Whether a loop behind the statement uses the client: then it is built once for many calls.
fn serves_loop<'a>(cx: &Cx<'a>, statement: &Statement<'a>, name: &str) -> bool {
    search::search(cx.macros, Within::Statements(statement.rest()), &mut |piece| match piece {
        Piece::Expr(expr) if Loop::of(expr).is_some() => {
            if search::mentions(cx.macros, Within::Expr(expr), name) { Step::Found } else { Step::Over }
        }
        _ => Step::Into,
    })
}
