//! The one walk over the source, and what rules learn from it.
//!
//! The walk keeps track of where code runs: in an `async` function, block or closure it runs on the runtime; a
//! nested function and a plain closure leave that, unless the closure goes straight to something that calls it in
//! place. Rules hang on the walk with [`Hook`]s and ask the [`Cx`] where they are.

mod allow;
mod ask;
mod callers;
mod closures;
mod context;
mod cx;
mod expressions;
mod helpers;
mod hooks;
mod items;
mod outside;
mod position;
mod select;
mod statements;
mod told;

pub(crate) use callers::called;
pub(crate) use cx::{Cx, Known, known};
pub(crate) use hooks::{Call, Hook, Loop, LoopKind, Statement};
pub(crate) use position::Parent;
pub(crate) use select::{Arm, Round, Select};

use syn::{Attribute, Block, Signature};

use crate::blocks::Root;
use crate::checked::Checked;
use crate::options::Options;
use crate::rule::{Level, Rule};
use crate::rules::blocking::{BLOCKING_FN_CALL, TRANSITIVE_BLOCKING};
use crate::rules::cancellation::CANCEL_UNSAFE_CALL;
use crate::summary::Summary;
use crate::syntax::macros::MacroTable;
use crate::words::Words;
use helpers::Helpers;
use hooks::Hooks;

/// Walks a source and collects what the rules report.
///
/// With the `words` of the source, rules that have nothing to say about them do not run.
pub(crate) fn walk<'a>(
    root: Root<'a>,
    macros: &'a MacroTable,
    options: &'a Options,
    words: Option<&Words>,
) -> Checked {
    let hooks = Hooks::enabled(options, words);
    let mut cx = Cx::new(root, macros, options);
    // An `allow` may be there for the callers of the function below it, and is looked at by the walk itself.
    let may_allow = words.is_none_or(Words::may_allow);
    if may_allow || hooks.follow_calls() || sums_up(options) {
        cx.helpers = Helpers::of(root, macros, options, words);
    }
    let mut walker = Walker { hooks, cx };
    if may_allow || !walker.hooks.is_empty() {
        walker.root(root);
    }
    let checked = walker.cx.finish();
    if options.is_test { Checked { summary: Summary::default(), ..checked } } else { checked }
}

/// Whether the source is one of several whose functions call each other.
fn sums_up(options: &Options) -> bool {
    let is_on = |rule: &Rule| options.levels.of(rule) > Level::Off;
    let follows = [&TRANSITIVE_BLOCKING, &BLOCKING_FN_CALL, &CANCEL_UNSAFE_CALL];
    options.sees_module && !options.is_test && follows.into_iter().any(is_on)
}

/// Collects what the synchronous functions of a source do to the thread that calls them.
pub(crate) fn summarize<'a>(
    root: Root<'a>,
    macros: &'a MacroTable,
    options: &'a Options,
    words: &Words,
) -> Summary {
    if options.is_test {
        return Summary::default();
    }
    Helpers::of(root, macros, options, Some(words)).summary
}

struct Walker<'a> {
    hooks: Hooks,
    cx: Cx<'a>,
}

/// A function with a body.
#[derive(Clone, Copy)]
pub(crate) struct Function<'a> {
    pub(crate) attrs: &'a [Attribute],
    pub(crate) sig: &'a Signature,
    pub(crate) block: &'a Block,
}

/// The body of a coroutine: what is suspended as one.
#[derive(Clone, Copy)]
pub(crate) enum Body<'a> {
    Block(&'a Block),
    /// An `async` closure whose body is an expression, or a generator in a macro.
    Other,
}
