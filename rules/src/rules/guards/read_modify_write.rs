//! A value that is read under a lock, and written back under another.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{BinOp, Expr, ExprMethodCall, Stmt};

use crate::finding::{Draft, Place};
use crate::liveness::{Owner, Region, life};
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{Piece, Step, Within, leaves_coroutine, search, tokens_mention};
use crate::syntax::{patterns, plain_name, text};
use crate::walk::{Cx, Hook, Statement};

pub(crate) static READ_MODIFY_WRITE_ACROSS_AWAIT: Rule = Rule {
    name: "read_modify_write_across_await",
    family: Family::Guards,
    level: Level::Off,
    since: "0.2.0",
    summary: "a shared value is read, something is awaited, and the value is written back",
    explanation: "Between the two, other tasks run. What they wrote meanwhile is overwritten with something that was \
                  made from the old value.",
    blind_spots: "Off by default: whether somebody else writes is for a reader to say. Both accesses must name the \
                  value by the same variable and fields, in the same block.",
    bad: "async fn add(sum: &std::sync::Mutex<u32>) {\n    let old = *sum.lock().unwrap();\n    let more = \
          fetch().await;\n    *sum.lock().unwrap() = old + more;\n}\nasync fn fetch() -> u32 {\n    1\n}\n",
    good: "async fn add(sum: &std::sync::Mutex<u32>) {\n    let more = fetch().await;\n    *sum.lock().unwrap() += more;\n}\n\
           async fn fetch() -> u32 {\n    1\n}\n",
    triggers: &["lock", "read", "borrow", "load", "get"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Statement(check)],
};

const READS: [&str; 5] = ["lock", "read", "borrow", "load", "get"];
const PLACES: [&str; 4] = ["lock", "write", "borrow_mut", "as_ref"];
const STORES: [&str; 3] = ["store", "set", "replace"];

fn check<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>) {
    let Stmt::Local(local) = statement.stmt else { return };
    let Some(init) = local.init.as_ref().filter(|_| cx.in_coroutine()) else { return };
    let Some(name) = patterns::sole_binding(&local.pat) else { return };
    let Some(read) = read(cx, &init.expr) else { return };
    let (name, path) = (plain_name(name), text::full(&*read.receiver));
    let mut waits = None;
    for stmt in statement.rest() {
        let here = std::slice::from_ref(stmt);
        if let (Some(wait), Some(write)) = (waits, write(cx, here, &path)) {
            if tokens_mention(&stmt.to_token_stream(), &name) {
                return report(cx, read, wait, write, &path, &name);
            }
        }
        let suspensions = life(cx.macros, Owner::Scope, Region::Statements(here)).suspensions;
        waits = waits.or(suspensions.first().map(|first| first.place()));
    }
}

fn report(cx: &mut Cx<'_>, read: &ExprMethodCall, wait: Place, write: Span, path: &str, name: &str) {
    let draft = Draft::new(Place::from(write), "this overwrites what other tasks wrote during the await")
        .label(format!("`{path}` is written from `{name}`, which is older than the await"))
        .help("do the waiting first, then read and write in one step")
        .related(Place::of(&read.method), "the old value is read here")
        .related(wait, "other tasks run here");
    cx.report(draft);
}

/// `path.lock()`, `path.load(..)` anywhere in the initializer.
fn read<'a>(cx: &Cx<'a>, init: &'a Expr) -> Option<&'a ExprMethodCall> {
    let mut found = None;
    search(cx.macros, Within::Expr(init), &mut |piece| match piece {
        _ if leaves_coroutine(piece) => Step::Over,
        Piece::Expr(Expr::MethodCall(call)) if READS.contains(&plain_name(&call.method).as_str()) => {
            if matches!(&*call.receiver, Expr::Path(_) | Expr::Field(_)) {
                found = Some(call);
                return Step::Found;
            }
            Step::Into
        }
        _ => Step::Into,
    });
    found
}

/// An assignment to what is behind `path.lock()`, or `path.store(..)`.
fn write<'a>(cx: &Cx<'a>, within: &'a [Stmt], path: &str) -> Option<Span> {
    let mut found = None;
    search(cx.macros, Within::Statements(within), &mut |piece| {
        let Piece::Expr(expr) = piece else { return Step::Into };
        let target = match expr {
            _ if leaves_coroutine(piece) => return Step::Over,
            Expr::Assign(assign) => &*assign.left,
            // `+=` reads the value anew.
            Expr::Binary(binary) if matches!(binary.op, BinOp::AddAssign(_)) => return Step::Over,
            Expr::MethodCall(call)
                if STORES.contains(&plain_name(&call.method).as_str())
                    && text::full(&*call.receiver) == path =>
            {
                found = Some(call.method.span());
                return Step::Found;
            }
            _ => return Step::Into,
        };
        if let Some(span) = behind(cx, target, path) {
            found = Some(span);
            return Step::Found;
        }
        Step::Into
    });
    found
}

fn behind<'a>(cx: &Cx<'a>, target: &'a Expr, path: &str) -> Option<Span> {
    let mut found = None;
    search(cx.macros, Within::Expr(target), &mut |piece| match piece {
        Piece::Expr(Expr::MethodCall(call))
            if PLACES.contains(&plain_name(&call.method).as_str()) && text::full(&*call.receiver) == path =>
        {
            found = Some(call.method.span());
            Step::Found
        }
        _ => Step::Into,
    });
    found
}
