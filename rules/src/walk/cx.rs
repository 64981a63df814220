//! What a rule can ask about the place it looks at, and how it reports.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ptr;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Attribute, Block, Expr, Stmt};

use super::allow::Allow;
use super::callers::Calls;
use super::context::{Context, Kind};
use super::helpers::{Helpers, Survey};
use super::hooks::Call;
use super::position::{Captures, Parent, Position};
use super::told::is_constructor;
use super::{Body, Function};
use crate::blocks::{self, Root};
use crate::checked::Checked;
use crate::finding::{Draft, Finding};
use crate::marked::FunctionMark;
use crate::names::{Holds, Mark, Names, Target};
use crate::options::Options;
use crate::question::{Anchor, BlockId, Question, QuestionKind, Side, Subject};
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::MacroTable;
use crate::syntax::{attributes, patterns, peel, plain_name};

/// The state of a walk.
pub(crate) struct Cx<'a> {
    pub(crate) macros: &'a MacroTable,
    pub(crate) names: Names<'a>,
    pub(crate) options: &'a Options,
    pub(crate) context: Context,
    /// What the synchronous functions of the source do.
    pub(super) helpers: Helpers,
    /// The functions that were asked for, and that the source does not have.
    pub(super) unknown_calls: HashSet<String>,
    /// Set in the walk that finds that out.
    pub(super) survey: Option<Survey>,
    /// The rule whose hook runs.
    pub(super) rule: Option<&'static Rule>,
    pub(super) parents: Vec<Parent<'a>>,
    pub(super) positions: Vec<Position<'a>>,
    /// The conditions under which the code at hand is compiled, from the outermost to the innermost.
    pub(super) cfgs: Vec<&'a Attribute>,
    pub(super) coroutine: Option<Body<'a>>,
    pub(super) captures: Captures,
    /// The innermost function around the code at hand.
    pub(crate) function: Option<Function<'a>>,
    /// The last name of the trait whose `impl` is walked.
    pub(super) implements: Option<String>,
    pub(super) allows: Vec<Allow>,
    findings: Vec<Finding>,
    pub(super) root: Root<'a>,
    pub(super) calls: OnceCell<Calls<'a>>,
    block_ids: OnceCell<HashMap<usize, BlockId>>,
}

