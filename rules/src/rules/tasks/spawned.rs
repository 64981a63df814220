//! What starts a task, and what becomes of its handle.

use syn::{Block, Expr, Pat, ReturnType, Stmt};

use crate::finding::Place;
use crate::names::Target;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{callee, is_drop, patterns, peel, peel_result, plain_name, sole_ident, tail};
use crate::walk::{Cx, Statement};

/// Functions of `tokio` that start a task and return its handle.
pub(super) const SPAWNS: [&str; 3] =
    ["tokio::spawn", "tokio::task::spawn_local", "tokio::task::spawn_blocking"];

const NAMES: [&str; 3] = ["spawn", "spawn_local", "spawn_blocking"];

/// Types with a method `spawn` that returns the handle of a `tokio` task.
const SPAWNERS: [&str; 3] = ["tokio::runtime::Runtime", "tokio::runtime::Handle", "tokio::task::LocalSet"];

/// A call that starts a task.
pub(super) struct Spawn<'a> {
    /// The name that is called.
    pub(super) place: Place,
    /// `spawn`, `spawn_local` or `spawn_blocking`.
    pub(super) name: String,
    /// Whether it is certainly one of `tokio`.
    pub(super) is_certain: bool,
    /// The future or closure that becomes the task.
    pub(super) body: Option<&'a Expr>,
}

impl<'a> Spawn<'a> {
    /// The expression as a call that starts a task, if it is one or has the name of one.
    pub(super) fn of(cx: &Cx<'a>, expr: &'a Expr) -> Option<Self> {
        match peel(expr) {
            Expr::Call(call) => {
                let path = callee(&call.func)?;
                let name = plain_name(&path.segments.last()?.ident);
                let is_certain = match cx.names.resolve(path) {
                    Target::Known(path) if SPAWNS.contains(&path.as_str()) => true,
                    Target::Unseen(_) if NAMES.contains(&name.as_str()) => false,
                    Target::Known(_) | Target::Unseen(_) | Target::Own => return None,
                };
                Some(Self { place: Place::of(path), name, is_certain, body: call.args.first() })
            }
            Expr::MethodCall(call) => {
                let name = plain_name(&call.method);
                if !NAMES.contains(&name.as_str()) || call.args.len() != 1 {
                    return None;
                }
                if keeps_its_tasks(cx, &call.receiver) {
                    return None;
                }
                let is_certain = match cx.names.type_of(&call.receiver) {
                    Some(ty) if SPAWNERS.contains(&ty.as_str()) => true,
                    Some(_) => return None,
                    None => false,
                };
                let place = Place::from(call.method.span());
                Some(Self { place, name, is_certain, body: call.args.first() })
            }
            _ => None,
        }
    }

    /// The block of the task, if it stands right in the call.
    pub(super) fn block(&self) -> Option<&'a Block> {
        match peel(self.body?) {
            Expr::Async(body) => Some(&body.block),
            Expr::Closure(closure) => match peel(&closure.body) {
                Expr::Block(body) => Some(&body.block),
                _ => None,
            },
            _ => None,
        }
    }

    /// What the task returns, as far as the source tells.
    pub(super) fn output(&self, cx: &Cx<'a>) -> Output {
        let Some(body) = self.body else { return Output::Unknown };
        match self.block() {
            Some(block) => output_of_block(cx, block),
            None => output_of_call(cx, body),
        }
    }
}

/// Whether the receiver is bound to something that owns the tasks it starts, under whatever path.
fn keeps_its_tasks(cx: &Cx<'_>, receiver: &Expr) -> bool {
    let init = sole_ident(receiver).and_then(|name| cx.names.local(name)).and_then(|local| local.init);
    let Some(Expr::Call(call)) = init.map(peel_result) else { return false };
    callee(&call.func).is_some_and(|path| {
        path.segments
            .iter()
            .any(|segment| matches!(plain_name(&segment.ident).as_str(), "JoinSet" | "TaskTracker"))
    })
}

/// What a task returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// A `Result` with an error that can happen.
    Fallible,
    /// Certainly no `Result`.
    Other,
    Unknown,
}

impl Output {
    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self == Self::Unknown { other() } else { self }
    }
}

fn output_of_block<'a>(cx: &Cx<'a>, block: &'a Block) -> Output {
    let Some(value) = tail(block) else {
        return if returns(cx, block) { Output::Unknown } else { Output::Other };
    };
    output_of_value(cx, value)
}

