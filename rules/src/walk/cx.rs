//! What a rule can ask about the place it looks at, and how it reports.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use syn::{Attribute, Expr};

use super::allow::Allow;
use super::callers::Calls;
use super::context::{Context, Kind};
use super::helpers::{Helpers, Survey};
use super::position::{Captures, Parent, Position};
use super::{Body, Function};
use crate::blocks::Root;
use crate::checked::Checked;
use crate::finding::{Draft, Finding};
use crate::names::{Names, Target};
use crate::options::Options;
use crate::question::BlockId;
use crate::rule::{Family, Level, Rule};
use crate::syntax::macros::MacroTable;
use crate::syntax::{peel, plain_name};

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
    pub(super) block_ids: OnceCell<HashMap<usize, BlockId>>,
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
