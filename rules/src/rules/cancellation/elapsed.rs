//! Where the code goes when a timeout is over.

use syn::{Expr, ExprCall, ExprIf, ExprMethodCall, Pat, Stmt};

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
    pub(super) fn of(cx: &Cx<'a>, call: &ExprCall) -> Option<Self> {
        let mut parents = cx.ancestors();
        let Some(Parent::Expr(Expr::Await(_))) = parents.next() else { return None };
        match parents.next()? {
            Parent::Expr(decision @ Expr::Match(arms)) if is_awaited_by(&arms.expr, call) => {
                let elapsed = arms.arms.iter().find(|arm| is_elapsed(&arm.pat))?;
                Some(Self { code: Within::Expr(&elapsed.body), decision: Some(decision) })
            }
            Parent::Expr(Expr::Let(condition)) => {
                let is_ok = patterns::variant(&condition.pat).as_deref() == Some("Ok");
                let Parent::Expr(decision @ Expr::If(branch)) = parents.next()? else { return None };
                (is_ok || is_elapsed(&condition.pat)).then(|| Self::of_branch(decision, branch, is_ok))
            }
            Parent::Expr(Expr::MethodCall(asked)) => match parents.next()? {
                Parent::Expr(decision @ Expr::If(branch)) if is(&branch.cond, asked) => {
                    let is_ok = asked.method == "is_ok";
                    (is_ok || asked.method == "is_err").then(|| Self::of_branch(decision, branch, is_ok))
                }
                other => (asked.method == "ok").then(|| Self::thrown_away(other)).flatten(),
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

pub(super) fn is_awaited_by(expr: &Expr, call: &ExprCall) -> bool {
    matches!(peel(expr), Expr::Await(awaited) if matches!(peel(&awaited.base), Expr::Call(inner) if std::ptr::eq(inner, call)))
}

fn is(expr: &Expr, call: &ExprMethodCall) -> bool {
    matches!(peel(expr), Expr::MethodCall(found) if std::ptr::eq(found, call))
}

/// Whether this is the first pattern that takes the outer error.
fn is_elapsed(pattern: &Pat) -> bool {
    match patterns::unguarded(pattern) {
        Pat::Or(alternatives) => alternatives.cases.iter().any(is_elapsed),
        Pat::Wild(_) => true,
        Pat::Ident(_) => patterns::sole_binding(pattern).is_some(),
        _ => patterns::variant(pattern).as_deref() == Some("Err"),
    }
}