fn output_of_value<'a>(cx: &Cx<'a>, value: &'a Expr) -> Output {
    match peel(value) {
        Expr::Await(awaited) => output_of_call(cx, &awaited.base),
        Expr::Call(call) => {
            let name =
                callee(&call.func).and_then(|path| path.segments.last()).map(|last| plain_name(&last.ident));
            match name.as_deref() {
                Some("Ok" | "Err") if !mentions_infallible(&call.func) => Output::Fallible,
                Some("drop") => Output::Other,
                _ => Output::Unknown,
            }
        }
        Expr::Macro(call) if is_unit(&call.mac) => Output::Other,
        Expr::Loop(looped) if !returns(cx, &looped.body) => Output::Other,
        Expr::Block(block) => output_of_block(cx, &block.block),
        // All branches have one type: the first that is known tells.
        Expr::If(branch) => match &branch.else_branch {
            Some((_, other)) => {
                output_of_block(cx, &branch.then_branch).or_else(|| output_of_value(cx, other))
            }
            None => Output::Other,
        },
        Expr::Match(branches) => branches
            .arms
            .iter()
            .fold(Output::Unknown, |known, arm| known.or_else(|| output_of_value(cx, &arm.body))),
        Expr::While(_) | Expr::ForLoop(_) | Expr::Assign(_) => Output::Other,
        Expr::Tuple(unit) if unit.elems.is_empty() => Output::Other,
        _ => Output::Unknown,
    }
}

/// Whether something in the block ends the task with a value.
fn returns<'a>(cx: &Cx<'a>, block: &'a Block) -> bool {
    search::search(cx.macros, Within::Block(block), &mut |piece| match piece {
        _ if search::leaves_coroutine(piece) => Step::Over,
        Piece::Expr(Expr::Return(_) | Expr::Try(_)) => Step::Found,
        Piece::Expr(Expr::Break(value)) if value.expr.is_some() => Step::Found,
        Piece::Macro(mac) if search::is_opaque(cx.macros, mac) => Step::Found,
        _ => Step::Into,
    })
}

/// Whether the value of the macro call is `()`.
fn is_unit(mac: &syn::Macro) -> bool {
    let name = mac.path.segments.last().map(|last| plain_name(&last.ident)).unwrap_or_default();
    matches!(
        name.as_str(),
        "print" | "println" | "eprint" | "eprintln" | "trace" | "debug" | "info" | "warn" | "error" | "log"
    ) || name.starts_with("assert")
        || name.starts_with("debug_assert")
}

fn output_of_call(cx: &Cx<'_>, expr: &Expr) -> Output {
    let Expr::Call(call) = peel(expr) else { return Output::Unknown };
    let function = callee(&call.func).and_then(|path| cx.names.own_function(path));
    let Some(function) = function.filter(|function| function.asyncness.is_some()) else {
        return Output::Unknown;
    };
    match &function.output {
        ReturnType::Default => Output::Other,
        ReturnType::Type(_, ty) => match &**ty {
            syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Result") => {
                if mentions_infallible(ty) {
                    Output::Other
                } else {
                    Output::Fallible
                }
            }
            _ => Output::Unknown,
        },
    }
}

fn mentions_infallible(tokens: &impl quote::ToTokens) -> bool {
    let tokens = tokens.to_token_stream();
    search::tokens_mention(&tokens, "Infallible")
}

/// A value that a statement throws away.
pub(super) struct Dropped<'a> {
    pub(super) expr: &'a Expr,
    /// Written as `let _ = ..;` or `drop(..);`: somebody thought about it.
    pub(super) is_explicit: bool,
}

impl<'a> Dropped<'a> {
    pub(super) fn by(statement: &Statement<'a>) -> Option<Self> {
        match statement.stmt {
            Stmt::Expr(expr, Some(_)) => match peel(expr) {
                Expr::Assign(assign) if matches!(peel(&assign.left), Expr::Infer(_)) => {
                    Some(Self { expr: &assign.right, is_explicit: true })
                }
                Expr::Call(call) if call.args.len() == 1 && is_drop(&call.func) => {
                    Some(Self { expr: &call.args[0], is_explicit: true })
                }
                _ => Some(Self { expr, is_explicit: false }),
            },
            Stmt::Local(local) if patterns::is_wild(&local.pat) => {
                let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
                Some(Self { expr: &init.expr, is_explicit: true })
            }
            _ => None,
        }
    }

    /// Whether the dropped expression is the value of the statement, so that the compiler can be asked about it.
    pub(super) fn is_value_of(&self, statement: &Statement<'a>) -> bool {
        match statement.stmt {
            Stmt::Local(_) => true,
            Stmt::Expr(expr, _) => std::ptr::eq(peel(expr), peel(self.expr)),
            _ => false,
        }
    }
}

/// The name and initializer of `let name = ..;`.
pub(in crate::rules) fn binding<'a>(stmt: &'a Stmt) -> Option<(&'a syn::Ident, &'a Expr)> {
    let Stmt::Local(local) = stmt else { return None };
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    let pattern: &'a Pat = &local.pat;
    Some((patterns::sole_binding(pattern)?, &init.expr))
}
