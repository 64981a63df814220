//! A future that holds something while a branch of its own `select!` waits for the same thing.

use std::collections::BTreeSet;

use syn::{Expr, ExprAwait};

use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::Part;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, peel, peel_result, plain_name, sole_ident};
use crate::walk::{Arm, Cx, Hook, Select};

pub(crate) static FUTURELOCK_SELECT: Rule = Rule {
    name: "futurelock_select",
    family: Family::Cancellation,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a `select!` polls `&mut future`, and another branch awaits what that future may hold",
    explanation: "While the code of one branch runs, the futures of the others are not polled, but not dropped either \
                  when they are polled by `&mut`. If such a future holds a lock or a permit, or is next in the queue \
                  for one, and the code waits for the same, neither ever gets on. Source: Oxide's RFD 609, \
                  \"Futurelock\".",
    blind_spots: "Reported where the future is made in the same function and both sides name the same variable. \
                  Tasks run by themselves, and timers and notifications hold nothing: they are let pass.",
    bad: "use std::sync::Arc;\n\
          use tokio::sync::Mutex;\n\
          async fn refresh(table: Arc<Mutex<String>>) {\n    \
          table.lock().await.push('a');\n\
          }\n\
          async fn run(table: Arc<Mutex<String>>) {\n    \
          let mut refresh = Box::pin(refresh(table.clone()));\n    \
          tokio::select! {\n        \
          _ = &mut refresh => return,\n        \
          _ = tokio::time::sleep(std::time::Duration::from_millis(10)) => table.lock().await.clear(),\n    \
          }\n    \
          refresh.await;\n\
          }\n",
    good: "use std::sync::Arc;\n\
           use tokio::sync::Mutex;\n\
           async fn refresh(table: Arc<Mutex<String>>) {\n    \
           table.lock().await.push('a');\n\
           }\n\
           async fn run(table: Arc<Mutex<String>>) {\n    \
           let mut refresh = tokio::spawn(refresh(table.clone()));\n    \
           tokio::select! {\n        \
           _ = &mut refresh => return,\n        \
           _ = tokio::time::sleep(std::time::Duration::from_millis(10)) => table.lock().await.clear(),\n    \
           }\n    \
           refresh.await.unwrap();\n\
           }\n",
    triggers: &["select", "select_biased"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Select(check)],
};

/// Functions and methods whose futures hold nothing that others wait for, or run by themselves.
const HARMLESS: [&str; 18] = [
    "sleep",
    "sleep_until",
    "interval",
    "ctrl_c",
    "signal",
    "recv",
    "next",
    "cancelled",
    "cancelled_owned",
    "notified",
    "notified_owned",
    "changed",
    "closed",
    "wait",
    "shutdown",
    "shutdown_signal",
    "tick",
    "pending",
];

fn check<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    for (index, arm) in select.arms.iter().enumerate() {
        let Some((name, future)) = polled_by_reference(cx, arm) else { continue };
        let held = names_in(cx, future);
        let others = select.arms.iter().enumerate().filter(|(other, _)| *other != index);
        let hit = others.map(|(_, other)| other).find_map(|other| waits_for(cx, other, &held, &name));
        let Some((awaited, shared)) = hit else { continue };
        let draft = Draft::new(
            Place::from(awaited.await_token.span),
            format!("`{name}` is not polled meanwhile, and may hold what this waits for"),
        )
        .label(format!("waits for something of `{shared}`"))
        .related(Place::of(arm.future), format!("made with `{shared}`, and kept alive by `&mut`"))
        .help("spawn the future, or only note in the branch what to do and do it behind the `select!`, with the future \
               polled or dropped");
        cx.report(draft);
    }
}

/// `&mut future`, and the expression that made it.
fn polled_by_reference<'a>(cx: &Cx<'a>, arm: &Arm<'a>) -> Option<(String, &'a Expr)> {
    let Expr::Reference(reference) = peel(arm.future) else { return None };
    let name = sole_ident(&reference.expr).filter(|_| reference.mutability.is_some())?;
    let future = made_by(cx, cx.names.local(name)?.init?)?;
    Some((plain_name(name), future))
}

/// The future behind `pin!`, `Box::pin` and `fuse`, if it may hold something.
fn made_by<'a>(cx: &Cx<'a>, init: &'a Expr) -> Option<&'a Expr> {
    let name = match peel_result(init) {
        Expr::Async(_) => return Some(init),
        Expr::Macro(call) => match cx.macros.parts(&call.mac) {
            [Part::Expr(inner, _)] => return made_by(cx, inner),
            _ => return None,
        },
        Expr::Call(call) => {
            let path = callee(&call.func)?;
            let mut names = path.segments.iter().rev().map(|segment| plain_name(&segment.ident));
            let (last, parent) = (names.next()?, names.next());
            if last == "pin" && parent.as_deref() == Some("Box") {
                return made_by(cx, call.args.first()?);
            }
            // A type's constructor makes no future.
            if last == "new" {
                return None;
            }
            last
        }
        Expr::MethodCall(call) if call.method == "fuse" || call.method == "boxed" => {
            return made_by(cx, &call.receiver);
        }
        Expr::MethodCall(call) => plain_name(&call.method),
        _ => return None,
    };
    let waits = ["spawn", "subscribe", "wait", "sleep", "timeout"].iter().any(|word| name.contains(word));
    let is_harmless = waits || HARMLESS.contains(&name.as_str());
    (!is_harmless).then_some(init)
}

/// The variables that an expression mentions, functions and types aside.
fn names_in<'a>(cx: &Cx<'a>, expr: &'a Expr) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    search::search(cx.macros, Within::Expr(expr), &mut |piece| {
        if let Piece::Expr(Expr::Path(path)) = piece {
            names.extend(path.path.get_ident().map(plain_name).filter(|name| name != "self"));
        }
        if let Piece::Expr(Expr::Field(field)) = piece {
            if let (Expr::Path(base), syn::Member::Named(member)) = (peel(&field.base), &field.member) {
                if base.path.is_ident("self") {
                    names.insert(format!("self.{}", plain_name(member)));
                }
            }
        }
        Step::Into
    });
    names
}

/// An `await` in the handler of an arm that has to do with something held.
fn waits_for<'a>(
    cx: &Cx<'a>,
    arm: &Arm<'a>,
    held: &BTreeSet<String>,
    future: &str,
) -> Option<(&'a ExprAwait, String)> {
    let mut hit = None;
    search::search(cx.macros, Within::Expr(arm.handler), &mut |piece| {
        if search::leaves_coroutine(piece) {
            return Step::Over;
        }
        let Piece::Expr(Expr::Await(awaited)) = piece else { return Step::Into };
        let names = names_in(cx, &awaited.base);
        // `future.await` polls it.
        if names.contains(future) {
            return Step::Into;
        }
        let is_value = |name: &&String| {
            name.starts_with("self.")
                || cx.names.scope.get(name).is_some_and(|local| !is_plain_value(local.ty.as_deref()))
        };
        let Some(shared) = names.intersection(held).find(is_value) else { return Step::Into };
        hit = Some((awaited, shared.clone()));
        Step::Found
    });
    hit
}

/// Types whose values hold nobody up.
fn is_plain_value(ty: Option<&str>) -> bool {
    const HARMLESS: [&str; 6] = [
        "std::time::Duration",
        "std::string::String",
        "std::time::Instant",
        "tokio::time::Instant",
        "tokio_util::sync::CancellationToken",
        "std::path::PathBuf",
    ];
    ty.is_some_and(|ty| HARMLESS.contains(&ty))
}
