//! The one walk over the source, and what rules learn from it.
//!
//! The walk keeps track of where code runs: in an `async` function, block or closure it runs on the runtime; a
//! nested function and a plain closure leave that, unless the closure goes straight to something that calls it in
//! place. Rules hang on the walk with [`Hook`]s and ask the [`Cx`] where they are.

mod allow;
mod closures;
mod context;
mod cx;
mod expressions;
mod hooks;
mod items;
mod position;
mod select;
mod statements;

pub(crate) use context::Context;
pub(crate) use cx::{Cx, Known, known};
pub(crate) use hooks::{Call, Hook, Loop, LoopKind, Statement};
pub(crate) use position::Parent;
pub(crate) use select::{Arm, Round, Select};

use syn::{Attribute, Block};

use crate::blocks::Root;
use crate::finding::Finding;
use crate::options::Options;
use crate::syntax::macros::MacroTable;
use hooks::Hooks;

/// Walks a source and collects what the rules report.
pub(crate) fn walk<'a>(root: Root<'a>, macros: &'a MacroTable, options: &'a Options) -> Vec<Finding> {
    let mut walker = Walker { hooks: Hooks::enabled(options), cx: Cx::new(root, macros, options) };
    match root {
        Root::File(file) => walker.file(file),
        Root::Item(item) => walker.item(item),
        Root::ImplItem(item) => walker.impl_item(item),
        Root::TraitItem(item) => walker.trait_item(item),
        Root::Function { attrs, sig, block } => walker.function(attrs, sig, block),
    }
    walker.cx.finish()
}

struct Walker<'a> {
    hooks: Hooks,
    cx: Cx<'a>,
}

/// A function with a body.
#[derive(Clone, Copy)]
pub(crate) struct Function<'a> {
    pub(crate) attrs: &'a [Attribute],
    pub(crate) block: &'a Block,
}

/// The body of a coroutine: what is suspended as one.
#[derive(Clone, Copy)]
pub(crate) enum Body<'a> {
    Block(&'a Block),
    /// An `async` closure whose body is an expression, or a generator in a macro.
    Other,
}
