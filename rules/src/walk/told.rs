//! Whether the type of a value may be told only behind an `async` block, by what the block's value is used for.
//!
//! Where a question is answered, at the end of the block, nothing is known of such a type yet, and the compiler would take
//! the question for what tells it. A method, a field or an `await` needs to know the type, so who has one of them can be
//! asked about; so can a value that nothing is done with.

use std::ptr;

use syn::{Block, Expr, Ident, Local, Pat, Stmt};

use super::cx::Cx;
use super::position::Parent;
use crate::question::QuestionKind;
use crate::syntax::macros::MacroTable;
use crate::syntax::patterns::bound_names;
use crate::syntax::search::{Piece, Step, Within, search};
use crate::syntax::{Child, UNWRAPPERS, children, is_drop, plain_name, sole_ident, statement_children};

/// More methods that give what is in a `Result` or `Option`, whatever it is.
const PASSED_ON: [&str; 3] = ["ok", "unwrap_or", "unwrap_or_default"];

/// What becomes of a value in the expression around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is the value of that expression as well, or in it.
    Whole,
    /// Its type is known where it stands, or never.
    Told,
    /// It goes where its type may be told later.
    Later,
}

impl Cx<'_> {
    /// Whether the type of the variable that the statement at hand binds may be told only behind the `async` block.
    /// Guards are asked for by the names of methods, which somebody else's may have and give back any type that is
    /// wanted.
    pub(super) fn is_bound_for_later(&self, kind: QuestionKind, name: &Ident) -> bool {
        let position = self.positions.last().and_then(|position| Some((position.block?, position.statement)));
        position.is_some_and(|(block, statement)| {
            kind.is_guard()
                && self.in_async_block()
                && !is_typed(block.stmts.get(statement))
                && escapes(self.macros, name, rest(block, statement))
        })
    }

    /// The same for a variable that is in scope at the beginning of a block.
    pub(super) fn is_taken_for_later(&self, kind: QuestionKind, name: &Ident, block: &Block) -> bool {
        kind.is_guard() && self.in_async_block() && escapes(self.macros, name, Within::Block(block))
    }

    /// The same for an expression in the statement at hand.
    pub(super) fn is_value_for_later<T>(&self, kind: QuestionKind, operand: &T) -> bool {
        if !kind.is_guard() || !self.in_async_block() {
            return false;
        }
        let Some(position) = self.positions.last() else { return false };
        let Some(block) = position.block else { return false };
        let Some(stmt) = block.stmts.get(position.statement) else { return false };
        let seeker = Seeker { macros: self.macros, operand: ptr::from_ref(operand).cast() };
        let mut fate = None;
        statement_children(stmt, &mut |child| {
            if let Child::Expr(expr) = child {
                fate = fate.or_else(|| seeker.fate(expr));
            }
        });
        match (fate, stmt) {
            (Some(Fate::Whole), Stmt::Local(local)) => {
                !is_typed(Some(stmt))
                    && seeker.is_bound_for_later(&local.pat, rest(block, position.statement))
            }
            (Some(Fate::Whole), Stmt::Expr(_, semicolon)) => semicolon.is_none(),
            (fate, _) => fate == Some(Fate::Later),
        }
    }

    fn in_async_block(&self) -> bool {
        self.parents.iter().any(|parent| matches!(parent, Parent::Expr(Expr::Async(_) | Expr::Closure(_))))
    }
}

fn is_passed_on(method: &Ident) -> bool {
    let method = plain_name(method);
    UNWRAPPERS.iter().chain(&PASSED_ON).any(|one| *one == method)
}

fn is_typed(stmt: Option<&Stmt>) -> bool {
    matches!(stmt, Some(Stmt::Local(Local { pat: Pat::Type(_), .. })))
}

fn rest(block: &Block, statement: usize) -> Within<'_> {
    Within::Statements(block.stmts.get(statement + 1..).unwrap_or_default())
}

