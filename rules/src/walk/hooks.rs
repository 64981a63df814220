//! Where rules hang on the walk.

use std::cell::OnceCell;

use proc_macro2::Span;
use syn::{Block, Expr, ExprCall, ExprMethodCall, Label, Macro, Pat, Path, Signature, Stmt};

use super::cx::{Cx, Known, known};
use super::select::Select;
use crate::finding::Place;
use crate::marked::{FunctionMark, MarkedNames};
use crate::names::Target;
use crate::options::Options;
use crate::registry;
use crate::rule::{Level, Rule};
use crate::rules::blocking::{BLOCKING_FN_CALL, CONFIGURED_BLOCKING_CALL, SUMMED_UP, TRANSITIVE_BLOCKING};
use crate::rules::cancellation::{CANCEL_UNSAFE_CALL, may_drop};
use crate::rules::everything::EVERYTHING;
use crate::syntax::{peel, plain_name};
use crate::words::Words;

type OnCall = for<'a> fn(&mut Cx<'a>, &Call<'a>);
type OnMethod = for<'a> fn(&mut Cx<'a>, &'a ExprMethodCall);
type OnStatement = for<'a> fn(&mut Cx<'a>, &Statement<'a>);
type OnLoop = for<'a> fn(&mut Cx<'a>, &Loop<'a>);
type OnMacro = for<'a> fn(&mut Cx<'a>, &'a Macro);
type OnExpression = for<'a> fn(&mut Cx<'a>, &'a Expr);
type OnFunction = for<'a> fn(&mut Cx<'a>, &'a Signature, &'a Block);
type OnSelect = for<'a> fn(&mut Cx<'a>, &Select<'a>);

/// A function of a rule, and what it wants to see.
#[derive(Clone, Copy)]
pub(crate) enum Hook {
    /// Every call of a path, `path(..)`.
    Call(OnCall),
    /// Every method call.
    Method(OnMethod),
    /// Every statement of a block, with its neighbours.
    Statement(OnStatement),
    /// Every loop.
    Loop(OnLoop),
    /// Every macro call.
    Macro(OnMacro),
    /// Every expression, in front of what the other hooks see of it.
    Expression(OnExpression),
    /// Every function with a body, when its parameters are in scope.
    Function(OnFunction),
    /// Every `select!` whose branches can be read.
    Select(OnSelect),
}

/// A call of a path.
pub(crate) struct Call<'a> {
    pub(crate) expr: &'a ExprCall,
    pub(crate) path: &'a Path,
    target: OnceCell<Target>,
}

impl<'a> Call<'a> {
    pub(crate) fn new(expr: &'a ExprCall, path: &'a Path) -> Self {
        Self { expr, path, target: OnceCell::new() }
    }

    /// Whether an argument is a closure.
    pub(crate) fn takes_closure(&self) -> bool {
        self.expr.args.iter().any(|argument| matches!(peel(argument), Expr::Closure(_)))
    }

    /// What the path means, where the walk is.
    pub(crate) fn target(&self, cx: &Cx<'_>) -> &Target {
        self.target.get_or_init(|| cx.names.resolve(self.path))
    }

    /// The one of `items` that is called.
    pub(crate) fn which(&self, cx: &Cx<'_>, items: &[&'static str]) -> Option<Known> {
        known(self.target(cx), items)
    }

    /// The last name of the path.
    pub(crate) fn name(&self) -> String {
        self.path.segments.last().map(|segment| plain_name(&segment.ident)).unwrap_or_default()
    }
}

/// A statement of a block.
pub(crate) struct Statement<'a> {
    pub(crate) stmt: &'a Stmt,
    /// All statements of the block.
    pub(crate) all: &'a [Stmt],
    pub(crate) index: usize,
}

impl<'a> Statement<'a> {
    /// The statements that follow in the block.
    pub(crate) fn rest(&self) -> &'a [Stmt] {
        self.all.get(self.index + 1..).unwrap_or_default()
    }

    /// Whether its value is the value of the block.
    pub(crate) fn is_tail(&self) -> bool {
        matches!(self.stmt, Stmt::Expr(_, None)) && self.index + 1 == self.all.len()
    }
}

