//! Tasks that a destructor starts.

use syn::Expr;

use super::spawned::SPAWNS;
use crate::finding::Draft;
use crate::rule::{Family, Level, Rule};
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::text::arguments;
use crate::syntax::{callee, plain_name};
use crate::walk::{Call, Cx, Hook, Known};

pub(crate) static SPAWN_IN_DROP: Rule = Rule {
    name: "spawn_in_drop",
    family: Family::Tasks,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a task that is started in `Drop::drop`",
    explanation: "A value can be dropped anywhere: on a plain thread, in a test, or while the runtime shuts down. \
                  Without a runtime `tokio::spawn` panics, and a panic in `drop` during another one ends the process.",
    blind_spots: "A destructor that asks `Handle::try_current()` is let pass. A function that spawns for it is not \
                  seen.",
    bad: "struct Session;\n\nimpl Drop for Session {\n    fn drop(&mut self) {\n        \
          tokio::spawn(async { println!(\"goodbye\") });\n    }\n}\n",
    good: "struct Session;\n\nimpl Drop for Session {\n    fn drop(&mut self) {\n        \
           if let Ok(runtime) = tokio::runtime::Handle::try_current() {\n            \
           runtime.spawn(async { println!(\"goodbye\") });\n        }\n    }\n}\n",
    triggers: &["Drop"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check)],
};

fn check<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if !cx.context.in_drop || cx.context.offloaded || cx.on_runtime() {
        return;
    }
    let is_current = call.which(cx, &["tokio::runtime::Handle::current"]).is_some();
    let is_spawn = matches!(call.which(cx, &SPAWNS), Some(Known::Certain(_)));
    if !is_spawn && !is_current || is_careful(cx) {
        return;
    }
    let work = if is_spawn { arguments(&call.expr.args) } else { "..".to_owned() };
    let draft = Draft::at(call.path, "dropped outside of a runtime, this panics")
        .label("needs a runtime, and nothing says that there is one")
        .help(format!(
            "write `if let Ok(runtime) = {}() {{ runtime.spawn({work}); }}`, or offer an `async fn close(self)`",
            cx.in_scope("tokio::runtime::Handle::try_current")
        ));
    cx.report(draft);
}

/// Whether the destructor asks for the runtime first, or brings one.
fn is_careful(cx: &Cx<'_>) -> bool {
    let Some(function) = cx.function else { return false };
    search::search(cx.macros, Within::Block(function.block), &mut |piece| {
        let name = match piece {
            Piece::Expr(Expr::Call(call)) => {
                callee(&call.func).and_then(|path| path.segments.last()).map(|last| plain_name(&last.ident))
            }
            Piece::Expr(Expr::MethodCall(call)) => Some(plain_name(&call.method)),
            _ => None,
        };
        match name.as_deref() {
            Some("try_current" | "enter" | "block_on") => Step::Found,
            _ => Step::Into,
        }
    })
}
