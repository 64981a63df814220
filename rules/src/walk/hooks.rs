//! Where rules hang on the walk.

use proc_macro2::Span;
use syn::{Block, Expr, ExprCall, ExprMethodCall, Label, Macro, Pat, Path, Signature, Stmt};

use super::cx::Cx;
use super::select::Select;
use crate::finding::Place;
use crate::names::Target;
use crate::options::Options;
use crate::registry;
use crate::rule::{Level, Rule};
use crate::rules::everything::EVERYTHING;
use crate::syntax::plain_name;

/// A function of a rule, and what it wants to see.
#[derive(Clone, Copy)]
pub(crate) enum Hook {
    /// Every call of a path, `path(..)`.
    Call(for<'a> fn(&mut Cx<'a>, &Call<'a>)),
    /// Every method call.
    Method(for<'a> fn(&mut Cx<'a>, &'a ExprMethodCall)),
    /// Every statement of a block, with its neighbours.
    Statement(for<'a> fn(&mut Cx<'a>, &Statement<'a>)),
    /// Every loop.
    Loop(for<'a> fn(&mut Cx<'a>, &Loop<'a>)),
    /// Every macro call.
    Macro(for<'a> fn(&mut Cx<'a>, &'a Macro)),
    /// Every expression, in front of what the other hooks see of it.
    Expression(for<'a> fn(&mut Cx<'a>, &'a Expr)),
    /// Every function with a body, when its parameters are in scope.
    Function(for<'a> fn(&mut Cx<'a>, &'a Signature, &'a Block)),
    /// Every `select!` whose branches can be read.
    Select(for<'a> fn(&mut Cx<'a>, &Select<'a>)),
}

/// A call of a path.
pub(crate) struct Call<'a> {
    pub(crate) expr: &'a ExprCall,
    pub(crate) path: &'a Path,
    /// What the path means.
    pub(crate) target: Target,
}

impl Call<'_> {
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

/// The hooks of all rules that are on.
#[derive(Default)]
pub(super) struct Hooks {
    all: Vec<(&'static Rule, Hook)>,
}

impl Hooks {
    pub(super) fn enabled(options: &Options) -> Self {
        if options.asks_everything {
            return Self { all: EVERYTHING.hooks.iter().map(|hook| (&EVERYTHING, *hook)).collect() };
        }
        let levels = &options.levels;
        let rules = registry::rules().filter(|rule| levels.of(rule) > Level::Off);
        Self { all: rules.flat_map(|rule| rule.hooks.iter().map(move |hook| (rule, *hook))).collect() }
    }

    pub(super) fn call<'a>(&self, cx: &mut Cx<'a>, call: &Call<'a>) {
        self.each(cx, |cx, hook| {
            if let Hook::Call(check) = hook {
                check(cx, call)
            }
        });
    }

    pub(super) fn method<'a>(&self, cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
        self.each(cx, |cx, hook| {
            if let Hook::Method(check) = hook {
                check(cx, call)
            }
        });
    }

    pub(super) fn statement<'a>(&self, cx: &mut Cx<'a>, statement: &Statement<'a>) {
        self.each(cx, |cx, hook| {
            if let Hook::Statement(check) = hook {
                check(cx, statement)
            }
        });
    }

    pub(super) fn expression<'a>(&self, cx: &mut Cx<'a>, expr: &'a Expr) {
        self.each(cx, |cx, hook| {
            if let Hook::Expression(check) = hook {
                check(cx, expr)
            }
        });
    }

    pub(super) fn function<'a>(&self, cx: &mut Cx<'a>, sig: &'a Signature, block: &'a Block) {
        self.each(cx, |cx, hook| {
            if let Hook::Function(check) = hook {
                check(cx, sig, block)
            }
        });
    }

    pub(super) fn looped<'a>(&self, cx: &mut Cx<'a>, looped: &Loop<'a>) {
        self.each(cx, |cx, hook| {
            if let Hook::Loop(check) = hook {
                check(cx, looped)
            }
        });
    }

    pub(super) fn mac<'a>(&self, cx: &mut Cx<'a>, mac: &'a Macro) {
        self.each(cx, |cx, hook| {
            if let Hook::Macro(check) = hook {
                check(cx, mac)
            }
        });
    }

    pub(super) fn select<'a>(&self, cx: &mut Cx<'a>, select: &Select<'a>) {
        self.each(cx, |cx, hook| {
            if let Hook::Select(check) = hook {
                check(cx, select)
            }
        });
    }

    fn each<'a>(&self, cx: &mut Cx<'a>, mut run: impl FnMut(&mut Cx<'a>, Hook)) {
        for (rule, hook) in &self.all {
            cx.rule = Some(rule);
            run(cx, *hook);
        }
        cx.rule = None;
    }
}