/// What a path or type means for a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Known {
    /// It is certainly this one of the items asked for.
    Certain(&'static str),
    /// It has the name of this one; only the compiler can tell.
    Likely(&'static str),
}

impl<'a> Cx<'a> {
    pub(super) fn new(root: Root<'a>, macros: &'a MacroTable, options: &'a Options) -> Self {
        Self {
            macros,
            names: Names::new(options),
            options,
            context: Context { test: options.is_test, wasm: options.is_wasm, ..Context::default() },
            helpers: Helpers::default(),
            unknown_calls: HashSet::new(),
            survey: None,
            rule: None,
            parents: Vec::new(),
            positions: Vec::new(),
            cfgs: Vec::new(),
            coroutine: None,
            captures: Captures::default(),
            function: None,
            implements: None,
            allows: Vec::new(),
            findings: Vec::new(),
            root,
            calls: OnceCell::new(),
            block_ids: OnceCell::new(),
        }
    }

    pub(super) fn finish(self) -> Checked {
        Checked { findings: self.findings, summary: self.helpers.summary, calls: self.unknown_calls }
    }

    /// Whether the code at hand runs on the runtime: in a coroutine, or in a closure called in place by one.
    pub(crate) fn on_runtime(&self) -> bool {
        self.context.kind != Kind::Sync
    }

    /// Where the code of a coroutine runs. A survey passes it over.
    pub(super) fn coroutine_kind(&self) -> Kind {
        if self.survey.is_some() { Kind::Sync } else { Kind::Async }
    }

    /// Whether the code at hand is a part of a coroutine itself, so that it can await.
    pub(crate) fn in_coroutine(&self) -> bool {
        self.context.kind == Kind::Async
    }

    /// What directly encloses the expression at hand, parentheses aside.
    pub(crate) fn parent(&self) -> Option<Parent<'a>> {
        let is_paren = |parent: &&Parent<'a>| matches!(parent, Parent::Expr(Expr::Paren(_) | Expr::Group(_)));
        self.parents.iter().rev().find(|parent| !is_paren(parent)).copied()
    }

    /// Whether the expression at hand is awaited on the spot: then it is a future, whatever its name.
    pub(crate) fn is_awaited(&self) -> bool {
        // `apply!(..; expr)`, `join!(expr)` and the futures of `select!` are polled.
        matches!(self.parent(), Some(Parent::Expr(Expr::Await(_)) | Parent::Macro))
    }

    /// The type of a receiver, out of `types`; `None` if it is certainly none of them or nothing is known.
    pub(crate) fn type_in(&self, expr: &Expr, types: &[&'static str]) -> Option<&'static str> {
        let ty = self.names.type_of(expr)?;
        types.iter().copied().find(|known| *known == ty)
    }

    /// The name to write for the item of this path.
    pub(crate) fn in_scope(&self, path: &str) -> String {
        self.names.in_scope(path)
    }

    /// Whether the expression is a call of an `async` function that is declared in the source at hand.
    pub(crate) fn calls_own_async(&self, expr: &Expr) -> bool {
        match peel(expr) {
            Expr::Call(call) => {
                crate::syntax::callee(&call.func).is_some_and(|path| self.names.is_own_async_function(path))
            }
            Expr::MethodCall(call) => {
                let on_self = matches!(peel(&call.receiver), Expr::Path(path) if path.path.is_ident("self"));
                on_self && self.names.async_methods.contains(&plain_name(&call.method))
            }
            _ => false,
        }
    }

    /// Reports for the rule whose hook runs, unless it is off or allowed here.
    pub(crate) fn report(&mut self, draft: Draft) {
        let Some(rule) = self.rule else { return };
        self.report_as(rule, draft);
    }

    /// Reports for another rule than the one whose hook runs, unless that is off or allowed here.
    pub(crate) fn report_as(&mut self, rule: &'static Rule, draft: Draft) {
        let level = self.level(rule);
        let eases = draft.is_unsure && !self.options.levels.is_configured(rule);
        let level = if eases { level.lowered() } else { level };
        if level > Level::Off {
            self.push(rule, level, draft);
        }
    }

    pub(super) fn push(&mut self, rule: &'static Rule, level: Level, draft: Draft) {
        if let Some(allow) = self.allows.iter_mut().rev().find(|allow| allow.rule == rule) {
            allow.used = true;
            if let Some(survey) = &mut self.survey {
                survey.note_allow(allow.id);
            }
            return;
        }
        if let Some(survey) = &mut self.survey {
            let is_certain = draft.question.is_none() && !draft.is_unsure && !self.context.is_unsure();
            if rule.family == Family::Blocking && is_certain {
                survey.note(&draft);
            }
            return;
        }
        let help = draft.help.map(|help| self.for_closure(help));
        self.findings.push(Finding {
            rule,
            level,
            place: draft.place,
            message: draft.message,
            label: draft.label,
            help,
            note: draft.note,
            related: draft.related,
            question: draft.question,
        });
    }

    /// What to type instead, where it has to be awaited and the code at hand is a closure that cannot.
    fn for_closure(&self, help: String) -> String {
        if self.context.kind == Kind::Inline && help.contains(".await") {
            format!("{help}; a closure cannot await, so make a loop or a `match` of it")
        } else {
            help
        }
    }

    fn level(&self, rule: &Rule) -> Level {
        let level = self.options.levels.of(rule);
        let is_configured = self.options.levels.is_configured(rule);
        // A level that an attribute sets on a test is meant for it; one for the whole workspace is not.
        let is_set_here = is_configured && !self.options.sees_module;
        if self.context.test && !rule.in_tests && !is_set_here {
            return Level::Off;
        }
        if is_configured {
            return level;
        }
        let level = if rule.eases && self.context.startup { level.lowered() } else { level };
        if self.context.is_unsure() { level.min(Level::Warn) } else { level }
    }

    /// The question about the variable `name` that the statement at hand has bound.
    pub(crate) fn ask_binding(&self, kind: QuestionKind, name: &Ident) -> Option<Question> {
        if self.is_bound_for_later(kind, name) {
            return None;
        }
        let question = self.question(kind, Subject::Binding(name.clone()), self.anchor(Side::After)?);
        Some(match self.parents.last() {
            Some(Parent::Statement(Stmt::Local(local))) => {
                question.compiled_under(patterns::conditions(&local.pat, name))
            }
            _ => question,
        })
    }

    /// The question about a variable that is in scope at the beginning of a block of the coroutine at hand.
    pub(crate) fn ask_binding_in(&self, kind: QuestionKind, name: &Ident, block: &Block) -> Option<Question> {
        let Some(Body::Block(coroutine)) = self.coroutine else { return None };
        if self.is_taken_for_later(name, block) {
            return None;
        }
        let (block, coroutine) = (self.block_id(block)?, self.block_id(coroutine)?);
        let anchor = Anchor { block, statement: 0, side: Side::Before, coroutine };
        Some(self.question(kind, Subject::Binding(name.clone()), anchor))
    }

    /// The question about the value of the statement at hand.
    pub(crate) fn ask_value(&self, kind: QuestionKind) -> Option<Question> {
        if self.is_ended_for_later() {
            return None;
        }
        Some(self.question(kind, Subject::Value, self.anchor(Side::Around)?))
    }

    /// The question about an expression inside of the statement at hand: a place, which is asked about in front of the
    /// statement, or a call, which is asked about where it stands.
    pub(crate) fn ask_expression(&self, kind: QuestionKind, expr: &Expr) -> Option<Question> {
        let expr = peel(expr);
        match expr {
            Expr::Call(call) if is_constructor(call) => None,
            Expr::Call(_) | Expr::MethodCall(_) | Expr::Await(_) | Expr::Try(_) => {
                self.ask_call(kind, expr, self.names.holds(expr))
            }
            _ if self.is_place(expr, self.positions.last()?.mark) && !self.would_capture(expr) => {
                if self.is_place_for_later(kind, expr) {
                    return None;
                }
                let (attributes, place) = attributes::split(expr.to_token_stream());
                let question = self.question(kind, Subject::Expression(place), self.anchor(Side::Before)?);
                Some(question.compiled_under([attributes]))
            }
            _ => None,
        }
    }

    /// Whether to mention the place makes the coroutine capture what its code does not, or not in that way.
    fn would_capture(&self, place: &Expr) -> bool {
        let (mark, is_lent) = match self.captures {
            Captures::Values => return false,
            Captures::Uses(mark) => (mark, false),
            Captures::Lent(mark) => (mark, true),
        };
        match peel(place) {
            Expr::Path(path) => path
                .path
                .get_ident()
                .map(plain_name)
                .is_some_and(|name| name == "self" || self.names.scope.is_older(&name, mark)),
            // A field is borrowed from the same place that its user borrows it from.
            Expr::Field(field) => is_lent && self.would_capture(&field.base),
            Expr::Reference(reference) => self.would_capture(&reference.expr),
            Expr::Unary(unary) => is_lent && self.would_capture(&unary.expr),
            Expr::Index(index) => {
                is_lent && self.would_capture(&index.expr) || self.would_capture(&index.index)
            }
            _ => false,
        }
    }

    /// The question about the value of a call or method call inside of the statement at hand, where it stands.
    pub(crate) fn ask_operand(&self, kind: QuestionKind, call: &impl ToTokens) -> Option<Question> {
        self.ask_call(kind, call, Holds::Unknown)
    }

    fn ask_call(&self, kind: QuestionKind, call: &impl ToTokens, holds: Holds) -> Option<Question> {
        if self.is_value_for_later(kind, call, holds) || self.is_shaped_from_outside(call) {
            return None;
        }
        let (attributes, call) = attributes::split(call.to_token_stream());
        let question = self.question(kind, Subject::Operand(call), self.anchor(Side::Around)?);
        Some(question.compiled_under([attributes]))
    }

    /// Whether the expression is a place whose variables were in scope at `mark`. To mention one twice asks nothing new of
    /// the compiler; a function or a call would bring type parameters that nothing else tells.
    fn is_place(&self, expr: &Expr, mark: Mark) -> bool {
        match peel(expr) {
            Expr::Path(path) => match path.path.get_ident().map(plain_name) {
                Some(name) if name == "self" || self.names.scope.get(&name).is_some() => {
                    name == "self" || self.names.scope.is_older(&name, mark)
                }
                _ => path.path.segments.last().is_some_and(|last| is_constant_name(&plain_name(&last.ident))),
            },
            Expr::Field(field) => self.is_place(&field.base, mark),
            Expr::Reference(reference) => self.is_place(&reference.expr, mark),
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => self.is_place(&unary.expr, mark),
            Expr::Index(index) => {
                self.is_place(&index.expr, mark)
                    && (matches!(peel(&index.index), Expr::Lit(_)) || self.is_place(&index.index, mark))
            }
            _ => false,
        }
    }

    /// The question whether the function that is called is exactly the one of this path. Only functions of `std` that are
    /// not generic can be asked for; for others, ask about the value that comes out.
    pub(crate) fn ask_function(&self, call: &Call<'_>, item: &'static str) -> Option<Question> {
        let is_variable = |name: &Ident| self.names.scope.get(&plain_name(name)).is_some();
        // What takes a closure is generic.
        if call.path.get_ident().is_some_and(is_variable) || call.takes_closure() || is_constructor(call.expr)
        {
            return None;
        }
        let subject = Subject::Function(call.path.to_token_stream());
        Some(self.question(QuestionKind::Same(item), subject, self.anchor(Side::Around)?))
    }

    /// The question whether the function that is called, and that its module knows by `path`, has this mark.
    pub(crate) fn ask_marked_function(
        &self,
        mark: FunctionMark,
        call: &Call<'_>,
        path: String,
    ) -> Option<Question> {
        let subject = Subject::Function(call.path.to_token_stream());
        let anchor =
            if call.takes_closure() { self.anchor(Side::Before)? } else { self.position(Side::Around)? };
        Some(Question { name: Some(path), ..self.question(QuestionKind::Marked(mark), subject, anchor) })
    }

    /// The question whether the method `name` of this receiver, a place, has this mark.
    pub(crate) fn ask_marked_method(
        &self,
        mark: FunctionMark,
        receiver: &Expr,
        name: String,
    ) -> Option<Question> {
        let question = self.ask_expression(QuestionKind::Marked(mark), receiver)?;
        matches!(question.subject, Subject::Expression(_)).then(|| Question { name: Some(name), ..question })
    }

    fn question(&self, kind: QuestionKind, subject: Subject, anchor: Anchor) -> Question {
        let cfgs = self.cfgs.iter().map(ToTokens::to_token_stream).collect();
        Question { kind, subject, anchor, cfgs, name: None }
    }

    fn anchor(&self, side: Side) -> Option<Anchor> {
        // What is compiled under conditions that the question does not have cannot be answered at the end of the body.
        let is_conditional = self.parents.iter().any(|parent| parent.is_conditional(&self.cfgs));
        if is_conditional { None } else { self.position(side) }
    }

    fn position(&self, side: Side) -> Option<Anchor> {
        let position = self.positions.last()?;
        let Some(Body::Block(coroutine)) = position.coroutine else { return None };
        // In a closure without a block the last statement is one outside of it.
        if !matches!(self.coroutine, Some(Body::Block(own)) if ptr::eq(own, coroutine)) {
            return None;
        }
        Some(Anchor {
            block: self.block_id(position.block?)?,
            statement: position.statement,
            side,
            coroutine: self.block_id(coroutine)?,
        })
    }

    fn block_id(&self, block: &Block) -> Option<BlockId> {
        let ids = self.block_ids.get_or_init(|| blocks::numbers(self.root));
        ids.get(&ptr::from_ref(block).addr()).copied()
    }
}

/// What a target means, out of `items`. An unseen path counts as likely if the item's path ends in it.
pub(crate) fn known(target: &Target, items: &[&'static str]) -> Option<Known> {
    match target {
        Target::Known(path) => items.iter().copied().find(|item| item == path).map(Known::Certain),
        Target::Unseen(path) => items.iter().copied().find(|item| ends_in(item, path)).map(Known::Likely),
        Target::Own => None,
    }
}

fn ends_in(item: &str, written: &str) -> bool {
    item.strip_suffix(written).is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
}

/// `CLIENT`, the name of a constant or static.
fn is_constant_name(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}
