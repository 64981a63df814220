//! `select!`, and the loop around it.

use syn::{Expr, Ident, Label, Macro, Pat, Stmt};

use super::Body;
use super::cx::Cx;
use super::hooks::{Loop, LoopKind};
use super::position::Parent;
use crate::syntax::exits::{Exits, exits};
use crate::syntax::macros::{MacroKind, Part};
use crate::syntax::search::{self, Within};
use crate::syntax::{peel, plain_name};

/// A `select!` whose branches can be read.
pub(crate) struct Select<'a> {
    pub(crate) mac: &'a Macro,
    /// The branches with a future, in source order.
    pub(crate) arms: Vec<Arm<'a>>,
    /// Whether there is an `else`, or the `complete` or `default` of the `futures` crate.
    pub(crate) has_else: bool,
    /// The round of the innermost loop of this coroutine in which it stands.
    pub(crate) round: Option<Round<'a>>,
}

/// A branch of a `select!`: `pattern = future, if guard => handler`.
#[derive(Clone, Copy)]
pub(crate) struct Arm<'a> {
    pub(crate) pattern: &'a Pat,
    pub(crate) future: &'a Expr,
    pub(crate) guard: Option<&'a Expr>,
    pub(crate) handler: &'a Expr,
}

/// What happens behind a place in the body of a loop, up to the next round.
#[derive(Clone, Copy)]
pub(crate) struct Round<'a> {
    /// The loop itself.
    pub(crate) looped: &'a Expr,
    label: Option<&'a Label>,
    /// The condition that is looked at before each round.
    condition: Option<&'a Expr>,
    /// The ways on from behind the statement with the place.
    rest: Option<Exits>,
    /// Whether the value of the place has a say in them.
    is_decided: bool,
}

impl<'a> Select<'a> {
    pub(super) fn of(cx: &Cx<'a>, mac: &'a Macro) -> Option<Self> {
        if MacroKind::of(mac) != MacroKind::Select {
            return None;
        }
        let mut arms = Vec::new();
        let mut has_else = false;
        for part in cx.macros.parts(mac) {
            let Part::Branch(branch) = part else { return None };
            match (&branch.pattern, &branch.future, &branch.handler) {
                (Some(pattern), Some(future), Some(handler)) => {
                    arms.push(Arm { pattern, future, guard: branch.guard.as_ref(), handler });
                }
                _ => has_else = true,
            }
        }
        Some(Self { mac, arms, has_else, round: cx.round() })
    }

    /// Whether an arm other than the one at `index` finishes and the loop comes back to this `select!` for certain.
    pub(crate) fn goes_round_without(&self, cx: &Cx<'a>, index: usize) -> Option<Arm<'a>> {
        let round = self.round?;
        let others = self.arms.iter().enumerate().filter(|(other, _)| *other != index);
        others.map(|(_, arm)| *arm).find(|arm| round.goes_on_behind(cx, arm.handler))
    }
}

impl<'a> Round<'a> {
    /// Whether the loop certainly can take another round after `code`, which stands at the place.
    pub(crate) fn goes_on_behind(&self, cx: &Cx<'a>, code: &'a Expr) -> bool {
        self.goes_on_within(cx, Within::Expr(code))
    }

    /// Whether the loop certainly can take another round after what follows the place.
    pub(crate) fn goes_on(&self) -> bool {
        !self.is_decided && self.rest.is_some_and(Exits::goes_on)
    }

    /// The same round for a rule that looks itself at what the value of the place leads to.
    pub(crate) fn whatever_the_value(self) -> Self {
        Self { is_decided: false, ..self }
    }

    /// The same for any code.
    pub(crate) fn goes_on_within(&self, cx: &Cx<'a>, code: Within<'a>) -> bool {
        let exits = exits(cx.macros, code, self.label);
        if !(exits.continues || exits.falls_through && self.goes_on()) {
            return false;
        }
        // `while running { .. running = false .. }`: what the code touches may end the loop.
        let Some(condition) = self.condition else { return true };
        !search::search(cx.macros, Within::Expr(condition), &mut |piece| match piece {
            search::Piece::Expr(Expr::Path(path)) => {
                let name = path.path.segments.last().map(|last| plain_name(&last.ident)).unwrap_or_default();
                search::Step::found_if(search::mentions(cx.macros, code, &name))
            }
            _ => search::Step::Into,
        })
    }
}

impl Exits {
    /// Whether the way to the next round is one that nothing on it can turn into the way out.
    fn goes_on(self) -> bool {
        (self.falls_through || self.continues) && !self.leaves
    }
}

impl<'a> Cx<'a> {
    /// The round of the innermost loop of this coroutine in which the expression at hand stands.
    pub(crate) fn round(&self) -> Option<Round<'a>> {
        let mut inner: Option<Parent<'a>> = None;
        for parent in self.parents.iter().rev() {
            if let Parent::Expr(expr) = parent {
                if matches!(peel(expr), Expr::Closure(_) | Expr::Async(_) | Expr::Const(_)) {
                    return None;
                }
                if let Some(looped) = Loop::of(expr) {
                    if let Some(Parent::Statement(_)) = inner {
                        return Some(self.round_of(expr, &looped));
                    }
                    // The head of the loop: `while` asks it in every round.
                    if matches!(looped.kind, LoopKind::While(_)) {
                        return Some(Round { rest: None, is_decided: true, ..self.round_of(expr, &looped) });
                    }
                }
            }
            inner = Some(*parent);
        }
        None
    }

    /// What encloses the expression at hand, innermost first, parentheses aside.
    pub(crate) fn ancestors(&self) -> impl Iterator<Item = Parent<'a>> + '_ {
        let is_paren = |parent: &Parent<'a>| matches!(parent, Parent::Expr(Expr::Paren(_) | Expr::Group(_)));
        self.parents.iter().rev().copied().filter(move |parent| !is_paren(parent))
    }