/// A loop.
pub(crate) struct Loop<'a> {
    pub(crate) kind: LoopKind<'a>,
    /// The keyword.
    pub(crate) keyword: Span,
    pub(crate) label: Option<&'a Label>,
    pub(crate) body: &'a Block,
}

#[derive(Clone, Copy)]
pub(crate) enum LoopKind<'a> {
    Loop,
    While(&'a Expr),
    For(&'a Pat, &'a Expr),
}

impl<'a> Loop<'a> {
    pub(crate) fn of(expr: &'a Expr) -> Option<Self> {
        Some(match expr {
            Expr::Loop(e) => Self {
                kind: LoopKind::Loop,
                keyword: e.loop_token.span,
                label: e.label.as_ref(),
                body: &e.body,
            },
            Expr::While(e) => Self {
                kind: LoopKind::While(&e.cond),
                keyword: e.while_token.span,
                label: e.label.as_ref(),
                body: &e.body,
            },
            Expr::ForLoop(e) => Self {
                kind: LoopKind::For(&e.pat, &e.expr),
                keyword: e.for_token.span,
                label: e.label.as_ref(),
                body: &e.body,
            },
            _ => return None,
        })
    }

    pub(crate) fn place(&self) -> Place {
        Place::from(self.keyword)
    }

    /// Whether nothing in its head ends it: `loop` and `while true`.
    pub(crate) fn is_endless(&self) -> bool {
        match self.kind {
            LoopKind::Loop => true,
            LoopKind::While(Expr::Lit(lit)) => matches!(&lit.lit, syn::Lit::Bool(value) if value.value),
            LoopKind::While(_) | LoopKind::For(..) => false,
        }
    }
}

/// The hooks of the rules that run, sorted by what they want to see.
#[derive(Default)]
pub(super) struct Hooks {
    calls: Vec<Of<OnCall>>,
    methods: Vec<Of<OnMethod>>,
    statements: Vec<Of<OnStatement>>,
    loops: Vec<Of<OnLoop>>,
    macros: Vec<Of<OnMacro>>,
    expressions: Vec<Of<OnExpression>>,
    functions: Vec<Of<OnFunction>>,
    selects: Vec<Of<OnSelect>>,
}