/// Whether the variable is handed on as a whole, other than to `drop`, and nothing is done with it that needs its type.
fn escapes<'a>(macros: &'a MacroTable, name: &Ident, within: Within<'a>) -> bool {
    let name = plain_name(name);
    let is_name = |expr: &Expr| sole_ident(expr).is_some_and(|ident| plain_name(ident) == name);
    let mut is_handed_on = false;
    let needs_type = search(macros, within, &mut |piece| {
        let Piece::Expr(expr) = piece else { return Step::Into };
        match expr {
            Expr::Call(call) if is_drop(&call.func) && call.args.iter().any(is_name) => return Step::Over,
            Expr::Path(_) => is_handed_on |= is_name(expr),
            _ => {}
        }
        Step::found_if(children_of(expr).any(|part| is_name(part) && needs_type(expr, part)))
    });
    is_handed_on && !needs_type
}

fn children_of(expr: &Expr) -> impl Iterator<Item = &Expr> {
    let mut parts = Vec::new();
    children(expr, &mut |child| {
        if let Child::Expr(part) = child {
            parts.push(part);
        }
    });
    parts.into_iter()
}

/// Whether the type of `part` has to be known for what `expr`, directly around it, does with it.
fn needs_type(expr: &Expr, part: &Expr) -> bool {
    match expr {
        Expr::MethodCall(call) => ptr::eq(call.receiver.as_ref(), part),
        Expr::Index(index) => ptr::eq(index.expr.as_ref(), part),
        Expr::Await(_)
        | Expr::Binary(_)
        | Expr::Field(_)
        | Expr::ForLoop(_)
        | Expr::Reference(_)
        | Expr::Unary(_) => true,
        _ => false,
    }
}

/// Looks for an operand, and on the way back for what becomes of it.
struct Seeker<'a> {
    macros: &'a MacroTable,
    operand: *const (),
}

impl Seeker<'_> {
    fn fate(&self, expr: &Expr) -> Option<Fate> {
        if self.is_operand(expr) {
            return Some(Fate::Whole);
        }
        children_of(expr).find_map(|part| {
            self.fate(part).map(|fate| match fate {
                Fate::Whole => self.around(expr, part),
                Fate::Later if matches!(expr, Expr::Await(_)) => Fate::Told,
                settled => settled,
            })
        })
    }

    fn is_operand(&self, expr: &Expr) -> bool {
        let inner: *const () = match expr {
            Expr::Call(call) => ptr::from_ref(call).cast(),
            Expr::MethodCall(call) => ptr::from_ref(call).cast(),
            _ => ptr::null(),
        };
        self.operand == inner || self.operand == ptr::from_ref(expr).cast()
    }

    /// What becomes of the value of `part`, directly inside of `expr`.
    fn around(&self, expr: &Expr, part: &Expr) -> Fate {
        let is_part = |other: &Expr| ptr::eq(other, part);
        match expr {
            Expr::Paren(_) | Expr::Group(_) | Expr::Try(_) => Fate::Whole,
            Expr::MethodCall(call) if is_part(&call.receiver) && is_passed_on(&call.method) => Fate::Whole,
            Expr::Call(call) if is_drop(&call.func) => Fate::Told,
            _ if needs_type(expr, part) => Fate::Told,
            Expr::If(e) => self.head(&e.cond, Within::Block(&e.then_branch)),
            Expr::While(e) => self.head(&e.cond, Within::Block(&e.body)),
            Expr::Match(e) if is_part(&e.expr) => {
                let is_later =
                    e.arms.iter().any(|arm| self.is_bound_for_later(&arm.pat, Within::Expr(&arm.body)));
                if is_later { Fate::Later } else { Fate::Told }
            }
            Expr::Let(_) | Expr::Match(_) => Fate::Whole,
            _ => Fate::Later,
        }
    }

    fn head(&self, condition: &Expr, region: Within<'_>) -> Fate {
        match condition {
            Expr::Let(head) if self.is_bound_for_later(&head.pat, region) => Fate::Later,
            _ => Fate::Told,
        }
    }

    fn is_bound_for_later(&self, pattern: &Pat, region: Within<'_>) -> bool {
        let mut is_later = false;
        bound_names(pattern, &mut |name| is_later |= escapes(self.macros, name, region));
        is_later
    }
}
