//! State that is shared by accident, or copied by accident.

use proc_macro2::{Punct, TokenTree};
use syn::{Expr, ExprMethodCall, Macro};

use crate::finding::{Draft, Place};
use crate::names::Target;
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::Part;
use crate::syntax::text::short;
use crate::syntax::{callee, peel, plain_name};
use crate::walk::{Cx, Hook};
use crate::words::REPEATED;

pub(crate) static SHARED_DEFAULT: Rule = Rule {
    name: "shared_default",
    family: Family::Resources,
    level: Level::Error,
    since: "0.2.0",
    summary: "one lock in every place of a vector, or a new lock at every use of a constant",
    explanation: "`vec![Arc::new(..); n]` builds one value and clones the handle: all places share one lock, counter or \
                  semaphore. A `const` is the other way round: every use of its name builds a fresh value, so a \
                  semaphore in a `const` limits nothing and a counter in one is always zero.",
    blind_spots: "The vector is reported one level lower, for sharing can be meant; it is seen with locks, cells, \
                  atomics and what else can change behind an `Arc` or `Rc`, if that is built in place. Of constants \
                  only method calls on them are seen, and only where they are declared in the same source: as the \
                  element of an array such a constant is fine.",
    bad: "use std::sync::atomic::{AtomicU64, Ordering};\n\
          const CALLS: AtomicU64 = AtomicU64::new(0);\n\
          async fn work() -> u64 {\n    \
          CALLS.fetch_add(1, Ordering::Relaxed)\n\
          }\n",
    good: "use std::sync::atomic::{AtomicU64, Ordering};\n\
           static CALLS: AtomicU64 = AtomicU64::new(0);\n\
           async fn work() -> u64 {\n    \
           CALLS.fetch_add(1, Ordering::Relaxed)\n\
           }\n",
    triggers: &["const", REPEATED],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Macro(check_vec), Hook::Method(check_const)],
};

/// Types whose value changes behind a shared reference.
const INTERIOR: [&str; 22] = [
    "tokio::sync::Mutex",
    "tokio::sync::RwLock",
    "tokio::sync::Semaphore",
    "tokio::sync::Notify",
    "tokio::sync::OnceCell",
    "tokio::sync::SetOnce",
    "tokio::sync::Barrier",
    "tokio_util::sync::CancellationToken",
    "std::sync::Mutex",
    "std::sync::RwLock",
    "std::sync::Condvar",
    "std::sync::OnceLock",
    "std::sync::LazyLock",
    "std::cell::Cell",
    "std::cell::RefCell",
    "std::cell::OnceCell",
    "std::cell::LazyCell",
    "parking_lot::Mutex",
    "parking_lot::RwLock",
    "parking_lot::Condvar",
    "dashmap::DashMap",
    "dashmap::DashSet",
];

fn check_const<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let Some(path) = callee(&call.receiver) else { return };
    let Some(ty) = cx.names.own_constant(path).and_then(|ty| cx.names.named_type(ty)) else { return };
    let method = plain_name(&call.method);
    if !is_interior(&ty) || matches!(method.as_str(), "into_inner" | "clone") {
        return;
    }
    let name = short(path);
    let draft = Draft::at(path, "this is a fresh value, used once and thrown away")
        .label(format!("every use of `{name}` builds a new one"))
        .help(format!("declare it as `static {name}` instead of `const {name}`"));
    cx.report(draft);
}

fn is_interior(ty: &str) -> bool {
    INTERIOR.contains(&ty) || ty.starts_with("std::sync::atomic::Atomic")
}

fn check_vec<'a>(cx: &mut Cx<'a>, mac: &'a Macro) {
    let is_vec = mac.path.segments.last().is_some_and(|last| last.ident == "vec");
    if !is_vec || !repeats(mac) {
        return;
    }
    let [Part::Expr(element, _), rest @ ..] = cx.macros.parts(mac) else { return };
    let Some((handle, inner)) = shared(cx, element) else { return };
    let count = match rest {
        [Part::Expr(count, _)] => short(count),
        _ => "n".to_owned(),
    };
    let draft = Draft::new(Place::of(element), "all places of this vector share one value")
        .label("built once; the vector clones the handle")
        .help(format!("write `(0..{count}).map(|_| {handle}::new({inner})).collect()`, or build it in front if sharing is meant"))
        .unsure();
    cx.report(draft);
}

/// Whether the arguments have the form `element; count`.
fn repeats(mac: &Macro) -> bool {
    let is_semicolon = |punct: &Punct| punct.as_char() == ';';
    mac.tokens
        .clone()
        .into_iter()
        .any(|token| matches!(&token, TokenTree::Punct(punct) if is_semicolon(punct)))
}

/// The handle and the value of `Arc::new(Mutex::new(..))` and its like.
fn shared(cx: &Cx<'_>, element: &Expr) -> Option<(String, String)> {
    let (parent, inner) = constructed(cx, element)?;
    if !matches!(parent.as_str(), "Arc" | "Rc") {
        return None;
    }
    let (ty, _) = constructed(cx, inner)?;
    let changes =
        INTERIOR.iter().any(|path| path.rsplit("::").next() == Some(&ty)) || ty.starts_with("Atomic");
    changes.then(|| (parent, short(inner)))
}

/// The type's name and the first argument of `Type::new(argument)`, unless the type is one of this crate.
fn constructed<'e>(cx: &Cx<'_>, expr: &'e Expr) -> Option<(String, &'e Expr)> {
    let Expr::Call(call) = peel(expr) else { return None };
    let path = callee(&call.func)?;
    if path.segments.len() < 2 || cx.names.resolve(path) == Target::Own {
        return None;
    }
    let mut names = path.segments.iter().rev();
    let is_new = names
        .next()
        .is_some_and(|last| matches!(plain_name(&last.ident).as_str(), "new" | "default" | "const_new"));
    let ty = plain_name(&names.next()?.ident);
    is_new.then_some((ty, call.args.first().unwrap_or(expr)))
}
