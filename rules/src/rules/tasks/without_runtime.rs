//! Tasks that are started where there is no runtime.

use syn::{Block, Expr, Signature};

use super::spawned::SPAWNS;
use crate::finding::{Draft, Place};
use crate::names::Target;
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::text::arguments;
use crate::syntax::{attributes, callee, peel, plain_name};
use crate::walk::{Call, Cx, Hook};

pub(crate) static SPAWN_WITHOUT_RUNTIME: Rule = Rule {
    name: "spawn_without_runtime",
    family: Family::Tasks,
    level: Level::Off,
    since: "0.2.0",
    summary: "`tokio::spawn` in a plain `main` or on a plain thread",
    explanation: "`tokio::spawn` looks for the runtime of the thread that it is called on. A thread of one's own has \
                  none, and the call panics.",
    blind_spots: "Only `main` and the closure of `std::thread::spawn` are looked at. Whoever enters a runtime there, \
                  or blocks on one, is let pass.",
    bad: "fn watch() {\n    std::thread::spawn(|| {\n        tokio::spawn(async {});\n    });\n}\n",
    good: "fn watch(runtime: tokio::runtime::Handle) {\n    std::thread::spawn(move || {\n        \
           runtime.spawn(async {});\n    });\n}\n",
    triggers: &["spawn", "spawn_local", "spawn_blocking"],
    in_tests: true,
    eases: false,
    hooks: &[Hook::Function(check_main), Hook::Call(check_thread)],
};

fn check_main<'a>(cx: &mut Cx<'a>, sig: &'a Signature, block: &'a Block) {
    let is_wrapped = cx.function.is_some_and(|function| attributes::has(function.attrs, "main"));
    if sig.ident == "main" && sig.asyncness.is_none() && !is_wrapped {
        check(cx, Within::Block(block), "`main` runs without a runtime");
    }
}

fn check_thread<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if call.target(cx).known() != Some("std::thread::spawn") {
        return;
    }
    if let Some(Expr::Closure(closure)) = call.expr.args.first().map(peel) {
        check(cx, Within::Expr(&closure.body), "this thread has no runtime");
    }
}

fn check<'a>(cx: &mut Cx<'a>, within: Within<'a>, why: &str) {
    if ["enter", "block_on"].iter().any(|name| calls(cx, within, name)) {
        return;
    }
    let mut places = Vec::new();
    search::search(cx.macros, within, &mut |piece| {
        let Piece::Expr(Expr::Call(call)) = piece else {
            return if search::leaves_coroutine(piece) { Step::Over } else { Step::Into };
        };
        let Some(path) = callee(&call.func) else { return Step::Into };
        if matches!(cx.names.resolve(path), Target::Known(path) if SPAWNS.contains(&path.as_str())) {
            places.push((Place::of(path), arguments(&call.args)));
        }
        Step::Into
    });
    for (place, work) in places {
        let draft = Draft::new(place, "this panics: there is no runtime here").label(why).help(format!(
            "take a `{}` along and write `handle.spawn({work})`",
            cx.in_scope("tokio::runtime::Handle")
        ));
        cx.report(draft);
    }
}

fn calls<'a>(cx: &Cx<'a>, within: Within<'a>, name: &str) -> bool {
    search::search(cx.macros, within, &mut |piece| match piece {
        Piece::Expr(Expr::MethodCall(call)) if plain_name(&call.method) == name => Step::Found,
        Piece::Expr(Expr::Call(call))
            if callee(&call.func)
                .and_then(|path| path.segments.last())
                .is_some_and(|last| last.ident == name) =>
        {
            Step::Found
        }
        _ => Step::Into,
    })
}
