//! Futures that are polled again after they are done.

use syn::{Expr, Ident, Pat, Stmt};

use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{Piece, Step, Within, mentions, search, tokens_mention};
use crate::syntax::{patterns, peel, plain_name, sole_ident};
use crate::walk::{Arm, Cx, Hook, Loop, Select};

pub(crate) static FUTURE_REPOLLED: Rule = Rule {
    name: "future_repolled",
    family: Family::Futures,
    level: Level::Error,
    since: "0.2.0",
    summary: "`&mut future` in a `select!` in a loop that goes on after the future is done",
    explanation: "When the future is done, its branch runs, and the next round polls it again. Most futures panic then; \
                  a `Sleep` is ready at once, for ever.",
    blind_spots: "Reported only if the loop certainly goes on behind the branch, and nothing else in the loop mentions \
                  the future. Futures that end in `.fuse()` may be polled again.",
    bad: "async fn serve(mut stop: tokio::sync::oneshot::Receiver<()>) {\n    loop {\n        tokio::select! {\n            _ = \
          &mut stop => println!(\"bye\"),\n            _ = work() => {}\n        }\n    }\n}\nasync fn work() {}\n",
    good: "async fn serve(mut stop: tokio::sync::oneshot::Receiver<()>) {\n    loop {\n        tokio::select! {\n            _ \
           = &mut stop => break,\n            _ = work() => {}\n        }\n    }\n}\nasync fn work() {}\n",
    triggers: &["select"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Select(check)],
};

fn check<'a>(cx: &mut Cx<'a>, select: &Select<'a>) {
    let Some(round) = select.round else { return };
    // Those of the `futures` crate take fused futures only.
    let target = cx.names.resolve(&select.mac.path);
    if target.known().is_some_and(|path| path.starts_with("futures::"))
        || select.mac.path.segments[0].ident == "futures"
    {
        return;
    }
    for arm in &select.arms {
        let Some(name) = borrowed(arm.future) else { continue };
        if arm.guard.is_some() || !round.goes_on_behind(cx, arm.handler) || may_be_polled_again(cx, name) {
            continue;
        }
        if !is_left_alone(cx, round.looped, select, arm, name) {
            continue;
        }
        let text = plain_name(name);
        let draft = Draft::at(arm.future, "after it is done, the next round polls this future again")
            .label(format!("`{text}` panics when it is polled again, or is ready for ever"))
            .help(format!("leave the loop in this branch, or turn it off: `&mut {text}, if !done`"))
            .note(format!("nothing in the loop replaces `{text}`"));
        cx.report(draft);
    }
}

/// `&mut future`, `future.as_mut()`.
fn borrowed(future: &Expr) -> Option<&Ident> {
    match peel(future) {
        Expr::Reference(reference) if reference.mutability.is_some() => sole_ident(&reference.expr),
        Expr::MethodCall(call) if call.method == "as_mut" => sole_ident(&call.receiver),
        _ => None,
    }
}

fn may_be_polled_again(cx: &Cx<'_>, name: &Ident) -> bool {
    let Some(local) = cx.names.local(name) else { return true };
    let Some(init) = local.init else { return false };
    is_fused(init)
}

/// `f.fuse()`, also behind `Box::pin(..)` and `pin!(..)`, and other futures made for it.
fn is_fused(init: &Expr) -> bool {
    let text = crate::syntax::text::full(init).to_lowercase();
    ["fuse", "optionfuture", "maybe_done"].iter().any(|word| text.contains(word))
}

/// Whether the future is from outside of the loop, and nothing in the loop but this branch mentions it.
fn is_left_alone<'a>(
    cx: &Cx<'a>,
    looped: &'a Expr,
    select: &Select<'a>,
    own: &Arm<'a>,
    name: &Ident,
) -> bool {
    let text = plain_name(name);
    let Some(looped) = Loop::of(looped) else { return false };
    let is_elsewhere = search(cx.macros, Within::Block(looped.body), &mut |piece| match piece {
        Piece::Macro(mac) if std::ptr::eq(mac, select.mac) => Step::Over,
        Piece::Macro(mac) if tokens_mention(&mac.tokens, &text) => Step::Found,
        Piece::Expr(expr) if sole_ident(expr).is_some_and(|ident| plain_name(ident) == text) => Step::Found,
        Piece::Expr(Expr::Block(block)) if binds(&block.block.stmts, &text) => Step::Found,
        _ => Step::Into,
    });
    let in_arms = select.arms.iter().any(|arm| {
        let others =
            [Some(arm.handler), arm.guard, (!std::ptr::eq(arm.future, own.future)).then_some(arm.future)];
        others.into_iter().flatten().any(|expr| mentions(cx.macros, Within::Expr(expr), &text))
    });
    !is_elsewhere && !in_arms && !binds(&looped.body.stmts, &text)
}

fn binds(statements: &[Stmt], name: &str) -> bool {
    let mut found = false;
    let mut look =
        |pattern: &Pat| patterns::bound_names(pattern, &mut |bound| found |= plain_name(bound) == name);
    for stmt in statements {
        if let Stmt::Local(local) = stmt {
            look(&local.pat);
        }
    }
    found
}