    /// The statements of the blocks around the expression at hand, innermost first, as far as the coroutine reaches.
    pub(crate) fn enclosing_statements(&self) -> impl Iterator<Item = &'a [Stmt]> + '_ {
        self.positions.iter().rev().filter_map(|position| Some(position.block?.stmts.as_slice()))
    }

    /// The statements behind one of those around the expression at hand; `None` if it stands in a macro.
    pub(crate) fn statements_behind(&self, stmt: &Stmt) -> Option<&'a [Stmt]> {
        self.positions.iter().rev().find_map(|position| {
            let all = &position.block?.stmts;
            let is_it = std::ptr::eq(all.get(position.statement)?, stmt);
            is_it.then(|| all.get(position.statement + 1..).unwrap_or_default())
        })
    }

    /// The statements that follow the one with the expression at hand, up to the end of the coroutine; `None` in a loop,
    /// or if a value has a say in what happens next. What happens is already known of the `decision` that the value of the
    /// expression makes, or, without one, of the whole statement.
    pub(crate) fn statements_ahead(&self, decision: Option<&'a Expr>) -> Option<Vec<&'a Stmt>> {
        let Some(Body::Block(body)) = self.coroutine else { return None };
        let mut ahead = Vec::new();
        let mut parents = self.parents.iter().rev();
        let mut known = parents.find(|parent| match (parent, decision) {
            (Parent::Expr(expr), Some(decision)) => std::ptr::eq(*expr, decision),
            (Parent::Statement(_), None) => true,
            _ => false,
        });
        for position in self.positions.iter().rev() {
            let is_known = matches!(known.take(), Some(Parent::Statement(_)));
            if !is_known && !leads_on(&mut parents, decision) {
                return None;
            }
            let block = position.block?;
            ahead.extend(block.stmts.get(position.statement + 1..).unwrap_or_default());
            if std::ptr::eq(block, body) {
                return Some(ahead);
            }
        }
        None
    }

    /// Whether the variable `name` is bound inside of the loop that is at hand, its head included.
    pub(crate) fn is_bound_in(&self, looped: &Expr, name: &Ident) -> bool {
        let is_loop = |stmt: &Stmt| match stmt {
            Stmt::Expr(expr, _) => std::ptr::eq(peel(expr), looped),
            Stmt::Local(local) => {
                local.init.as_ref().is_some_and(|init| std::ptr::eq(peel(&init.expr), looped))
            }
            _ => false,
        };
        let statements = self.parents.iter().filter_map(|parent| match parent {
            Parent::Statement(stmt) => Some(*stmt),
            _ => None,
        });
        // Each statement of the parents has its position.
        let offset = self.positions.len().saturating_sub(statements.clone().count());
        let index = statements.into_iter().position(is_loop).map(|index| index + offset);
        let mark = index.and_then(|index| self.positions.get(index)).map(|position| position.mark);
        mark.is_some_and(|mark| {
            let name = plain_name(name);
            self.names.scope.get(&name).is_some() && !self.names.scope.is_older(&name, mark)
        })
    }

    fn round_of(&self, expr: &'a Expr, looped: &Loop<'a>) -> Round<'a> {
        let condition = match looped.kind {
            LoopKind::While(condition) if !matches!(peel(condition), Expr::Lit(_)) => Some(condition),
            _ => None,
        };
        let (rest, is_decided) = self.rest_of(looped);
        Round { looped: expr, label: looped.label, condition, rest, is_decided }
    }

    /// The ways on from behind the statement with the expression at hand to the end of the loop's body, and whether
    /// the value of the expression has a say in them.
    fn rest_of(&self, looped: &Loop<'a>) -> (Option<Exits>, bool) {
        let mut exits: Option<Exits> = None;
        let mut parents = self.parents.iter().rev();
        let is_decided = !leads_on(&mut parents, None);
        for position in self.positions.iter().rev() {
            if exits.is_some() && !leads_on(&mut parents, None) {
                return (None, is_decided);
            }
            let Some(block) = position.block else { return (None, is_decided) };
            let rest = crate::syntax::exits::exits(
                self.macros,
                Within::Statements(block.stmts.get(position.statement + 1..).unwrap_or_default()),
                looped.label,
            );
            exits = Some(exits.map_or(rest, |inner| inner.then(rest)));
            if std::ptr::eq(block, looped.body) {
                return (exits, is_decided);
            }
        }
        (None, is_decided)
    }
}

/// Goes up to the statement that holds the expression at hand. Whether its value has no say in what happens next:
/// nothing but blocks and branches stands between.
fn leads_on<'p, 'a: 'p>(
    parents: &mut impl Iterator<Item = &'p Parent<'a>>,
    mut child: Option<&'a Expr>,
) -> bool {
    let mut leads_on = true;
    for parent in parents {
        let decides = |expr: &Expr| child.is_some_and(|child| std::ptr::eq(peel(expr), peel(child)));
        match parent {
            Parent::Statement(stmt) => return leads_on && !matches!(stmt, Stmt::Local(_)),
            Parent::Expr(expr) => {
                leads_on &= match expr {
                    Expr::If(branch) => !decides(&branch.cond),
                    Expr::Match(branch) => !decides(&branch.expr),
                    Expr::Block(_)
                    | Expr::Unsafe(_)
                    | Expr::Paren(_)
                    | Expr::Group(_)
                    | Expr::Await(_)
                    | Expr::Macro(_) => true,
                    _ => false,
                };
                child = Some(expr);
            }
            Parent::Macro => leads_on = false,
        }
    }
    false
}
