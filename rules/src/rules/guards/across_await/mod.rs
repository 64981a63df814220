//! Guards that live across an await.

mod asynchronous;
mod borrow;
mod configured;
mod lock;
mod map;
mod map_loop;
mod runtime;
mod span;
mod watch;

pub(super) use asynchronous::ASYNC_GUARD_ACROSS_AWAIT;
pub(super) use borrow::REFCELL_BORROW_ACROSS_AWAIT;
pub(super) use configured::CONFIGURED_GUARD_ACROSS_AWAIT;
pub(super) use lock::GUARD_ACROSS_AWAIT;
pub(super) use map::MAP_GUARD_ACROSS_AWAIT;
pub(crate) use map_loop::keeps_iterator;
pub(super) use runtime::RUNTIME_ENTER_GUARD_ACROSS_AWAIT;
pub(super) use span::SPAN_GUARD_ACROSS_AWAIT;
pub(super) use watch::WATCH_REF_ACROSS_AWAIT;

use proc_macro2::Ident;
use syn::{Attribute, Block, Expr, FnArg, Pat, Signature, Stmt, Type};

use super::families::Guards;
use super::origin::{Shape, of_trigger, origin, sole_variable};
use crate::finding::Draft;
use crate::liveness::{Life, Owner, Region, life};
use crate::question::Question;
use crate::syntax::attributes::conditions;
use crate::syntax::{patterns, peel, plain_name, text};
use crate::walk::{Cx, Statement};

/// What a rule says about its family of guards.
pub(super) struct Words {
    pub(super) guards: &'static Guards,
    /// What happens at run time.
    pub(super) message: &'static str,
    /// What it is, for the label: "`guard` is {what} until its block ends".
    pub(super) what: &'static str,
    /// What to do instead.
    pub(super) help: fn(&Held<'_>) -> String,
    /// What the family adds to the note.
    pub(super) why: &'static str,
}

/// A family of guards that a rule speaks of.
trait Spoken {
    const WORDS: Words;
}

/// Guards that a `let` binds.
fn in_let<'a, S: Spoken>(cx: &mut Cx<'a>, let_statement: &Statement<'a>) {
    statement(cx, let_statement, &S::WORDS);
}

/// Guards that the head of an `if let`, a `while let` or a `match` binds.
fn in_head<'a, S: Spoken>(cx: &mut Cx<'a>, head: &'a Expr) {
    expression(cx, head, &S::WORDS);
}

/// Guards that are handed in.
fn in_parameters<'a, S: Spoken>(cx: &mut Cx<'a>, sig: &'a Signature, block: &'a Block) {
    function(cx, sig, block, &S::WORDS);
}

/// A guard that lives across an await.
pub(super) struct Held<'a> {
    pub(super) name: &'a Ident,
    /// Where it comes from.
    pub(super) from: From,
}

/// Where a guard comes from.
pub(super) enum From {
    /// A `let` with this value.
    Let(String),
    /// A pattern that is matched against this value.
    Head(String),
    Parameter,
}

impl Held<'_> {
    /// What was taken, as written.
    pub(super) fn value(&self) -> &str {
        match &self.from {
            From::Let(value) | From::Head(value) => value,
            From::Parameter => "..",
        }
    }
}

/// How to end a guard before the await. Not with `drop`: rustc keeps a guard that was used in the future, even behind it,
/// which may then not be `Send`.
fn end(held: &Held<'_>) -> String {
    let name = held.name;
    match &held.from {
        From::Let(value) => {
            format!("end it before the `.await`, in a block of its own: `{{ let {name} = {value}; .. }}`")
        }
        From::Head(_) => format!("copy out of `{name}` what the rest needs, and wait behind the body"),
        From::Parameter => {
            format!("take the lock itself instead of `{name}`, and lock it in a block without `.await`")
        }
    }
}

/// A variable that a `let` binds.
fn statement<'a>(cx: &mut Cx<'a>, statement: &Statement<'a>, words: &Words) {
    let Stmt::Local(local) = statement.stmt else { return };
    let Some(init) = local.init.as_ref().filter(|_| cx.in_coroutine()) else { return };
    for (name, value) in pairs(&local.pat, &init.expr) {
        let Some(origin) = origin(cx, words.guards, value) else { continue };
        let owner = match origin.shape {
            Shape::Borrowed => Owner::Scope,
            Shape::Wrapped if is_plain(&local.pat) => Owner::Wrapped(name),
            Shape::Wrapped | Shape::Plain => Owner::Variable(name),
        };
        let life = life(cx.macros, owner, Region::Statements(statement.rest()));
        let question = match origin.shape {
            Shape::Borrowed => cx.ask_expression(origin.question, origin.call),
            Shape::Plain | Shape::Wrapped => cx.ask_binding(origin.question, name),
        };
        report(
            cx,
            words,
            &Held { name, from: From::Let(text::short(value)) },
            origin.certain,
            origin.shape,
            &life,
            question,
        );
    }
}

/// A variable that `if let`, `while let` or `match` binds to a guard that was just taken.
fn expression<'a>(cx: &mut Cx<'a>, expr: &'a Expr, words: &Words) {
    if !cx.in_coroutine() {
        return;
    }
    for Head { attrs, pattern, value: head, region, block } in heads(expr) {
        let Some(origin) = of_trigger(cx, words.guards, head) else { continue };
        let Some(name) = sole_variable(pattern) else { continue };
        let life = life(cx.macros, Owner::Variable(name), region);
        let question = cx
            .ask_expression(origin.question, origin.call)
            .or_else(|| cx.ask_binding_in(origin.question, name, block?))
            .map(|question| question.compiled_under(conditions(attrs)))
            .map(|question| question.compiled_under(patterns::conditions(pattern, name)));
        report(
            cx,
            words,
            &Held { name, from: From::Head(text::short(head)) },
            origin.certain,
            origin.shape,
            &life,
            question,
        );
    }
}

