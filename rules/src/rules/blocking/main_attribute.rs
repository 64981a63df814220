//! `#[tokio::main]` on other functions than `main`.

use syn::{Block, Signature};

use crate::finding::{Draft, Place};
use crate::rule::{Family, Level, Rule};
use crate::syntax::plain_name;
use crate::walk::{Cx, Hook};

pub(crate) static TOKIO_MAIN_ON_HELPER: Rule = Rule {
    name: "tokio_main_on_helper",
    family: Family::Blocking,
    level: Level::Warn,
    since: "0.2.0",
    summary: "`#[tokio::main]` on a function that is not `main`",
    explanation: "The attribute makes the function synchronous: each call builds a runtime, blocks on it and drops it. \
                  Called from async code it panics.",
    blind_spots: "A function next to a synchronous `main` is let pass: that is how a program sets something up before it \
                  starts its runtime.",
    bad: "#[tokio::main]\nasync fn refresh() {}\n",
    good: "async fn refresh() {}\n",
    triggers: &["main"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Function(check)],
};

fn check<'a>(cx: &mut Cx<'a>, sig: &'a Signature, _: &'a Block) {
    if sig.asyncness.is_none() || sig.ident == "main" || cx.names.has_synchronous_main() {
        return;
    }
    let Some(function) = cx.function else { return };
    let is_main = |path: &syn::Path| match cx.names.resolve(path).known() {
        Some(known) => known == "tokio::main",
        None => {
            path.segments.len() == 2
                && path.segments.iter().map(|s| plain_name(&s.ident)).eq(["tokio", "main"])
        }
    };
    let Some(attribute) = function.attrs.iter().find(|attr| is_main(attr.path())) else { return };
    let draft =
        Draft::new(Place::of(attribute.path()), "each call builds a runtime, blocks on it and drops it")
            .label(format!("`{}` is not `main`", sig.ident))
            .help("remove the attribute and await the function, so that it runs on the runtime that is there")
            .note("called from async code, it panics");
    cx.report(draft);
}