/// A hook of this rule.
type Of<F> = (&'static Rule, F);

impl Hooks {
    /// The hooks of all rules that are on and have something to say about code with these words.
    pub(super) fn enabled(options: &Options, words: Option<&Words>) -> Self {
        if options.asks_everything {
            return Self::of([&EVERYTHING].into_iter());
        }
        let runs = |(number, rule): &(usize, &'static Rule)| {
            options.levels.of(rule) > Level::Off
                && has_say(rule, options, words, words.is_none_or(|words| words.triggers(*number)))
        };
        Self::of(registry::numbered().filter(runs).map(|(_, rule)| rule))
    }

    /// The hooks of the rules whose findings make a function one that blocks.
    pub(super) fn summing_up(options: &Options, words: Option<&Words>) -> Self {
        let triggers = |rule: &Rule| words.is_none_or(|words| words.trigger(rule));
        let is_on = |rule: &&'static Rule| options.levels.of(rule) > Level::Off && triggers(rule);
        let may_block = triggers(&TRANSITIVE_BLOCKING);
        Self::of(SUMMED_UP.iter().copied().filter(|_| may_block).filter(is_on))
    }

    fn of(rules: impl Iterator<Item = &'static Rule>) -> Self {
        let mut hooks = Self::default();
        for rule in rules {
            for hook in rule.hooks {
                match *hook {
                    Hook::Call(check) => hooks.calls.push((rule, check)),
                    Hook::Method(check) => hooks.methods.push((rule, check)),
                    Hook::Statement(check) => hooks.statements.push((rule, check)),
                    Hook::Loop(check) => hooks.loops.push((rule, check)),
                    Hook::Macro(check) => hooks.macros.push((rule, check)),
                    Hook::Expression(check) => hooks.expressions.push((rule, check)),
                    Hook::Function(check) => hooks.functions.push((rule, check)),
                    Hook::Select(check) => hooks.selects.push((rule, check)),
                }
            }
        }
        hooks
    }

    /// Whether no rule looks at anything.
    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
            && self.methods.is_empty()
            && self.statements.is_empty()
            && self.loops.is_empty()
            && self.macros.is_empty()
            && self.expressions.is_empty()
            && self.functions.is_empty()
            && self.selects.is_empty()
    }

    /// Whether a rule runs that asks what other functions do.
    pub(super) fn follow_calls(&self) -> bool {
        self.calls.iter().any(|(rule, _)| **rule == TRANSITIVE_BLOCKING || mark_of(rule).is_some())
    }

    pub(super) fn call<'a>(&self, cx: &mut Cx<'a>, call: &Call<'a>) {
        each(&self.calls, cx, |check, cx| check(cx, call));
    }

    pub(super) fn method<'a>(&self, cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
        each(&self.methods, cx, |check, cx| check(cx, call));
    }

    pub(super) fn statement<'a>(&self, cx: &mut Cx<'a>, statement: &Statement<'a>) {
        each(&self.statements, cx, |check, cx| check(cx, statement));
    }

    pub(super) fn looped<'a>(&self, cx: &mut Cx<'a>, looped: &Loop<'a>) {
        each(&self.loops, cx, |check, cx| check(cx, looped));
    }

    pub(super) fn mac<'a>(&self, cx: &mut Cx<'a>, mac: &'a Macro) {
        each(&self.macros, cx, |check, cx| check(cx, mac));
    }

    pub(super) fn expression<'a>(&self, cx: &mut Cx<'a>, expr: &'a Expr) {
        each(&self.expressions, cx, |check, cx| check(cx, expr));
    }

    pub(super) fn function<'a>(&self, cx: &mut Cx<'a>, sig: &'a Signature, block: &'a Block) {
        each(&self.functions, cx, |check, cx| check(cx, sig, block));
    }

    pub(super) fn select<'a>(&self, cx: &mut Cx<'a>, select: &Select<'a>) {
        each(&self.selects, cx, |check, cx| check(cx, select));
    }
}

fn each<'a, F: Copy>(hooks: &[Of<F>], cx: &mut Cx<'a>, mut run: impl FnMut(F, &mut Cx<'a>)) {
    for (rule, check) in hooks {
        cx.rule = Some(rule);
        run(*check, cx);
    }
    cx.rule = None;
}

/// Whether a rule can have something to say about code with these words, which may hold one that it waits for.
fn has_say(rule: &'static Rule, options: &Options, words: Option<&Words>, is_triggered: bool) -> bool {
    // Its words may stand in another file.
    let mark = mark_of(rule);
    let is_called = *rule == TRANSITIVE_BLOCKING || mark.is_some();
    if *rule == CONFIGURED_BLOCKING_CALL {
        return !options.blocking.is_empty();
    }
    if is_called && words.is_some_and(|words| !words.has_async()) {
        return false;
    }
    if *rule == CANCEL_UNSAFE_CALL && words.is_some_and(|words| !may_drop(words)) {
        return false;
    }
    let is_marked = mark.is_some_and(|mark| *options.marked.with(mark) != MarkedNames::None);
    let is_known = is_marked || is_called && (options.sees_module || !options.helpers.is_empty());
    is_triggered || is_known
}

/// The mark of the functions that a rule is about.
fn mark_of(rule: &Rule) -> Option<FunctionMark> {
    match rule {
        _ if *rule == BLOCKING_FN_CALL => Some(FunctionMark::Blocking),
        _ if *rule == CANCEL_UNSAFE_CALL => Some(FunctionMark::CancelUnsafe),
        _ => None,
    }
}