/// A parameter whose written type is a guard.
fn function<'a>(cx: &mut Cx<'a>, sig: &'a Signature, block: &'a Block, words: &Words) {
    if sig.asyncness.is_none() {
        return;
    }
    for input in &sig.inputs {
        let FnArg::Typed(parameter) = input else { continue };
        let (Some(name), Type::Path(ty)) = (patterns::sole_binding(&parameter.pat), &*parameter.ty) else {
            continue;
        };
        let Some(last) = ty.path.segments.last().map(|last| plain_name(&last.ident)) else { continue };
        let Some(guard) = words.guards.types.iter().copied().find(|guard| *guard == last) else { continue };
        let target = cx.names.resolve(&ty.path);
        let certain = match target.known() {
            Some(path) if is_of_family(words.guards, path) => Some(guard),
            Some(path) if path.starts_with("tokio::") || path.starts_with("std::") => continue,
            _ => None,
        };
        let life = life(cx.macros, Owner::Variable(name), Region::Block(block));
        let question = cx.ask_binding_in(words.guards.question, name, block);
        let question = question.map(|question| question.compiled_under(conditions(&parameter.attrs)));
        report(cx, words, &Held { name, from: From::Parameter }, certain, Shape::Plain, &life, question);
    }
}

fn report(
    cx: &mut Cx<'_>,
    words: &Words,
    held: &Held<'_>,
    certain: Option<&str>,
    shape: Shape,
    life: &Life<'_>,
    question: Option<Question>,
) {
    if life.suspensions.is_empty() || certain.is_none() && question.is_none() {
        return;
    }
    let name = plain_name(held.name);
    let end = if shape == Shape::Borrowed {
        format!("the guard behind `{name}` lives until the end of the block, like `{name}` itself")
    } else if life.dropped {
        format!("`drop({name})` does not come first on every way to the await; a block ends it for certain")
    } else {
        format!("`{name}` lives until it is moved or its block ends, used or not")
    };
    let kind = certain.map_or(String::new(), |guard| format!("its type is `{guard}`; "));
    let mut draft = Draft::at(held.name, words.message)
        .label(format!("`{name}` {}", words.what))
        .help((words.help)(held))
        .note(format!("{kind}{end}{}", words.why));
    for suspension in &life.suspensions {
        draft = draft.related(suspension.place(), format!("the task can wait here, and `{name}` with it"));
    }
    draft.question = if certain.is_some() { None } else { question };
    cx.report(draft);
}

/// The variables of a pattern with the expressions that they get their values from.
fn pairs<'a>(pattern: &'a Pat, init: &'a Expr) -> Vec<(&'a Ident, &'a Expr)> {
    match (pattern, peel(init)) {
        (Pat::Type(typed), _) => pairs(&typed.pat, init),
        (Pat::Tuple(names), Expr::Tuple(values)) if names.elems.len() == values.elems.len() => {
            names.elems.iter().zip(&values.elems).flat_map(|(name, value)| pairs(name, value)).collect()
        }
        _ => sole_variable(pattern).map(|name| (name, init)).into_iter().collect(),
    }
}

fn is_plain(pattern: &Pat) -> bool {
    patterns::sole_binding(pattern).is_some()
}

/// A pattern that binds variables.
struct Head<'a> {
    attrs: &'a [Attribute],
    pattern: &'a Pat,
    /// What it is matched against.
    value: &'a Expr,
    /// Where the variables are in scope.
    region: Region<'a>,
    block: Option<&'a Block>,
}

/// The patterns of an expression that bind variables.
fn heads(expr: &Expr) -> Vec<Head<'_>> {
    match expr {
        Expr::If(e) => lets(&e.cond, &e.then_branch),
        Expr::While(e) => lets(&e.cond, &e.body),
        Expr::Match(e) => {
            let block = |body| match peel(body) {
                Expr::Block(block) => Some(&block.block),
                _ => None,
            };
            let heads = e.arms.iter().map(|arm| Head {
                attrs: &arm.attrs,
                pattern: &arm.pat,
                value: &e.expr,
                region: Region::Expr(&arm.body),
                block: block(&arm.body),
            });
            heads.collect()
        }
        _ => Vec::new(),
    }
}

fn lets<'a>(condition: &'a Expr, body: &'a Block) -> Vec<Head<'a>> {
    match peel(condition) {
        Expr::Let(e) => vec![Head {
            attrs: &[],
            pattern: &e.pat,
            value: &e.expr,
            region: Region::Block(body),
            block: Some(body),
        }],
        Expr::Binary(e) if matches!(e.op, syn::BinOp::And(_)) => {
            lets(&e.left, body).into_iter().chain(lets(&e.right, body)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a guard with this path comes from one of the family's sources, which live in the same crates.
fn is_of_family(guards: &Guards, path: &str) -> bool {
    let module = |path: &str| path.rsplit_once("::").map(|(module, _)| module.to_owned());
    guards.sources.iter().any(|source| module(source.ty) == module(path))
        || path.starts_with("tracing::")
            && guards.sources.iter().any(|source| source.ty.starts_with("tracing::"))
}
