//! Where the code goes when a timeout is over.

use syn::{Expr, ExprIf, Pat, Stmt};

use crate::syntax::exits::exits;
use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{patterns, peel};
use crate::walk::{Cx, Parent, Round};

/// What happens when the time is over.
#[derive(Clone, Copy)]
pub(super) struct Elapsed<'a> {
    /// What runs then, in front of what follows the statement with the timeout.
    pub(super) code: Within<'a>,
    /// The `match` or `if` that decides so; `None` if the result is thrown away.
    decision: Option<&'a Expr>,
}

impl<'a> Elapsed<'a> {
    /// For the call of a timeout at hand whose result decides on the spot: in a `match`, in an `if`, or thrown away.
    pub(super) fn of(cx: &Cx<'a>) -> Option<Self> {
        Self::above(cx.ancestors(), is_elapsed)
    }

    /// The same for an `apply!`, whose errors may be others as well.
    pub(super) fn of_applied(cx: &Cx<'a>) -> Option<Self> {
        // The macro itself comes first.
        Self::above(cx.ancestors().skip(1), |pattern| {
            is_elapsed(pattern) && patterns::guard(pattern).is_none()
        })
    }

    fn above(
        mut parents: impl Iterator<Item = Parent<'a>>,
        is_elapsed: impl Fn(&Pat) -> bool,
    ) -> Option<Self> {
        let Parent::Expr(awaited @ Expr::Await(_)) = parents.next()? else { return None };
        match parents.next()? {
            Parent::Expr(decision @ Expr::Match(arms)) if std::ptr::eq(peel(&arms.expr), awaited) => {
                let elapsed = arms.arms.iter().find(|arm| is_elapsed(&arm.pat))?;
                Some(Self { code: Within::Expr(&elapsed.body), decision: Some(decision) })
            }
            Parent::Expr(Expr::Let(condition)) => {
                let is_ok = patterns::variant(&condition.pat).as_deref() == Some("Ok");
                let Parent::Expr(decision @ Expr::If(branch)) = parents.next()? else { return None };
                (is_ok || is_elapsed(&condition.pat)).then(|| Self::of_branch(decision, branch, is_ok))
            }
            Parent::Expr(asked @ Expr::MethodCall(call)) => match parents.next()? {
                Parent::Expr(decision @ Expr::If(branch)) if std::ptr::eq(peel(&branch.cond), asked) => {
                    let is_ok = call.method == "is_ok";
                    (is_ok || call.method == "is_err").then(|| Self::of_branch(decision, branch, is_ok))
                }
                other => (call.method == "ok").then(|| Self::thrown_away(other)).flatten(),
            },
            other => Self::thrown_away(other),
        }
    }

    fn of_branch(decision: &'a Expr, branch: &'a ExprIf, is_ok: bool) -> Self {
        let code = match &branch.else_branch {
            _ if !is_ok => Within::Block(&branch.then_branch),
            Some((_, other)) => Within::Expr(other),
            None => Within::Statements(&[]),
        };
        Self { code, decision: Some(decision) }
    }

    fn thrown_away(parent: Parent<'a>) -> Option<Self> {
        let is_thrown_away = match parent {
            Parent::Statement(Stmt::Expr(_, semicolon)) => semicolon.is_some(),
            Parent::Statement(Stmt::Local(local)) => patterns::is_wild(&local.pat),
            _ => false,
        };
        is_thrown_away.then_some(Self { code: Within::Statements(&[]), decision: None })
    }

    /// Whether the loop around the timeout certainly takes another round.
    pub(super) fn goes_round(self, cx: &Cx<'a>) -> bool {
        let round = cx.round().map(Round::whatever_the_value);
        round.is_some_and(|round| round.goes_on_within(cx, self.code))
    }

    /// Whether the code around the timeout, which no loop repeats, certainly goes on to another await.
    pub(super) fn goes_on(self, cx: &Cx<'a>) -> bool {
        let here = exits(cx.macros, self.code, None);
        if !here.falls_through || here.leaves || here.fails || assigns(cx, self.code) {
            return false;
        }
        let Some(ahead) = cx.statements_ahead(self.decision) else { return false };
        let mut ways = ahead.into_iter().map(|stmt| {
            let stmt = Within::Statements(std::slice::from_ref(stmt));
            (search::awaits(cx.macros, stmt), exits(cx.macros, stmt, None).leaves)
        });
        ways.find(|(awaits, leaves)| *awaits || *leaves).is_some_and(|(awaits, _)| awaits)
    }
}

/// Whether the code sets a variable, which may have a say in what happens next.
fn assigns<'a>(cx: &Cx<'a>, code: Within<'a>) -> bool {
    search::search(cx.macros, code, &mut |piece| match piece {
        Piece::Expr(Expr::Assign(_)) => Step::Found,
        _ => Step::Into,
    })
}

/// Whether this is the first pattern that takes the outer error.
fn is_elapsed(pattern: &Pat) -> bool {
    match patterns::unguarded(pattern) {
        Pat::Or(alternatives) => alternatives.cases.iter().any(is_elapsed),
        Pat::Wild(_) => true,
        Pat::Ident(_) => patterns::sole_binding(pattern).is_some(),
        Pat::TupleStruct(error) => {
            let takes_all = |inner: &Pat| {
                patterns::is_wild(inner)
                    || patterns::sole_binding(inner).is_some()
                    || matches!(inner, Pat::Rest(_))
            };
            patterns::variant(pattern).as_deref() == Some("Err") && error.elems.iter().all(takes_all)
        }
        _ => false,
    }
}
