//! What is a future for certain, and what is none.

use syn::{Expr, ExprClosure, ExprMethodCall};

use crate::syntax::{callee, patterns, peel, plain_name, sole_ident, tail};
use crate::walk::Cx;

/// Methods of futures that return another future of the same work.
const ADAPTERS: [&str; 7] = [
    "boxed",
    "boxed_local",
    "fuse",
    "instrument",
    "in_current_span",
    "with_current_subscriber",
    "catch_unwind",
];

/// Methods of `tokio` that return a future.
const METHODS: [(&str, &[&str]); 12] = [
    ("tokio::sync::Mutex", &["lock", "lock_owned"]),
    ("tokio::sync::RwLock", &["read", "write", "read_owned", "write_owned"]),
    ("tokio::sync::Semaphore", &["acquire", "acquire_owned", "acquire_many", "acquire_many_owned"]),
    ("tokio::sync::Notify", &["notified"]),
    ("tokio::sync::Barrier", &["wait"]),
    ("tokio::sync::mpsc::Sender", &["send", "reserve", "closed", "send_timeout"]),
    ("tokio::sync::mpsc::Receiver", &["recv", "recv_many"]),
    ("tokio::sync::mpsc::UnboundedReceiver", &["recv", "recv_many"]),
    ("tokio::sync::broadcast::Receiver", &["recv"]),
    ("tokio::sync::watch::Receiver", &["changed", "wait_for"]),
    ("tokio_util::sync::CancellationToken", &["cancelled", "cancelled_owned"]),
    ("tokio::task::JoinSet", &["join_next", "shutdown"]),
];

/// Functions of `tokio` that return a future.
const FUNCTIONS: [&str; 6] = [
    "tokio::time::sleep",
    "tokio::time::sleep_until",
    "tokio::time::timeout",
    "tokio::time::timeout_at",
    "tokio::task::yield_now",
    "tokio::signal::ctrl_c",
];

/// Beginnings of the names of functions that return no future in any code that names things as everybody does.
const NO_FUTURES: [&str; 31] = [
    "is_",
    "as_",
    "to_",
    "into_",
    "try_",
    "set_",
    "with_",
    "fetch_",
    "push",
    "insert",
    "remove",
    "replace",
    "swap",
    "store",
    "unwrap",
    "expect",
    "ok",
    "err",
    "spawn",
    "compare_exchange",
    "checked_",
    "saturating_",
    "wrapping_",
    "map",
    "collect",
    "clone",
    "iter",
    "filter",
    "drop_guard",
    "enter",
    "pop",
];

/// Whole names of such functions.
const PLAIN: [&str; 29] = [
    "len",
    "get",
    "get_mut",
    "entry",
    "elapsed",
    "first",
    "last",
    "lines",
    "chars",
    "borrow",
    "borrow_mut",
    "context",
    "and_then",
    "or_else",
    "take",
    "new",
    "default",
    "now",
    "format",
    "extend",
    "clear",
    "truncate",
    "drain",
    "retain",
    "sort",
    "values",
    "from",
    "copied",
    "cloned",
];

/// Types of `tokio` whose `send` does not wait.
const SENDERS: [&str; 4] = [
    "tokio::sync::oneshot::Sender",
    "tokio::sync::mpsc::UnboundedSender",
    "tokio::sync::broadcast::Sender",
    "tokio::sync::watch::Sender",
];

/// Whether the value of the expression is a future for certain.
pub(crate) fn is_future<'a>(cx: &Cx<'a>, expr: &'a Expr) -> bool {
    match peel(expr) {
        Expr::Async(_) => true,
        Expr::MethodCall(call) => {
            cx.calls_own_async(expr)
                || is_known_method(cx, call)
                || ADAPTERS.contains(&plain_name(&call.method).as_str()) && is_future(cx, &call.receiver)
        }
        Expr::Call(call) => {
            let target = callee(&call.func).map(|path| cx.names.resolve(path));
            let is_known = target.as_ref().and_then(|target| target.known()).is_some_and(|path| {
                FUNCTIONS.contains(&path) || path.strip_prefix("tokio::fs::").is_some_and(is_function)
            });
            is_known || cx.calls_own_async(expr)
        }
        _ => false,
    }
}

/// Whether the value may be a future, as far as the source tells: then the compiler has to say.
pub(super) fn may_be_future(cx: &Cx<'_>, expr: &Expr) -> bool {
    let (name, receiver) = match peel(expr) {
        Expr::MethodCall(call) => (plain_name(&call.method), Some(&*call.receiver)),
        Expr::Call(call) => {
            let Some(path) = callee(&call.func) else { return false };
            if cx.names.resolve(path).known().is_some_and(|path| path.starts_with("std::")) {
                return false;
            }
            match path.segments.last() {
                Some(last) => (plain_name(&last.ident), None),
                None => return false,
            }
        }
        _ => return false,
    };
    if !may_name_future(&name) {
        return false;
    }
    let ty = receiver.and_then(|receiver| cx.names.type_of(receiver));
    ty.is_none_or(|ty| !ty.starts_with("std::") && !SENDERS.contains(&ty.as_str()))
}

/// Whether a function of this name may return a future, as far as the name tells.
pub(crate) fn may_name_future(name: &str) -> bool {
    // `Some(..)`, `Ok(..)`, `Client(..)`.
    !(name.starts_with(char::is_uppercase)
        || NO_FUTURES.iter().any(|beginning| name.starts_with(beginning))
        || PLAIN.contains(&name))
}

/// Whether something that is known to return a future has this name, functions of `tokio::fs` aside.
pub(crate) fn names_future(name: &str) -> bool {
    ADAPTERS.contains(&name)
        || METHODS.iter().any(|(_, methods)| methods.contains(&name))
        || FUNCTIONS.iter().any(|path| path.rsplit("::").next() == Some(name))
}

/// Whether a closure returns a future for certain.
pub(super) fn returns_future<'a>(cx: &Cx<'a>, closure: &'a ExprClosure) -> bool {
    closure.asyncness.is_some()
        || body_is_async(closure)
        || is_future(cx, &closure.body) && !calls_parameter(closure)
}

/// `|| async { .. }` and `|| { ..; async { .. } }`.
pub(super) fn body_is_async(closure: &ExprClosure) -> bool {
    closure.asyncness.is_some()
        || match peel(&closure.body) {
            Expr::Async(_) => true,
            Expr::Block(body) => matches!(tail(&body.block), Some(Expr::Async(_))),
            _ => false,
        }
}

fn calls_parameter(closure: &ExprClosure) -> bool {
    let Expr::Call(call) = peel(&closure.body) else { return false };
    let Some(called) = sole_ident(&call.func) else { return false };
    let mut found = false;
    closure.inputs.iter().for_each(|input| patterns::bound_names(input, &mut |name| found |= name == called));
    found
}

fn is_known_method(cx: &Cx<'_>, call: &ExprMethodCall) -> bool {
    let method = plain_name(&call.method);
    let Some((_, _)) = METHODS.iter().find(|(_, methods)| methods.contains(&method.as_str())) else {
        return false;
    };
    let Some(ty) = cx.names.type_of(&call.receiver) else { return false };
    METHODS.iter().any(|(known, methods)| *known == ty && methods.contains(&method.as_str()))
}

/// `tokio::fs::read`, but not `tokio::fs::File::from_std`.
fn is_function(path: &str) -> bool {
    !path.contains("::")
}
