//! A loop that tries something that can fail.

use syn::{Arm, Expr, ExprMatch, Pat, Stmt};

use crate::syntax::exits::{Exits, exits};
use crate::syntax::patterns;
use crate::syntax::search::{self, Within};
use crate::syntax::{peel, plain_name, sole_ident};
use crate::walk::{Cx, Loop, LoopKind};

/// The one statement in the body of a loop that awaits something and looks whether it has failed.
pub(super) struct Attempt<'a> {
    /// What is awaited.
    pub(super) operation: &'a Expr,
    /// What runs after a success, one piece per arm.
    pub(super) success: Vec<Outcome<'a>>,
    /// What runs after a failure.
    pub(super) failure: Vec<Outcome<'a>>,
    /// The statements in front of the operation.
    pub(super) before: &'a [Stmt],
    /// The statements behind the decision.
    pub(super) after: &'a [Stmt],
}

/// A way that an attempt can end.
#[derive(Clone, Copy)]
pub(super) struct Outcome<'a> {
    /// The pattern that takes it, if there is one.
    pub(super) pattern: Option<&'a Pat>,
    /// `None` if nothing runs.
    pub(super) code: Option<Within<'a>>,
}

impl<'a> Attempt<'a> {
    /// The attempt in the body of a loop, if there is exactly one.
    pub(super) fn of(looped: &Loop<'a>) -> Option<Self> {
        let statements = looped.body.stmts.as_slice();
        let mut attempts = (0..statements.len()).filter_map(|index| Self::at(statements, index));
        let first = attempts.next()?;
        attempts.next().is_none().then_some(first)
    }

    fn at(statements: &'a [Stmt], index: usize) -> Option<Self> {
        let Stmt::Expr(expr, _) = &statements[index] else { return None };
        let (subject, success, failure) = match peel(expr) {
            Expr::Match(decision) => matched(decision)?,
            Expr::If(branch) => branched(branch)?,
            _ => return None,
        };
        let after = &statements[index + 1..];
        if let Expr::Await(awaited) = peel(subject) {
            return Some(Self {
                operation: &awaited.base,
                success,
                failure,
                before: &statements[..index],
                after,
            });
        }
        // `let result = operation().await; match result { .. }`
        let name = sole_ident(subject).map(plain_name)?;
        let Stmt::Local(local) = statements.get(index.checked_sub(1)?)? else { return None };
        patterns::sole_binding(&local.pat).filter(|bound| plain_name(bound) == name)?;
        let Expr::Await(awaited) = peel(&local.init.as_ref()?.expr) else { return None };
        Some(Self { operation: &awaited.base, success, failure, before: &statements[..index - 1], after })
    }

    /// The ways on from an outcome to the end of the loop's body.
    pub(super) fn exits(&self, cx: &Cx<'a>, looped: &Loop<'a>, outcome: Outcome<'a>) -> Exits {
        let rest = exits(cx.macros, Within::Statements(self.after), looped.label);
        outcome.exits(cx, looped).then(rest)
    }

    /// Whether the coroutine can be suspended between an outcome and the next operation.
    pub(super) fn pauses(&self, cx: &Cx<'a>, looped: &Loop<'a>, outcome: Outcome<'a>) -> bool {
        let waits = |within| search::may_suspend(cx.macros, within);
        outcome.code.is_some_and(waits)
            || outcome.exits(cx, looped).falls_through && waits(Within::Statements(self.after))
            || waits(Within::Statements(self.before))
            || matches!(looped.kind, LoopKind::While(condition) if waits(Within::Expr(condition)))
    }
}

impl<'a> Outcome<'a> {
    fn of(arm: &'a Arm) -> Self {
        Self { pattern: Some(&arm.pat), code: Some(Within::Expr(&arm.body)) }
    }

    /// The ways on from the code that runs.
    pub(super) fn exits(self, cx: &Cx<'a>, looped: &Loop<'a>) -> Exits {
        let nothing = Exits { falls_through: true, ..Exits::default() };
        self.code.map_or(nothing, |code| exits(cx.macros, code, looped.label))
    }
}

type Decision<'a> = (&'a Expr, Vec<Outcome<'a>>, Vec<Outcome<'a>>);

fn matched(decision: &ExprMatch) -> Option<Decision<'_>> {
    let of = |wanted: &str| {
        let arms = decision.arms.iter().filter(|arm| patterns::variant(&arm.pat).as_deref() == Some(wanted));
        arms.map(Outcome::of).collect::<Vec<_>>()
    };
    let (success, failure) = (of("Ok"), of("Err"));
    let is_whole = !success.is_empty() && success.len() + failure.len() == decision.arms.len();
    (is_whole && !failure.is_empty()).then_some((&*decision.expr, success, failure))
}

fn branched(branch: &syn::ExprIf) -> Option<Decision<'_>> {
    let other = branch.else_branch.as_ref().map(|(_, other)| Within::Expr(other));
    let (subject, pattern, is_success) = match peel(&branch.cond) {
        Expr::Let(condition) => {
            let is_success = match patterns::variant(&condition.pat)?.as_str() {
                "Ok" => true,
                "Err" => false,
                _ => return None,
            };
            (&*condition.expr, Some(&*condition.pat), is_success)
        }
        Expr::MethodCall(call) if call.method == "is_ok" => (&*call.receiver, None, true),
        Expr::MethodCall(call) if call.method == "is_err" => (&*call.receiver, None, false),
        _ => return None,
    };
    let here = vec![Outcome { pattern, code: Some(Within::Block(&branch.then_branch)) }];
    let there = vec![Outcome { pattern: None, code: other }];
    Some(if is_success { (subject, here, there) } else { (subject, there, here) })
}

/// Whether the head of a loop counts attempts, by its names: `for attempt in 1..=MAX`, `while retries < LIMIT`.
pub(super) fn counts_attempts(looped: &Loop<'_>) -> bool {
    let head = match looped.kind {
        LoopKind::For(pattern, range) if is_range(range) => {
            format!("{} {}", crate::syntax::text::full(pattern), crate::syntax::text::full(range))
        }
        LoopKind::While(condition) if !matches!(peel(condition), Expr::Let(_)) => {
            crate::syntax::text::full(condition)
        }
        _ => return false,
    };
    let head = head.to_lowercase();
    ["attempt", "retry", "retries", "tries"].iter().any(|word| head.contains(word))
        && !head.contains("entries")
}

pub(super) fn is_range(expr: &Expr) -> bool {
    matches!(peel(expr), Expr::Range(range) if range.end.is_some())
}
