//! Where a closure runs.

use syn::{Expr, ExprClosure, ExprMethodCall, Stmt};

use super::Walker;
use super::context::Kind;
use super::position::Parent;
use crate::syntax::search::{Step, Within, search};
use crate::syntax::{callee, peel, plain_name, sole_ident};

/// Functions and methods that run their closure on a thread that may block.
const OFFLOADERS: [&str; 14] = [
    "spawn_blocking",
    "spawn_blocking_on",
    "block_in_place",
    "unblock",
    "asyncify",
    "run_blocking",
    "scope",
    "spawn_scoped",
    "install",
    "spawn_fifo",
    "spawn_broadcast",
    "with_blocking",
    "spawn_compute",
    "spawn_pinned",
];

/// Paths that do, where the last name alone says too little.
const OFFLOADER_PATHS: [&str; 8] = [
    "std::thread::spawn",
    "rayon::spawn",
    "rayon::join",
    "rayon::scope",
    "rayon::install",
    "blocking::unblock",
    "tokio_rayon::spawn",
    "actix_web::web::block",
];

/// Methods that call their closure before they return, or whenever the coroutine is polled.
const INLINE: [&str; 34] = [
    "map",
    "and_then",
    "or_else",
    "unwrap_or_else",
    "ok_or_else",
    "map_err",
    "map_or",
    "map_or_else",
    "then",
    "is_some_and",
    "is_ok_and",
    "is_none_or",
    "get_or_insert_with",
    "or_insert_with",
    "for_each",
    "try_for_each",
    "filter",
    "filter_map",
    "flat_map",
    "fold",
    "try_fold",
    "find",
    "find_map",
    "any",
    "all",
    "position",
    "partition",
    "retain",
    "sort_by_key",
    "max_by_key",
    "min_by_key",
    "in_scope",
    "inspect",
    "inspect_err",
];

/// Those of them that do nothing by themselves on an iterator.
const LAZY: [&str; 6] = ["map", "filter", "filter_map", "flat_map", "inspect", "then"];

/// What makes the iterator of a chain run on other threads.
const PARALLEL: [&str; 7] =
    ["par_iter", "par_iter_mut", "into_par_iter", "par_bridge", "par_chunks", "par_lines", "par_drain"];

/// Where a closure runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing is known, or it is certain that it does not run on the runtime.
    Elsewhere,
    /// Where blocking is allowed.
    Offloaded,
    /// In place.
    Inline,
}

impl<'a> Walker<'a> {
    /// The role of a closure from what directly encloses it.
    pub(super) fn role(&self, closure: &'a ExprClosure) -> Role {
        match self.cx.parent() {
            Some(Parent::Expr(parent)) if self.is_offloader(parent) => Role::Offloaded,
            Some(Parent::Expr(Expr::MethodCall(call))) if self.is_inline(call) => Role::Inline,
            // `(|| ..)()`
            Some(Parent::Expr(Expr::Call(call))) if is_closure(&call.func, closure) => Role::Inline,
            Some(Parent::Statement(stmt)) if self.is_offloaded_later(stmt) => Role::Offloaded,
            _ => Role::Elsewhere,
        }
    }

    pub(super) fn is_offloader(&self, call: &Expr) -> bool {
        let name = match peel(call) {
            Expr::MethodCall(call) => plain_name(&call.method),
            Expr::Call(call) => {
                let Some(path) = callee(&call.func) else { return false };
                let written = || {
                    let segments: Vec<_> = path
                        .segments
                        .iter()
                        .rev()
                        .take(2)
                        .map(|segment| plain_name(&segment.ident))
                        .collect();
                    matches!(segments.as_slice(), [last, parent] if last == "spawn" && (parent == "thread" || parent == "rayon"))
                };
                let target = self.cx.names.resolve(path);
                if target.known().is_some_and(|path| OFFLOADER_PATHS.contains(&path)) || written() {
                    return true;
                }
                path.segments.last().map(|last| plain_name(&last.ident)).unwrap_or_default()
            }
            _ => return false,
        };
        OFFLOADERS.contains(&name.as_str()) || self.cx.options.offloaders.contains(&name)
    }

    fn is_inline(&self, call: &'a ExprMethodCall) -> bool {
        let name = plain_name(&call.method);
        if self.cx.context.kind == Kind::Sync && !self.cx.context.in_poll
            || !INLINE.contains(&name.as_str())
            || is_parallel(&call.receiver)
        {
            return false;
        }
        !LAZY.contains(&name.as_str()) || self.is_consumed(call)
    }

    /// Whether the result of a lazy adaptor is used up in the same expression.
    fn is_consumed(&self, call: &'a ExprMethodCall) -> bool {
        let mut inner = false;
        for parent in self.cx.parents.iter().rev() {
            let Parent::Expr(expr) = parent else { return false };
            match expr {
                Expr::MethodCall(outer) if std::ptr::eq(outer, call) => inner = true,
                Expr::MethodCall(outer) if inner && LAZY.contains(&plain_name(&outer.method).as_str()) => {}
                Expr::MethodCall(_) | Expr::Try(_) | Expr::Await(_) | Expr::ForLoop(_) if inner => {
                    return true;
                }
                _ if inner => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether `let name = || ..;` goes to an offloader further down in the block.
    fn is_offloaded_later(&self, stmt: &'a Stmt) -> bool {
        let Stmt::Local(local) = stmt else { return false };
        let Some(name) = crate::syntax::patterns::sole_binding(&local.pat) else { return false };
        let Some(position) = self.cx.positions.last() else { return false };
        let Some(block) = position.block else { return false };
        let rest = block.stmts.get(position.statement + 1..).unwrap_or_default();
        search(self.cx.macros, Within::Statements(rest), &mut |piece| {
            let crate::syntax::search::Piece::Expr(expr) = piece else { return Step::Into };
            let takes_it = |args: &'a syn::punctuated::Punctuated<Expr, syn::Token![,]>| {
                args.iter().any(|argument| sole_ident(argument).is_some_and(|argument| argument == name))
            };
            let args = match expr {
                Expr::Call(call) => &call.args,
                Expr::MethodCall(call) => &call.args,
                _ => return Step::Into,
            };
            if takes_it(args) && self.is_offloader(expr) { Step::Found } else { Step::Into }
        })
    }
}

fn is_closure(expr: &Expr, closure: &ExprClosure) -> bool {
    matches!(peel(expr), Expr::Closure(called) if std::ptr::eq(called, closure))
}

fn is_parallel(receiver: &Expr) -> bool {
    match peel(receiver) {
        Expr::MethodCall(call) => {
            PARALLEL.contains(&plain_name(&call.method).as_str()) || is_parallel(&call.receiver)
        }
        _ => false,
    }
}
